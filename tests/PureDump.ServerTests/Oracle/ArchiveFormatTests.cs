using System.Text.RegularExpressions;
using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>
/// The formats of pg_dump both ways, with every compression and the programs of PostgreSQL 15 and 18: what pg_dump wrote PureDump
/// restores, what PureDump wrote pg_restore restores, and nothing is different afterwards. Directories are written by two
/// workers, and PureDump restores by two; pg_restore by one, for two of its workers run into one another where an index is made and
/// its table altered. That psql takes PureDump's scripts is shown by <see cref="OracleTests"/>.
/// </summary>
public sealed partial class ArchiveFormatTests(OracleSources sources) : IDisposable
{
    private const int OldMajor = 15;

    // The first that takes all options of CREATE SUBSCRIPTION that pg_dump 18 writes; PureDump leaves out what older ones do not know.
    private const int SubscriptionMajor = 16;

    // The first with a transaction_timeout, which pg_restore 18 sets on all.
    private const int SettingMajor = 17;
    private const string UnknownSetting = "unrecognized configuration parameter \"transaction_timeout\"";

    // pg_dump's own choice where none is made for it.
    private const string UsualLayout = "custom gzip";

    private static readonly string[] s_oldLayouts = ["custom none", "custom gzip", "directory none", "directory gzip", "tar none"];
    private static readonly string[] s_newLayouts = [.. s_oldLayouts, "custom lz4", "custom zstd", "directory lz4", "directory zstd"];

    private readonly OracleArchive _archive = new();

    /// <summary>
    /// The servers of every layout: both ends, and the one whose own programs take part. A server decides what stands in a table of
    /// contents and in rows, never how a container or a compression holds it; so each of the others has one archive and one script
    /// from, and one archive for, each major of the programs.
    /// </summary>
    public static IEnumerable<TheoryDataRow<int>> MajorsOfAllLayouts =>
        TestMajors.All.Where(HasAllLayouts).Select(static major => new TheoryDataRow<int>(major));

    /// <summary>Of a server's major: what the programs of a major write. pg_dump 15 does not read newer servers.</summary>
    public static IEnumerable<TheoryDataRow<int, int, string>> PgDumps =>
        from major in TestMajors.All
        from tool in (int[])[OldMajor, NewToolFor(major)]
        where major <= tool
        from layout in !HasAllLayouts(major) ? [UsualLayout, "plain none"]
            : tool == OldMajor ? [.. s_oldLayouts, "plain none", "plain gzip"]
            : (string[])[.. s_newLayouts, "plain none", "plain gzip", "plain lz4", "plain zstd"]
        select new TheoryDataRow<int, int, string>(major, tool, layout);

    /// <summary>Of a server's major: what the programs of a major read.</summary>
    public static IEnumerable<TheoryDataRow<int, int, string>> PgRestores =>
        from major in TestMajors.All
        from tool in (int[])[OldMajor, NewToolFor(major)]
        from layout in !HasAllLayouts(major) ? [UsualLayout] : tool == OldMajor ? s_oldLayouts : s_newLayouts
        select new TheoryDataRow<int, int, string>(major, tool, layout);

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    [Theory, MemberData(nameof(PgDumps))]
    public void What_pg_dump_wrote_PureDump_restores_and_lists(int major, int tool, string layout)
    {
        OracleSource source = SourceOf(major, tool);
        string target = OracleDatabase.CreateTarget(source.Server);
        _archive.PgDump(source, tool, layout);

        if (layout.StartsWith("plain", StringComparison.Ordinal))
        {
            ReplayScript(source, target, StreamCompression.Parse(layout.Split(' ')[1], static _ => { }));
        }
        else
        {
            Operations.Restore(source.Server, target, _archive.Path);
            Assert.Equal(_archive.ListByPgRestore(tool), _archive.ListByPureDump(tool));
        }

        AssertRestored(source, target);
    }

    [Theory, MemberData(nameof(PgRestores))]
    public void What_PureDump_wrote_pg_restore_restores_and_lists(int major, int tool, string layout)
    {
        OracleSource source = sources.Of(major);
        string target = OracleDatabase.CreateTarget(source.Server);
        _archive.Dump(source.Server, source.Database, layout, tool == OldMajor ? PgArchiveVersion.ForOldReaders : PgArchiveVersion.Newest);

        PgRestore(source, tool, target);

        Assert.Equal(_archive.ListByPgRestore(tool), _archive.ListByPureDump(tool));
        AssertRestoredByPgRestore(source, target);
    }

    [Theory, EveryMajor]
    public void Both_programs_list_the_same_entries_of_their_own_archives(int major)
    {
        OracleSource source = sources.Of(major);
        _archive.PgDump(source, NewToolFor(major), "custom none");
        string due = _archive.ListByPureDump(NewToolFor(major));
        _archive.Dump(source.Server, source.Database, "custom none", PgArchiveVersion.Newest);

        Assert.Equal(Comparable(due), Comparable(_archive.ListByPgRestore(NewToolFor(major))));

        static string Comparable(string list) => OwnWords().Replace(list, "");
    }

    [Theory, EveryMajor]
    public void Rows_as_statements_lose_the_sign_of_a_zero_and_nothing_else(int major)
    {
        OracleSource source = sources.ReadableOf(major);
        (string byPureDump, string byPgRestore) = (OracleDatabase.CreateTarget(source.Server), OracleDatabase.CreateTarget(source.Server));

        _archive.PgDump(source, NewToolFor(major), "custom gzip", "--inserts");
        Operations.Restore(source.Server, byPureDump, _archive.Path);
        _archive.Dump(source.Server, source.Database, "custom gzip", PgArchiveVersion.Newest, RowStatements.Insert);
        PgRestore(source, NewToolFor(major), byPgRestore);

        string due = OracleDatabase.PlainText(source.Server, source.Database, "--no-subscriptions");
        Assert.Equal(1, NegativeZero().Count(due));
        foreach (string target in (string[])[byPureDump, byPgRestore])
        {
            // Rows that are inserted one by one fill the free space of pages, and come out in another order.
            Assert.Equal(
                Sorted(NegativeZero().Replace(due, "0")),
                Sorted(OracleDatabase.PlainText(source.Server, target, "--no-subscriptions")));
            Assert.Equal(
                ["table tables.types"],
                source.Content.Differences(TableHashes.Of(source.Server, target)).Select(difference => difference.Split(':')[0]));
            source.Server.Execute(target, "UPDATE tables.types SET f8 = '-0' WHERE f8 = 0");
            OracleSource.AssertNone(source.Content.Differences(TableHashes.Of(source.Server, target)));
            OracleDatabase.Drop(source.Server, target);
        }

        static IEnumerable<string> Sorted(string text) => text.Split('\n').Order(StringComparer.Ordinal);
    }

    [Theory, MemberData(nameof(MajorsOfAllLayouts))]
    public void An_archive_that_went_through_a_pipe_is_restored(int major)
    {
        OracleSource source = sources.ReadableOf(major);
        foreach (string format in (string[])["custom", "tar"])
        {
            (string byPureDump, string byPgRestore) = (
                OracleDatabase.CreateTarget(source.Server),
                OracleDatabase.CreateTarget(source.Server));
            using (
                PureDumpProcess dump = PureDumpProcess.StartOther(
                    Path.Combine(OracleArchive.Tools(NewToolFor(major)).BinDirectory, "pg_dump"),
                    source.Server,
                    "-F",
                    format,
                    source.Database))
            {
                Operations.RestorePipe(source.Server, byPureDump, dump.Output);
                Assert.True(dump.WaitForExit() == 0, dump.Error);
            }

            AssertRestored(source, byPureDump);
            using (PureDumpProcess dump = PureDumpProcess.Start(source.Server, "dump", "-q", "-F", format, "-d", source.Database))
            using (FileStream file = File.Create(_archive.Path))
            {
                dump.Output.CopyTo(file);
                Assert.True(dump.WaitForExit() == 0, dump.Error);
            }

            // Without places pg_restore looks for the data of each entry.
            PgRestore(source, NewToolFor(major), byPgRestore);
            AssertRestoredByPgRestore(source, byPgRestore);
        }
    }

    [Theory, MemberData(nameof(MajorsOfAllLayouts))]
    public void The_table_of_contents_may_be_compressed_by_hand(int major)
    {
        OracleSource source = sources.ReadableOf(major);
        (string byPureDump, string byPgRestore) = (OracleDatabase.CreateTarget(source.Server), OracleDatabase.CreateTarget(source.Server));

        _archive.PgDump(source, NewToolFor(major), "directory none");
        _archive.CompressToc();
        Operations.Restore(source.Server, byPureDump, _archive.Path);
        _archive.Dump(source.Server, source.Database, "directory zstd", PgArchiveVersion.Newest);
        _archive.CompressToc();
        PgRestore(source, NewToolFor(major), byPgRestore);

        AssertRestored(source, byPureDump);
        AssertRestoredByPgRestore(source, byPgRestore);
    }

    /// <summary>Of pg_dump's own archives it does not know: see <see cref="PartitionRows"/> and <see cref="ClonedTriggers"/>.</summary>
    [Theory, EveryMajor]
    public void Parallel_workers_of_pg_restore_make_triggers_of_partitioned_tables_behind_the_rows(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string database, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(database, """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'fired'; END $$;
            CREATE TABLE top (a int, b int) PARTITION BY LIST (a);
            CREATE TABLE middle PARTITION OF top FOR VALUES IN (1) PARTITION BY RANGE (b);
            DO $$ BEGIN FOR i IN 1..9 LOOP EXECUTE format('CREATE TABLE leaf_%s PARTITION OF middle FOR VALUES FROM (%s) TO (%s)', i, i,
                i + 1); END LOOP; END $$;
            INSERT INTO top SELECT 1, 1 + g % 9 FROM generate_series(1, 9000) g;
            CREATE TRIGGER refuse BEFORE INSERT ON top FOR EACH ROW EXECUTE FUNCTION refuse();
            ALTER TABLE leaf_1 DISABLE TRIGGER refuse;
            """);
        _archive.Dump(server, database, "custom none", PgArchiveVersion.Newest);

        Command restore = _archive.PgRestore(server, NewToolFor(major), target, ["-j", "2"]);

        Assert.All(AnyServerError().Matches(restore.Error), static error => Assert.Equal(UnknownSetting, error.Value));
        Operations.AssertSame(server, database, server, target);
    }

    [Theory, EveryMajor]
    public void What_a_server_cannot_read_of_a_newer_pg_dump_fails_as_with_pg_restore(int major)
    {
        Assert.SkipUnless(major < PgDumpOracle.ModelMajor, "pg_dump 18 writes what its own server reads");
        OracleSource source = sources.Of(major);
        (string byPureDump, string byPgRestore) = (OracleDatabase.CreateTarget(source.Server), OracleDatabase.CreateTarget(source.Server));
        _archive.PgDump(source, NewToolFor(major), "custom none");
        var observer = new RecordingObserver();

        RestoreOperation.FromFile(
            new RestoreRequest { Target = Operations.TargetOf(source.Server, byPureDump) },
            _archive.Path,
            observer,
            TestContext.Current.CancellationToken);
        string said = _archive.PgRestore(source.Server, NewToolFor(major), byPgRestore, []).Error;

        Assert.NotEmpty(observer.Failures);
        Assert.Equal(
            ServerError().Matches(said).Select(match => match.Value).Order(StringComparer.Ordinal),
            observer
                .Failures.Select(failure => failure[(failure.IndexOf(": ", StringComparison.Ordinal) + 2)..])
                .Order(StringComparer.Ordinal));
        OracleDatabase.Drop(source.Server, byPureDump);
        OracleDatabase.Drop(source.Server, byPgRestore);
    }

    // The newest programs whose output is the model, or those of the server where it is newer: older ones do not talk to it.
    private static int NewToolFor(int major) => Math.Max(PgDumpOracle.ModelMajor, major);

    private static bool HasAllLayouts(int major) => major == OldMajor || major == TestMajors.Oldest || major == TestMajors.Newest;

    // Newer programs write some definitions as the server cannot read them.
    private OracleSource SourceOf(int major, int tool) => major < tool ? sources.ReadableOf(major) : sources.Of(major);

    private static void AssertRestored(OracleSource source, string target)
    {
        source.AssertSame(target);
        OracleDatabase.Drop(source.Server, target);
    }

    // pg_restore was not asked for subscriptions then.
    private static void AssertRestoredByPgRestore(OracleSource source, string target)
    {
        source.AssertSame(target, withSubscriptions: source.Server.Major >= SubscriptionMajor);
        OracleDatabase.Drop(source.Server, target);
    }

    private void PgRestore(OracleSource source, int tool, string target)
    {
        string[] subscriptions = source.Server.Major >= SubscriptionMajor ? [] : ["--no-subscriptions"];
        Command restore = _archive.PgRestore(source.Server, tool, target, subscriptions);
        if (tool < SettingMajor || source.Server.Major >= SettingMajor)
        {
            Assert.True((restore.ExitCode, restore.Error) == (0, ""), restore.Error);
            return;
        }

        Assert.Equal(1, restore.ExitCode);
        Assert.All(AnyServerError().Matches(restore.Error), static error => Assert.Equal(UnknownSetting, error.Value));
    }

    // What the server cannot read is taken out first, as for psql.
    private void ReplayScript(OracleSource source, string target, StreamCompression compression)
    {
        if (source.Server.Major < SettingMajor)
        {
            string text;
            using (FileStream file = File.OpenRead(_archive.Path))
            using (var reader = new StreamReader(StreamCompression.OutOf(file, compression.Method, isZlib: false) ?? file))
            {
                text = reader.ReadToEnd();
            }

            using FileStream output = File.Create(_archive.Path);
            using Stream? compressed = compression.Into(output);
            (compressed ?? output).Write(System.Text.Encoding.UTF8.GetBytes(ToleratedDifferences.Readable(text, source.Server.Major)));
        }

        using PureDumpProcess restore = PureDumpProcess.Start(source.Server, "restore", "-q", "-e", "-d", target, _archive.Path);
        Assert.True(restore.WaitForExit() == 0, restore.Error);
    }

    [GeneratedRegex("(?<=(ERROR|FATAL|PANIC):  ).*")]
    private static partial Regex AnyServerError();

    // As a number among the columns of a row: where it stands in quotes, its sign stays.
    [GeneratedRegex("(?<=\t)-0(?=\t)")]
    private static partial Regex NegativeZero();

    // Their numbers are their own.
    [GeneratedRegex("^[0-9]+(?=; )|^; Archive created at .*|^;     Dumped by .*", RegexOptions.Multiline)]
    private static partial Regex OwnWords();

    // A setting and options of subscriptions are not sent by PureDump to servers that do not know them.
    [GeneratedRegex("(?<=ERROR:  )(?!unrecognized (configuration|subscription) parameter|subscription \".*\" does not exist).*")]
    private static partial Regex ServerError();
}
