using Npgsql;
using PureDump.Engine;
using PureDump.Formats.Errors;
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_ALTER_TABLE_that_waits_for_the_leader_fails_the_dump_by_name_and_does_not_hang_it(int jobs)
    {
        using var file = new TemporaryFile();
        Thread? other = null;
        var observer = new RecordingObserver(atBegin: () =>
        {
            other = new Thread(() => _server.Execute(_database, "ALTER TABLE wanted ADD COLUMN more text"));
            other.Start();
            Bounded.WaitFor("the ALTER TABLE waits", () => _server.Scalar(_database, "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'wanted'::regclass") is not null);
        });
        PureDumpException error = Bounded.Fails(ErrorKind.Lock, () => DumpOperation.ToFile(
            new DumpRequest { Source = Operations.TargetOf(_server, _database), Jobs = jobs }, file.Path, observer, TestContext.Current.CancellationToken));
        Assert.Contains("public.wanted", error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
        other!.Join();
    }

    [Fact]
    public void A_table_that_cannot_be_locked_in_time_is_named()
    {
        using NpgsqlConnection other = _server.Connect(_database);
        using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE wanted IN ACCESS EXCLUSIVE MODE", other);
        hold.ExecuteNonQuery();
        using var file = new TemporaryFile();
        PureDumpException error = Bounded.Fails(
            ErrorKind.Lock, () => Operations.Dump(_server, _database, file.Path, new() { LockWaitTimeout = TimeSpan.FromMilliseconds(300) }));
        Assert.Contains("public.wanted", error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    // Between the list of tables and the lock somebody else, who holds it, drops or changes the table and commits.
    [Theory]
    [InlineData("DROP TABLE wanted")]
    [InlineData("ALTER TABLE wanted ALTER COLUMN id TYPE bigint")]
    [InlineData("TRUNCATE wanted")]
    [InlineData("DROP TABLE wanted; CREATE TABLE wanted (id integer)")]
    [InlineData("ALTER TABLE wanted DROP COLUMN id")]
    [InlineData("ALTER TABLE wanted RENAME TO other")]
    [InlineData("ALTER TABLE wanted RENAME COLUMN id TO other")]
    public void A_table_changed_between_the_snapshot_and_the_lock_is_an_error_by_name(string change)
    {
        using NpgsqlConnection other = _server.Connect(_database);
        Run(other, $"BEGIN; {change}");
        using var file = new TemporaryFile();
        PureDumpException? error = null;
        var dump = new Thread(() => error = Record.Exception(() => Operations.Dump(_server, _database, file.Path)) as PureDumpException);
        dump.Start();
        Bounded.WaitFor("the dump waits for the lock", () => _server.Scalar(_database, "SELECT 1 FROM pg_locks WHERE NOT granted AND relation IS NOT NULL") is not null);
        Run(other, "COMMIT");
        dump.Join();

        Assert.NotNull(error);
        Assert.Contains("wanted", error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    [Fact]
    public void A_column_added_between_the_snapshot_and_the_lock_is_not_in_the_dump()
    {
        using NpgsqlConnection other = _server.Connect(_database);
        Run(other, "BEGIN; ALTER TABLE wanted ADD COLUMN more text DEFAULT 'x'");
        using var file = new TemporaryFile();
        var dump = new Thread(() => Operations.Dump(_server, _database, file.Path));
        dump.Start();
        Bounded.WaitFor("the dump waits for the lock", () => _server.Scalar(_database, "SELECT 1 FROM pg_locks WHERE NOT granted AND relation IS NOT NULL") is not null);
        Run(other, "COMMIT");
        dump.Join();

        string copy = _server.CreateDatabase();
        Operations.Restore(_server, copy, file.Path);
        Assert.Equal(["1"], _server.Rows(copy, "SELECT * FROM wanted").Single());
        _server.DropDatabase(copy);
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

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
