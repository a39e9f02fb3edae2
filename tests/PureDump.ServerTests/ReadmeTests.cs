using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PureDump.Engine;
using PureDump.Engine.Transfer;
using PureDump.Postgres.Connection;
using PureDump.TestSupport;

namespace PureDump.ServerTests;

/// <summary>The README's examples do what stands beside them.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    // Of the statements of a method.
    private const int Indentation = 8;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("puredump-readme-");

    [Fact]
    public void Every_command_of_the_readme_runs_and_the_copies_equal_the_source()
    {
        string executable = Requirement.Met(PublishedExecutable.Find);
        using PostgresServer server = Requirement.OwnServer(TestMajors.Oldest);
        foreach (string name in new[] { "pagila", "pagila_copy", "pagila_ready", "pagila_twin", "pagila_piped", "pagila_small" })
        {
            server.CreateDatabase(name);
        }

        Samples.LoadPagila(server, "pagila");
        TableHashes before = TableHashes.Of(server, "pagila");
        var environment = new Dictionary<string, string?>(server.ClientEnvironment)
        {
            ["PATH"] = $"{Path.GetDirectoryName(executable)}:{Environment.GetEnvironmentVariable("PATH")}",
            ["PGHOST"] = server.Host,
            ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = server.User,
        };

        string[] lines = [.. CommandLine().Matches(Repository.Text("README.md")).Select(match => match.Value)];
        Assert.NotEmpty(lines);
        foreach (string line in lines)
        {
            Command.Run("sh", ["-c", line], _directory.FullName, environment).Succeeded();
        }

        Assert.Empty(before.Differences(TableHashes.Of(server, "pagila")));
        Assert.Empty(before.Differences(TableHashes.Of(server, "pagila_copy")));
        Assert.Empty(before.Differences(TableHashes.Of(server, "pagila_ready")));
        Assert.NotNull(server.Scalar("pagila_ready", "SELECT 'known' FROM pg_stats WHERE tablename = 'film' LIMIT 1"));
        Assert.Empty(before.Differences(TableHashes.Of(server, "pagila_twin")));
        Assert.Empty(before.Differences(TableHashes.Of(server, "pagila_piped")));
        Assert.Equal(before.ByObject["table public.film"], TableHashes.Of(server, "pagila_small").ByObject["table public.film"]);
    }

    [Fact]
    public async Task The_library_lines_of_the_readme_are_these_and_copy_a_database()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        string sourceName = server.CreateDatabase();
        string targetName = server.CreateDatabase();
        Samples.LoadChinook(server, sourceName);
        string source = Conninfo(server, sourceName);
        string target = Conninfo(server, targetName);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(_directory.FullName, "shop.pdump");
        var progress = new Progress<TransferEvent>();

        // README
        await Dump.RunAsync(source, DumpTarget.File(file), new DumpOptions { Jobs = 4 }, progress, cancellation);
        await Restore.RunAsync(DumpSource.File(file), target, new RestoreOptions { Jobs = 4 }, progress, cancellation);
        await using DumpArchive archive = await DumpArchive.OpenAsync(file, cancellation);
        Console.WriteLine(string.Join(", ", archive.Entries.Select(entry => $"{entry.Kind} {entry.Name}")));
        // END

        Assert.Empty(TableHashes.Of(server, sourceName).Differences(TableHashes.Of(server, targetName)));
        Assert.Contains(LinesHere(), Repository.Text("README.md"), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);

    private static string Conninfo(PostgresServer server, string database) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"host={server.Host} port={server.Port} user={server.User} password='{server.Password}' dbname={database}");

    // The lines between the two marks above, without their indent.
    private static string LinesHere([CallerFilePath] string path = "") =>
        string.Join(
            '\n',
            File.ReadLines(path)
                .SkipWhile(line => line.Trim() != "// README")
                .Skip(1)
                .TakeWhile(line => line.Trim() != "// END")
                .Select(line => line[Indentation..]));

    [GeneratedRegex("^puredump .+$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
