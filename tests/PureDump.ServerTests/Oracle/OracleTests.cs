using Npgsql;
using PureDump.Engine;
using PureDump.ServerTests.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>
/// A database with every kind of object and every option of each goes through PureDump and comes back the same: pg_dump 18
/// prints the same text of both, to the byte, and every table, sequence and large object has the same content.
/// </summary>
public sealed class OracleTests(OracleSources sources)
{
    private const int ObjectCountMin = 400;

    [Theory, EveryMajor]
    public void The_database_has_400_objects_and_rows_in_every_table(int major)
    {
        OracleSource source = sources.Of(major);

        Assert.InRange(OracleDatabase.CountObjects(source.Server, source.Database), ObjectCountMin, int.MaxValue);
        Assert.Equal("", OracleDatabase.TablesWithoutRows(source.Server, source.Database));
    }

    // On older servers pg_dump's own text cannot be replayed: see ToleratedDifferences.
    [Fact]
    public void What_pg_dump_itself_brings_back_is_the_same()
    {
        // The script of pg_dump 18 is for servers that know all that it prints.
        OracleSource source = sources.Of(TestMajors.NewestFrom(18));
        string target = OracleDatabase.CreateTarget(source.Server);

        OracleDatabase.Replay(source.Server, target, source.PlainText);

        source.AssertSame(target);
    }

    [Theory, EveryMajor]
    public void A_restore_by_one_worker_brings_back_the_same(int major) => AssertRestores(sources.Of(major), jobs: 1);

    [Theory, EveryMajor]
    public void A_restore_by_two_workers_brings_back_the_same(int major) => AssertRestores(sources.Of(major), jobs: 2);

    [Theory, EveryMajor]
    public void A_restore_out_of_a_pipe_brings_back_the_same(int major)
    {
        OracleSource source = sources.Of(major);
        string target = OracleDatabase.CreateTarget(source.Server);

        using (FileStream archive = File.OpenRead(source.Archive))
        using (var pipe = new ForwardOnlyStream(archive))
        {
            Operations.RestorePipe(source.Server, target, pipe);
        }

        source.AssertSame(target);
    }

    [Theory, EveryMajor]
    public void The_definitions_are_pg_dumps_to_the_byte(int major)
    {
        OracleSource source = sources.Of(major);

        OracleSource.AssertNone(PlainTextComparison.Differences(
            CatalogDump.Oracle(source.Server, source.Database), CatalogDump.PlainText(source.Server, source.Database)));
    }

    [Theory, EveryMajor]
    public void The_script_is_pg_dumps_to_the_byte_with_all_rows(int major)
    {
        OracleSource source = sources.Of(major);

        OracleSource.AssertNone(PlainTextComparison.Differences(
            ToleratedDifferences.Mend(source.PlainText, major), Script(source.Server, source.Database)));
    }

    [Theory, EveryMajor]
    public void The_script_replayed_by_psql_brings_back_the_same_and_dumps_to_the_same_script(int major)
    {
        OracleSource source = sources.Of(major);
        string target = OracleDatabase.CreateTarget(source.Server);
        string script = Script(source.Server, source.Database);

        OracleDatabase.Replay(source.Server, target, script);

        source.AssertSame(target);
        OracleSource.AssertNone(PlainTextComparison.Differences(script, Script(source.Server, target)));
    }

    [Theory, EveryMajor]
    public void What_a_replay_leaves_out_is_refused_in_pg_dumps_own_script_too(int major)
    {
        OracleSource source = sources.Of(major);
        string[] lines = source.PlainText.Split('\n');
        ToleratedDifferences.Unreadable[] refused =
        [
            .. ToleratedDifferences.Unreadables.Where(unreadable => major < unreadable.ReadableFrom),
        ];
        string target = source.Server.CreateDatabase();

        foreach (ToleratedDifferences.Unreadable unreadable in refused)
        {
            // Alone, so that the error is about it.
            string line = refused.Where(other => other != unreadable)
                .Aggregate(lines.First(unreadable.StandsIn), static (text, other) => other.LeftOutOf(text));
            string error = Assert.Throws<PostgresException>(() => source.Server.Execute(target, line)).MessageText;
            Assert.StartsWith("unrecognized ", error, StringComparison.Ordinal);
            Assert.Contains($"\"{unreadable.Option}\"", error, StringComparison.Ordinal);
        }

        // And nothing is left out that the server would have read.
        foreach (
            string line in ToleratedDifferences
                .Unreadables.Except(refused)
                .Select(readable => lines.FirstOrDefault(readable.StandsIn))
                .OfType<string>()
                .Distinct())
        {
            source.Server.Execute(target, refused.Aggregate(line, static (text, other) => other.LeftOutOf(text)));
        }
    }

    private static string Script(PostgresServer server, string database)
    {
        using var text = new MemoryStream();
        DumpOperation.ToScript(
            new DumpRequest { Source = Operations.TargetOf(server, database) },
            text,
            new RecordingObserver(),
            TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private static void AssertRestores(OracleSource source, int jobs)
    {
        string target = OracleDatabase.CreateTarget(source.Server);

        Operations.Restore(source.Server, target, source.Archive, request => request with { Jobs = jobs });

        source.AssertSame(target);
    }
}
