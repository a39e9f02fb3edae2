using System.Text.Json;
using System.Xml.Linq;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary><c>--stats</c>: every table and statement of a real run, with times that add up.</summary>
public sealed class StatsTests
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);

    [Fact]
    public void Dump_restore_and_copy_tell_where_their_time_went()
    {
        (string source, string restored, string copied) = (_server.CreateDatabase(), _server.CreateDatabase(), _server.CreateDatabase());
        _server.Execute(
            source,
            SmallArchive.Sql
                + "CREATE TABLE noise AS SELECT g AS id, sha512(g::text::bytea) AS filler FROM generate_series(1, 100000) g; CREATE "
                + "INDEX noise_id ON noise (id);");
        using var archive = new TemporaryFile();

        JsonElement dump = Run("dump", "-d", source, "-j", "2", "-f", archive.Path);
        AssertStages(Entry(dump, "TABLE DATA", "noise"), "source", "split", "compress", "write");
        Assert.Equal(100000, Entry(dump, "TABLE DATA", "noise").GetProperty("rows").GetInt64());

        JsonElement restore = Run("restore", "-d", restored, "-j", "2", archive.Path);
        AssertStages(Entry(restore, "TABLE DATA", "noise"), "source", "sink");
        AssertStages(Entry(restore, "INDEX", "noise_id"), "statement");
        AssertStages(Entry(restore, "FK CONSTRAINT", "purchase purchase_customer_id_fkey"), "statement");

        JsonElement copy = Run("copy", "--source", Conninfo(source), "--target", Conninfo(copied));
        AssertStages(Entry(copy, "TABLE DATA", "noise"), "source", "sink");
        AssertStages(Entry(copy, "INDEX", "noise_id"), "statement");
    }

    [Fact]
    public void A_page_shows_what_each_connection_did_when()
    {
        (string source, string target) = (_server.CreateDatabase(), _server.CreateDatabase());
        _server.Execute(
            source,
            "CREATE TABLE \"<b>\u202e&amp;\" AS SELECT generate_series(1, 100000) AS id; CREATE INDEX ON \"<b>\u202e&amp;\" (id); "
                + "CREATE TABLE other (id int PRIMARY KEY)");
        using var archive = new TemporaryFile();
        using var page = new TemporaryFile("page.html");
        Operations.Dump(_server, source, archive.Path);
        using PureDumpProcess process = PureDumpProcess.Start(
            _server,
            "restore",
            ["-d", target, "-j", "2", "--stats", page.Path, archive.Path]);
        Assert.True(process.WaitForExit() == 0, process.Error);

        // Well-formed, so nothing in a name has become a part of it; and it asks for nothing.
        string text = File.ReadAllText(page.Path);
        XElement root = XDocument.Parse(text[text.IndexOf('\n', StringComparison.Ordinal)..]).Root!;
        string[] rows =
        [
            .. root.Descendants("rect")
                .Where(static rect => rect.Attribute("class")?.Value == "rows")
                .Select(static rect => rect.Element("title")!.Value.Split('\n')[0]),
        ];
        Assert.Contains("TABLE DATA public.<b>\\u202e&amp;", rows);
        Assert.Contains(root.Descendants("rect"), static rect => rect.Attribute("class")?.Value == "key");
        Assert.Single(root.Descendants("polyline"));
        Assert.DoesNotContain("http", text.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private JsonElement Run(string verb, params string[] words)
    {
        using var stats = new TemporaryFile();
        using PureDumpProcess process = verb == "copy"
            ? PureDumpProcess.Start([verb, "--stats", stats.Path, .. words], _server.Password)
            : PureDumpProcess.Start(_server, verb, ["--stats", stats.Path, .. words]);
        Assert.True(process.WaitForExit() == 0, process.Error);
        JsonElement root = JsonDocument.Parse(File.ReadAllText(stats.Path)).RootElement.Clone();

        // No thread can have spent more than the wall; no entry has more than two workers here, or the archive's threads.
        double wall = root.GetProperty("seconds").GetDouble();
        foreach (JsonElement entry in root.GetProperty("entries").EnumerateArray())
        {
            double began = entry.GetProperty("began").GetDouble();
            double ended = entry.GetProperty("ended").GetDouble();
            Assert.True(began >= 0 && began <= ended && ended <= wall, $"{entry}");
            Assert.All(Stages(entry), stage => Assert.InRange(stage.Value, 0, wall * Math.Max(2, Environment.ProcessorCount)));
        }

        foreach ((string name, double total) in Stages(root.GetProperty("total")))
        {
            double sum = root.GetProperty("entries")
                .EnumerateArray()
                .SelectMany(Stages)
                .Where(stage => stage.Name == name)
                .Sum(static stage => stage.Value);
            Assert.Equal(total, sum, 0.001);
        }

        return root;
    }

    private static IEnumerable<(string Name, double Value)> Stages(JsonElement element) =>
        element
            .EnumerateObject()
            .Where(static property => property.Name is "source" or "wait" or "sink" or "statement" or "split" or "compress" or "write")
            .Select(static property => (property.Name, property.Value.GetDouble()));

    private static JsonElement Entry(JsonElement root, string kind, string name) =>
        root.GetProperty("entries")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("kind").GetString() == kind && entry.GetProperty("name").GetString() == name);

    private static void AssertStages(JsonElement entry, params string[] names) =>
        Assert.All(
            names,
            name => Assert.True(entry.TryGetProperty(name, out JsonElement time) && time.GetDouble() > 0, $"{name} of {entry}"));

    private string Conninfo(string database) => $"host={_server.Host} port={_server.Port} user={_server.User} dbname={database}";
}
