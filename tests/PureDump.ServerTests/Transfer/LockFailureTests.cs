using Npgsql;
using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Others who want to change tables while they are dumped.</summary>
public sealed class LockFailureTests : IDisposable
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Oldest);
    private readonly string _database;

    public LockFailureTests()
    {
        _database = _server.CreateDatabase();
        _server.Execute(_database, """
            CREATE TABLE large AS SELECT g AS id, sha512(g::text::bytea) AS filler FROM generate_series(1, 100000) g;
            CREATE TABLE wanted (id integer);
            INSERT INTO wanted VALUES (1);
            """);
    }

    // What waits for a lock on a table keeps everybody else from it but the session that has one.
    [Theory]
    [InlineData(1, "ALTER TABLE wanted ADD COLUMN more text")]
    [InlineData(2, "ALTER TABLE wanted ADD COLUMN more text")]
    [InlineData(4, "ALTER TABLE wanted ADD COLUMN more text")]
    [InlineData(1, "TRUNCATE wanted, large")]
    [InlineData(3, "TRUNCATE wanted, large")]
    [InlineData(1, "DROP TABLE wanted")]
    [InlineData(3, "DROP TABLE wanted")]
    public void A_table_that_somebody_waits_to_change_is_read_as_it_is(int jobs, string change)
    {
        using var file = new TemporaryFile();
        Thread? other = null;
        var observer = new RecordingObserver(atBegin: () =>
        {
            other = new Thread(() => _server.Execute(_database, change));
            other.Start();
            WaitForWaiter();
        });
        DumpOperation.ToFile(
            new DumpRequest { Source = Operations.TargetOf(_server, _database), Jobs = jobs },
            file.Path,
            observer,
            TestContext.Current.CancellationToken);
        other!.Join();

        AssertRestored(file.Path, "1", "SELECT id FROM wanted");
        AssertRestored(file.Path, "100000", "SELECT count(*) FROM large");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_copy_reads_a_table_that_somebody_waits_to_change(int jobs)
    {
        string target = _server.CreateDatabase();
        Thread? other = null;
        var observer = new RecordingObserver(atBegin: () =>
        {
            other = new Thread(() =>
                _server.Execute(_database, "ALTER TABLE wanted ADD COLUMN more text; ALTER TABLE large ADD COLUMN more text"));
            other.Start();
            WaitForWaiter();
        });
        CopyResult result = CopyOperation.Run(
            new CopyRequest
            {
                Source = Operations.TargetOf(_server, _database), Target = Operations.TargetOf(_server, target), Jobs = jobs, Verify = true,
            },
            observer,
            TestContext.Current.CancellationToken);
        other!.Join();

        Assert.Empty(observer.Failures);
        Assert.Empty(result.Differences);
        Assert.Equal("100001", _server.Scalar(target, "SELECT (SELECT count(*) FROM large) + (SELECT count(*) FROM wanted)"));
        _server.DropDatabase(target);
    }

    [Fact]
    public void A_table_that_cannot_be_locked_in_time_is_named()
    {
        using NpgsqlConnection other = _server.Connect(_database);
        using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE wanted IN ACCESS EXCLUSIVE MODE", other);
        hold.ExecuteNonQuery();
        using var file = new TemporaryFile();
        PureDumpException error = Bounded.Fails(
            ErrorKind.Lock,
            () => Operations.Dump(_server, _database, file.Path, new() { LockWaitTimeout = TimeSpan.FromMilliseconds(300) }));
        Assert.Contains("public.wanted", error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    // Between the list of tables and the lock somebody else, who holds it, drops or changes the table and commits.
    [Theory]
    [InlineData("DROP TABLE wanted", "", "SELECT to_regclass('wanted')")]
    [InlineData("ALTER TABLE wanted ALTER COLUMN id TYPE bigint", "bigint 1", "SELECT pg_typeof(id) || ' ' || id FROM wanted")]
    [InlineData("TRUNCATE wanted", "0", "SELECT count(*) FROM wanted")]
    [InlineData("DROP TABLE wanted; CREATE TABLE wanted (id integer)", "0", "SELECT count(*) FROM wanted")]
    [InlineData(
        "ALTER TABLE wanted DROP COLUMN id",
        "1 0",
        "SELECT count(*) || ' ' || max(relnatts) FROM wanted, pg_class WHERE relname = 'wanted'")]
    [InlineData("ALTER TABLE wanted RENAME TO other", "1", "SELECT id FROM other")]
    [InlineData("ALTER TABLE wanted RENAME COLUMN id TO other", "1", "SELECT other FROM wanted")]
    [InlineData(
        "ALTER TABLE wanted RENAME TO kept; CREATE VIEW wanted AS SELECT 7 AS seven",
        "7 1",
        "SELECT seven || ' ' || id FROM wanted, kept")]
    [InlineData("CREATE SCHEMA elsewhere; ALTER TABLE wanted SET SCHEMA elsewhere", "1", "SELECT id FROM elsewhere.wanted")]
    public void A_table_changed_between_the_snapshot_and_the_lock_is_dumped_as_it_is_afterwards(
        string change,
        string expected,
        string question)
    {
        using var file = new TemporaryFile();
        DumpWhile(change, file.Path, new());

        AssertRestored(file.Path, expected, question);
    }

    [Theory]
    [InlineData("DROP TABLE wanted")]
    [InlineData("ALTER TABLE wanted ALTER COLUMN id TYPE bigint")]
    [InlineData("TRUNCATE wanted")]
    [InlineData("ALTER TABLE wanted DROP COLUMN id")]
    [InlineData("ALTER TABLE wanted RENAME TO other")]
    [InlineData("ALTER TABLE wanted RENAME COLUMN id TO other")]
    public void A_table_changed_since_a_snapshot_of_somebody_else_is_an_error_by_name(string change)
    {
        using NpgsqlConnection exporting = _server.Connect(_database);
        Run(exporting, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", exporting);
        var session = new DumpSession { Snapshot = (string)export.ExecuteScalar()! };
        using var file = new TemporaryFile();

        PureDumpException error = Assert.IsType<PureDumpException>(Record.Exception(() => DumpWhile(change, file.Path, session)));

        Assert.Equal(ErrorKind.Catalog, error.Kind);
        Assert.Contains("wanted", error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    [Fact]
    public void A_column_added_between_the_snapshot_and_the_lock_is_not_in_the_dump()
    {
        using var file = new TemporaryFile();
        DumpWhile("ALTER TABLE wanted ADD COLUMN more text DEFAULT 'x'", file.Path, new());

        AssertRestored(file.Path, "{\"id\": 1}", "SELECT to_jsonb(wanted) FROM wanted");
    }

    // Each waits for the other, and the server ends the wait of one: not for good, where it was the dump's.
    [Fact]
    public void A_dump_that_somebody_waits_for_while_it_waits_for_him_goes_on()
    {
        using NpgsqlConnection other = _server.Connect(_database);
        Run(other, "SET deadlock_timeout = '1min'; BEGIN; LOCK TABLE wanted IN ACCESS EXCLUSIVE MODE");
        using var file = new TemporaryFile();
        Exception? error = null;
        var dump = new Thread(() => error = Record.Exception(() => Operations.Dump(_server, _database, file.Path)));
        dump.Start();
        WaitForWaiter();
        Run(other, "LOCK TABLE large IN ACCESS EXCLUSIVE MODE; COMMIT");
        dump.Join();

        Assert.Null(error);
        AssertRestored(file.Path, "1", "SELECT id FROM wanted");
    }

    [Fact]
    public void The_process_exits_with_the_code_of_a_lock()
    {
        using NpgsqlConnection other = _server.Connect(_database);
        using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE wanted IN ACCESS EXCLUSIVE MODE", other);
        hold.ExecuteNonQuery();
        using var file = new TemporaryFile();
        using var dump = PureDumpProcess.Start(_server, "dump", "-d", _database, "--lock-wait-timeout", "300ms", "-f", file.Path);
        Assert.Equal(ErrorTable.ExitCode(ErrorKind.Lock), dump.WaitForExit());
        Assert.Contains("public.wanted", dump.Error, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    public void Dispose() => _server.DropDatabase(_database);

    // Runs it while the dump waits for its locks, of which it has the list.
    private void DumpWhile(string change, string path, DumpSession session)
    {
        using NpgsqlConnection other = _server.Connect(_database);
        Run(other, $"BEGIN; {change}");
        Exception? error = null;
        var request = new DumpRequest
        {
            Source = Operations.TargetOf(_server, _database),
            Session = session,
            Jobs = 2,
        };
        var dump = new Thread(() =>
            error = Record.Exception(() =>
                DumpOperation.ToFile(request, path, new RecordingObserver(), TestContext.Current.CancellationToken)));
        dump.Start();
        WaitForWaiter();
        Run(other, "COMMIT");
        dump.Join();
        if (error is not null)
        {
            throw error;
        }
    }

    private void WaitForWaiter() =>
        Bounded.WaitFor(
            "somebody waits for a lock in this database",
            () =>
                _server.Scalar(
                    _database,
                    """
                    SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT l.granted AND l.relation IS NOT NULL AND
                        d.datname = current_database()
                    """
                )
                    is not null);

    private void AssertRestored(string path, string expected, string question)
    {
        string copy = _server.CreateDatabase();
        Operations.Restore(_server, copy, path);
        Assert.Equal(expected, _server.Scalar(copy, question) ?? "");
        _server.DropDatabase(copy);
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
