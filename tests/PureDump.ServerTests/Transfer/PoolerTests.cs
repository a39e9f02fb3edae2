using System.Globalization;
using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Through PgBouncer: with a session to each connection as with the server itself, refused where transactions are
/// pooled.</summary>
public sealed class PoolerTests
{
    private static PostgresServer Server => ServerPool.Get(TestMajors.Newest);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    public void A_session_of_its_own_is_as_good_as_a_server(int poolSize, int jobs)
    {
        using PgBouncer pooler = Requirement.Met(() => PgBouncer.Start(Server, "session", poolSize));
        string source = Loaded();
        string restored = Server.CreateDatabase();
        string copied = Server.CreateDatabase();
        using var file = new TemporaryFile();

        DumpOperation.ToFile(
            new DumpRequest { Source = Target(pooler, source), Jobs = jobs },
            file.Path,
            new RecordingObserver(),
            TestContext.Current.CancellationToken);
        var observer = new RecordingObserver();
        RestoreOperation.FromFile(
            new RestoreRequest { Target = Target(pooler, restored), Jobs = jobs },
            file.Path,
            observer,
            TestContext.Current.CancellationToken);
        CopyOperation.Run(
            new CopyRequest { Source = Target(pooler, source), Target = Target(pooler, copied), Jobs = jobs, Verify = true },
            observer,
            TestContext.Current.CancellationToken);

        Assert.Empty(observer.Failures);
        Operations.AssertSame(Server, source, Server, restored);
        Operations.AssertSame(Server, source, Server, copied);
    }

    [Theory]
    [InlineData("transaction", 1)]
    [InlineData("transaction", 4)]
    [InlineData("statement", 2)]
    public void A_pool_of_transactions_is_refused_and_left_as_it_was(string mode, int poolSize)
    {
        using PgBouncer pooler = Requirement.Met(() => PgBouncer.Start(Server, mode, poolSize));
        string database = Server.CreateDatabase();
        using var file = new TemporaryFile();

        PureDumpException error = Operations.Fails(() =>
            DumpOperation.ToFile(
                new DumpRequest { Source = Target(pooler, database) },
                file.Path,
                new RecordingObserver(),
                TestContext.Current.CancellationToken));

        Assert.Equal(ErrorKind.UnsupportedServer, error.Kind);
        Assert.Contains("a pooler that gives each transaction another session", error.Message, StringComparison.Ordinal);
        Assert.Contains("directly", error.Hint, StringComparison.Ordinal);
        Command shown = Command.Run(
            Path.Combine(PgDumpOracle.Find(TestMajors.Newest).BinDirectory, "psql"),
            [
                "-h",
                pooler.Host,
                "-p",
                pooler.Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                Server.User,
                "-Atc",
                "SHOW search_path",
                database,
            ]);
        Assert.Equal("\"$user\", public\n", shown.Succeeded().Output);
    }

    [Fact]
    public void Where_many_tables_are_read_nothing_waits_for_a_second_connection()
    {
        using PgBouncer pooler = Requirement.Met(() => PgBouncer.Start(Server, "session", 1));
        string source = Server.CreateDatabase();
        Server.Execute(source, "DO $$BEGIN FOR i IN 1..1100 LOOP EXECUTE format('CREATE TABLE t%s ()', i); END LOOP; END$$");
        using var file = new TemporaryFile();

        DumpResult result = DumpOperation.ToFile(
            new DumpRequest { Source = Target(pooler, source), Jobs = 1 },
            file.Path,
            new RecordingObserver(),
            TestContext.Current.CancellationToken);

        Assert.True(result.Toc.Entries.Count > 1100);
    }

    private static ConnectionTarget Target(PgBouncer pooler, string database) =>
        ConnectionTarget.Resolve(
            new ConnectionArguments
            {
                Host = pooler.Host,
                Port = pooler.Port.ToString(CultureInfo.InvariantCulture),
                User = Server.User,
                Database = database,
            },
            name => name == "PGPASSWORD" ? Server.Password : null);

    private static string Loaded()
    {
        string database = Server.CreateDatabase();
        Server.Execute(
            database,
            """
            CREATE TABLE a (id serial PRIMARY KEY, v text);
            INSERT INTO a (v) SELECT repeat('x', i % 50) FROM generate_series(1, 3000) i;
            CREATE TABLE b (id int PRIMARY KEY REFERENCES a);
            INSERT INTO b SELECT id FROM a;
            CREATE INDEX ON a (v);
            SELECT lo_from_bytea(0, 'large');
            """);
        return database;
    }
}
