using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>No server, no login, no database: a dump and a restore say so by name and leave nothing.</summary>
public sealed class ConnectionFailureTests
{
    [Fact]
    public void A_server_that_cannot_be_reached_is_named()
    {
        AssertBothFail(Target("127.0.0.1", 1, "nobody", "nowhere", null), ErrorKind.Connection, "127.0.0.1");
    }

    [Fact]
    public void A_wrong_password_is_refused_and_not_repeated()
    {
        using PostgresServer server = Requirement.OwnServer(
            TestMajors.Newest,
            new ServerOptions { HbaLines = ["host all all 127.0.0.1/32 scram-sha-256"] }
        );
        server.Execute("postgres", "SET password_encryption = 'scram-sha-256'; CREATE ROLE alice LOGIN PASSWORD 'right'");
        PureDumpException[] errors = AssertBothFail(
            Target("127.0.0.1", server.Port, "alice", "postgres", "false-secret"),
            ErrorKind.Authentication,
            "alice");
        Assert.All(errors, error => Assert.DoesNotContain("false-secret", error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_database_is_named()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        AssertBothFail(Operations.TargetOf(server, "no_such_database"), ErrorKind.NotFound, "no_such_database");
    }

    [Fact]
    public void The_process_exits_with_the_code_of_the_error_and_leaves_no_file()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        using var file = new TemporaryFile();
        using var dump = PureDumpProcess.Start(server, "dump", "-d", "no_such_database", "-f", file.Path);
        Assert.Equal(ErrorTable.ExitCode(ErrorKind.NotFound), dump.WaitForExit());
        Assert.Contains("no_such_database", dump.Error, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    private static ConnectionTarget Target(string host, int port, string user, string database, string? password) =>
        ConnectionTarget.Resolve(
            new ConnectionArguments
            {
                Host = host,
                Port = $"{port}",
                User = user,
                Database = database,
            },
            name => name == "PGPASSWORD" ? password : null);

    private static PureDumpException[] AssertBothFail(ConnectionTarget target, ErrorKind kind, string name)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var file = new TemporaryFile();
        PureDumpException dump = Bounded.Fails(
            kind,
            () => DumpOperation.ToFile(new DumpRequest { Source = target }, file.Path, new RecordingObserver(), cancellation));
        file.AssertNothingLeft();
        using TemporaryFile archive = SmallArchive.Write();
        PureDumpException restore = Bounded.Fails(
            kind,
            () => RestoreOperation.FromFile(new RestoreRequest { Target = target }, archive.Path, new RecordingObserver(), cancellation));
        Assert.Contains(name, dump.Message, StringComparison.Ordinal);
        Assert.Contains(name, restore.Message, StringComparison.Ordinal);
        return [dump, restore];
    }
}
