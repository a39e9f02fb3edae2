using System.Text;
using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// Entries of an archive that begin or end a transaction, or set the session: what stands before and behind them is there, or nothing
/// says so.
/// </summary>
public sealed class EntryTransactionTests : IDisposable
{
    private const string Hostile = "hostile";
    private const string Tables =
        "SELECT coalesce(string_agg(relname, ' ' ORDER BY relname), '') FROM pg_class WHERE relnamespace = 'public'::regnamespace AND "
            + "relname IN ('before', 'after')";

    // What leaves the session elsewhere, and pairs that leave it where it was while what was done before is committed or gone.
    private static readonly string[] s_transactions =
    [
        "BEGIN",
        "START TRANSACTION READ ONLY",
        "BEGIN; CREATE TABLE public.lost (a int)",
        "CREATE TABLE public.lost (a int); COMMIT",
        "CREATE TABLE public.lost (a int); ROLLBACK",
        "COMMIT",
        "ROLLBACK",
        "END",
        "ABORT",
        "COMMIT; BEGIN",
        "ROLLBACK; BEGIN",
        "ROLLBACK AND CHAIN",
        "COMMIT AND CHAIN",
        "BEGIN; SAVEPOINT s",
        "BEGIN; PREPARE TRANSACTION 'hostile'",
        "BEGIN; SELECT 1 / 0",
        "COMMIT; SELECT 1 / 0",
        "ROLLBACK; BEGIN; SELECT 1 / 0",
        "COPY (SELECT generate_series(1, 100000)) TO STDOUT",
        "COPY public.before FROM STDIN",
    ];

    private static readonly string[] s_settings =
    [
        "SET role = pg_monitor",
        "SET SESSION AUTHORIZATION pg_monitor",
        "SET session_replication_role = replica",
        "SELECT pg_catalog.set_config('session_replication_role', 'replica', false)",
        "DO $$ BEGIN PERFORM pg_catalog.set_config('session_replication_role', 'replica', false); END $$",
        "CREATE TABLE public.lost AS SELECT pg_catalog.set_config('session_replication_role', 'replica', false)",
        "SET search_path = pg_temp",
        "SET check_function_bodies = on",
        "RESET ALL",
        "DISCARD ALL",
    ];

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _database;

    public EntryTransactionTests() => _database = _server.CreateDatabase();

    public void Dispose() => _server.DropDatabase(_database);

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 4)]
    [InlineData(true, true, 4)]
    public void Where_each_statement_stands_for_itself_the_entry_fails_alone(bool isPipe, bool isOwnFormat, int jobs) =>
        Assert.All(
            s_transactions,
            statement =>
            {
                var observer = new RecordingObserver();
                RestoreResult result = Restore(Archive(statement, isOwnFormat), isPipe, observer, request => request with { Jobs = jobs });

        Assert.Equal(1, result.FailureCount);
        Assert.Contains(Hostile, Assert.Single(observer.Failures), StringComparison.Ordinal);
        Assert.Equal("after before", _server.Scalar(_database, Tables));
        Assert.Equal("3", _server.Scalar(_database, "SELECT count(*) FROM public.after"));
        Assert.Equal("0", _server.Scalar("postgres", $"SELECT count(*) FROM pg_prepared_xacts WHERE database = '{_database}'"));
        Clean();
    });

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, true, 0)]
    [InlineData(false, true, 1000)]
    public void In_a_transaction_of_all_the_restore_ends_with_the_entry(bool isPipe, bool isOwnFormat, int transactionSize) =>
        Assert.All(
            s_transactions,
            statement =>
            {
                PureDumpException error = Operations.Fails(() =>
                    Restore(
                        Archive(statement, isOwnFormat),
                        isPipe,
                        new RecordingObserver(),
                        request => request with { SingleTransaction = transactionSize == 0, TransactionSize = transactionSize }
                    ));

        Assert.Equal(ErrorKind.Server, error.Kind);
        Assert.Contains(Hostile, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("after", _server.Scalar(_database, Tables), StringComparison.Ordinal);
        Clean();
    });

    /// <summary>Rows that are statements are run between BEGIN and COMMIT of the table's own.</summary>
    [Theory]
    [InlineData("COMMIT;")]
    [InlineData("ROLLBACK; BEGIN;")]
    [InlineData("BEGIN;")]
    public void Rows_that_end_their_transaction_fail(string statement)
    {
        PgTocEntry[] entries =
        [
            BuiltArchive.EncodingEntry,
            Table(2, "after"),
            BuiltArchive.Data(3, EntryKind.TableData, "after", "public", null),
        ];
        byte[] archive = BuiltArchive.Custom(
            16,
            entries,
            output =>
                BuiltArchive.Block(
                    output,
                    CustomArchive.DataBlock,
                    3,
                    o =>
                        BuiltArchive.Chunk(
                            o,
                            $"INSERT INTO public.after VALUES ('a');\n{statement}\nINSERT INTO public.after VALUES ('b');\n\n\n")));
        var observer = new RecordingObserver();

        RestoreResult result = Restore(archive, isPipe: false, observer, static request => request);

        Assert.Equal(1, result.FailureCount);
        Assert.Contains("is not allowed here", Assert.Single(observer.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_an_entry_sets_counts_for_itself_alone(bool inTransaction)
    {
        string expected = Session("SELECT 1");
        Assert.All(
            s_settings.Where(statement => !inTransaction || statement != "DISCARD ALL"),
            statement => Assert.Equal(expected, Session(statement)));

        string Session(string statement)
        {
            Restore(
                Archive(statement, isOwnFormat: false),
                isPipe: false,
                new RecordingObserver(),
                request => request with { SingleTransaction = inTransaction }
            );
            string session = _server.Scalar(
                _database,
                "SELECT pg_get_userbyid(relowner) || (SELECT string_agg(s::text, ';' ORDER BY s) FROM public.settings s) FROM pg_class "
                    + "WHERE oid = 'public.after'::regclass"
            )!;
            Clean();
            return session;
        }
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("pg_restore")]
    public void A_command_says_so_too(string verb)
    {
        using var file = new TemporaryFile("hostile.dump");
        File.WriteAllBytes(file.Path, Archive("BEGIN", isOwnFormat: false));
        using PureDumpProcess restore = PureDumpProcess.Start(_server, verb, "-d", _database, file.Path);

        Assert.Equal(1, restore.WaitForExit());
        Assert.Contains("BEGIN is not allowed here", restore.Error, StringComparison.Ordinal);
        Assert.Equal("after before", _server.Scalar(_database, Tables));
    }

    // A table, the entry, a table that is made of what the session is set to, and one with rows.
    private static byte[] Archive(string statement, bool isOwnFormat)
    {
        PgTocEntry[] entries =
        [
            BuiltArchive.EncodingEntry,
            Table(2, "before"),
            BuiltArchive.Entry(3, EntryKind.Function, Hostile, "public") with { Definition = $"{statement};\n", Dependencies = [2] },
            BuiltArchive.Entry(4, EntryKind.Table, "settings", "public") with
            {
                Definition =
                    "CREATE TABLE public.settings AS SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session' OR name "
                        + "IN ('role', 'session_authorization');\n",
                Dependencies = [3],
            },
            Table(5, "after") with { Dependencies = [4] },
            BuiltArchive.Data(6, EntryKind.TableData, "after", "public", "COPY public.after (a) FROM stdin;\n") with { Dependencies = [5] },
        ];
        byte[] custom = BuiltArchive.Custom(
            16,
            entries,
            static output => BuiltArchive.Block(output, CustomArchive.DataBlock, 6, static o => BuiltArchive.Chunk(o, "x\ny\nz\n\\.\n\n\n"))
        );
        if (!isOwnFormat)
        {
            return custom;
        }

        using var own = new MemoryStream();
        ConvertOperation.ToArchive(
            null,
            new MemoryStream(custom),
            own,
            CodecSetting.Default,
            1,
            new RecordingObserver(),
            TestContext.Current.CancellationToken);
        return own.ToArray();
    }

    private static PgTocEntry Table(int id, string name) =>
        BuiltArchive.Entry(id, EntryKind.Table, name, "public") with
        {
            Definition = $"CREATE TABLE public.{name} (a text);\n",
            DropStatement = $"DROP TABLE public.{name};\n",
        };

    private RestoreResult Restore(byte[] archive, bool isPipe, RecordingObserver observer, Func<RestoreRequest, RestoreRequest> adjust)
    {
        RestoreRequest request = adjust(new RestoreRequest { Target = Operations.TargetOf(_server, _database) });
        if (isPipe)
        {
            return RestoreOperation.FromStream(
                request,
                new ForwardOnlyStream(new MemoryStream(archive)),
                observer,
                TestContext.Current.CancellationToken);
        }

        using var file = new TemporaryFile("archive");
        File.WriteAllBytes(file.Path, archive);
        return RestoreOperation.FromFile(request, file.Path, observer, TestContext.Current.CancellationToken);
    }

    private void Clean() => _server.Execute(_database, "DROP TABLE IF EXISTS public.before, public.after, public.settings, public.lost");
}
