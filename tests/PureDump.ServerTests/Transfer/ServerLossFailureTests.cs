using PureDump.Engine;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Servers and sessions that die in the middle: a named error within seconds, and nothing that looks finished.</summary>
public sealed class ServerLossFailureTests
{
    private const string Rows = """
        CREATE TABLE a AS SELECT g AS id, sha512(g::text::bytea) AS filler FROM generate_series(1, 150000) g;
        CREATE TABLE b AS SELECT * FROM a; CREATE TABLE c AS SELECT * FROM a;
        CREATE TABLE wide (id integer, filler bytea); ALTER TABLE wide ALTER COLUMN filler SET STORAGE EXTERNAL;
        INSERT INTO wide SELECT g, decode(repeat(md5(g::text), 1250000), 'hex') FROM generate_series(1, 3) g;
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_server_killed_during_a_dump_ends_it(int jobs)
    {
        using PostgresServer server = Requirement.OwnServer(TestMajors.Newest);
        server.Execute("postgres", Rows);
        using var file = new TemporaryFile();
        AssertDumpFails(server, "postgres", file, jobs, server.Kill);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void A_server_killed_during_a_restore_ends_it(int jobs, bool isPipe)
    {
        using PostgresServer server = Requirement.OwnServer(TestMajors.Newest);
        server.Execute("postgres", Rows);
        using var file = new TemporaryFile();
        Operations.Dump(server, "postgres", file.Path);
        string target = server.CreateDatabase();
        var request = new RestoreRequest { Target = Operations.TargetOf(server, target), Jobs = jobs };
        var observer = new RecordingObserver(server.Kill);
        Bounded.Fails(
            ErrorKind.Connection,
            () =>
            {
                if (isPipe)
                {
                    using FileStream stream = File.OpenRead(file.Path);
                    RestoreOperation.FromStream(request, stream, observer, TestContext.Current.CancellationToken);
                }
                else
                {
                    RestoreOperation.FromFile(request, file.Path, observer, TestContext.Current.CancellationToken);
                }
            }
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sessions_that_are_terminated_end_a_dump(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, Rows);
        using var file = new TemporaryFile();
        AssertDumpFails(server, database, file, jobs, () => Terminate(server, database, "query LIKE 'COPY%'"));
        server.DropDatabase(database);
    }

    [Fact]
    public void A_dump_whose_leader_has_lost_its_locks_fails_although_all_rows_came()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, Rows);
        using var file = new TemporaryFile();

        // The session that was there first holds the locks.
        AssertDumpFails(
            server,
            database,
            file,
            2,
            () =>
                Terminate(
                    server,
                    database,
                    $"backend_start = (SELECT min(backend_start) FROM pg_stat_activity WHERE datname = '{database}' AND "
                        + "application_name = 'puredump')"));
        server.DropDatabase(database);
    }

    // The snapshot is gone with it: the server tells the others only that it does not exist, as it does behind a pooler.
    [Fact]
    public void A_leader_that_is_lost_before_the_others_see_its_snapshot_is_a_lost_connection()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        using (var source = new LiveSource(
            Operations.TargetOf(server, database),
            new DumpSelection(),
            new DumpSession(),
            encoding: null,
            makesChunks: false,
            static _ => { },
            TestContext.Current.CancellationToken))
        {
            using ISourceWorker leader = source.OpenWorker();
            Terminate(server, database, "true");
            Bounded.WaitFor(
                "the leader's session is gone",
                () => server.Scalar("postgres", $"SELECT pid FROM pg_stat_activity WHERE datname = '{database}'") is null);

            Bounded.Fails(ErrorKind.Connection, () => source.OpenWorker().Dispose());
        }

        server.DropDatabase(database);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_session_that_dies_inside_a_large_row_does_not_leave_the_others_waiting(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, Rows);
        using var file = new TemporaryFile();

        // The widest tables go first: the first block is a piece of a row.
        AssertDumpFails(server, database, file, jobs, () => Terminate(server, database, "query LIKE 'COPY%wide%'"));
        server.DropDatabase(database);
    }

    private static void AssertDumpFails(PostgresServer server, string database, TemporaryFile file, int jobs, Action atFirstBlock)
    {
        var request = new DumpRequest { Source = Operations.TargetOf(server, database), Jobs = jobs };
        Bounded.Fails(
            ErrorKind.Connection,
            () => DumpOperation.ToFile(request, file.Path, new RecordingObserver(atFirstBlock), TestContext.Current.CancellationToken));
        file.AssertNothingLeft();
    }

    private static void Terminate(PostgresServer server, string database, string condition) =>
        Bounded.WaitFor(
            $"a session with {condition}",
            () =>
                server.Scalar(
                    "postgres",
                    $"""
                    SELECT count(pg_terminate_backend(pid))::text FROM pg_stat_activity
                    WHERE datname = '{database}' AND application_name = 'puredump' AND {condition}
                    """
                ) != "0");
}
