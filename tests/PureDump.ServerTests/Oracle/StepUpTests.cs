using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;
using PureDump.ServerTests.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>
/// The oracle database of each version into a server of the same and of each newer one, by every way there is, without an error. A newer
/// server prints many things otherwise; what it makes of PureDump's must be what it makes of pg_dump's, which is loaded beside it.
/// </summary>
public sealed class StepUpTests(OracleSources sources)
{
    // The first pg_restore that sets transaction_timeout.
    private const int TransactionTimeoutMajor = 17;

    private static readonly (string Name, Action<OracleSource, PostgresServer, string> Load)[] s_ways =
    [
        ("pdump", static (source, target, database) => Operations.Restore(target, database, source.Archive)),
        ("copy", Copy),
        ("custom", LoadCustom),
        ("script", LoadScript),
    ];

    [Theory, EveryStepUp]
    public void Every_way_comes_to_what_pg_dumps_script_comes_to(int from, int into)
    {
        OracleSource source = sources.Of(from, into);
        PostgresServer target = ServerPool.Get(into);
        string byPgDump = OracleDatabase.CreateTarget(target);
        OracleDatabase.Replay(target, byPgDump, into < 18 ? ToleratedDifferences.Mend(source.PlainText, from) : source.PlainText);
        string due = Text(byPgDump);
        OracleDatabase.Drop(target, byPgDump);

        Requirement.All(s_ways, way =>
        {
            string database = OracleDatabase.CreateTarget(target);
            way.Load(source, target, database);

            OracleSource.AssertNone(PlainTextComparison.Differences(due, Text(database)));
            OracleSource.AssertNone(source.Content.Differences(TableHashes.Of(target, database)));
            OracleDatabase.Drop(target, database);
        });

        // What was mended in the text of the older one shows in the newer one's.
        string Text(string database) => ToleratedDifferences.Mend(OracleDatabase.PlainText(target, database), from);
    }

    private static void Copy(OracleSource source, PostgresServer target, string database)
    {
        var observer = new RecordingObserver();
        var request = new CopyRequest
        {
            Source = Operations.TargetOf(source.Server, source.Database),
            Target = Operations.TargetOf(target, database),
            Jobs = 2,
        };
        CopyOperation.Run(request, observer, TestContext.Current.CancellationToken);
        Assert.Empty(observer.Failures);
    }

    private static void LoadCustom(OracleSource source, PostgresServer target, string database)
    {
        using var file = new TemporaryFile("dump");
        DumpOperation.ToPgArchive(
            RequestOf(source, target),
            new PgArchiveTarget
            {
                Format = PgArchiveFormat.Custom,
                Path = file.Path,
                Compression = StreamCompression.Parse("gzip", Assert.Fail),
            },
            new RecordingObserver(),
            TestContext.Current.CancellationToken);
        PgDumpOracle programs = PgDumpOracle.Find(target.Major);
        if (programs.Major == target.Major || programs.Major < TransactionTimeoutMajor)
        {
            Assert.Equal("", programs.Run("pg_restore", target, ["-d", database, file.Path]).Succeeded().Error);
        }
        else
        {
            Operations.Restore(target, database, file.Path);
        }
    }

    private static void LoadScript(OracleSource source, PostgresServer target, string database)
    {
        using var file = new TemporaryFile("script.sql");
        DumpOperation.ToScriptFile(RequestOf(source, target), file.Path, new RecordingObserver(), TestContext.Current.CancellationToken);
        OracleDatabase.Load(target, database, [file.Path]);
    }

    private static DumpRequest RequestOf(OracleSource source, PostgresServer target) => new()
    {
        Source = Operations.TargetOf(source.Server, source.Database),
        Script = new ScriptOptions { FitsServer = true, ForMajor = target.Major == source.Server.Major ? null : target.Major },
    };
}
