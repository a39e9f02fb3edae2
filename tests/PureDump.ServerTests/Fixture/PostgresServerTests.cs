using Npgsql;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Fixture;

/// <summary>The servers other tests stand on are what they are taken for.</summary>
public sealed class PostgresServerTests
{
    [Theory, EveryMajor]
    public void A_server_is_of_the_version_asked_for(int major)
    {
        var server = ServerPool.Get(major);

        Assert.Equal($"{major}", server.Scalar("postgres", "SELECT current_setting('server_version_num')::int / 10000"));
    }

    [Theory, EveryMajor]
    public void The_samples_load_whole_and_twice_alike(int major)
    {
        var server = ServerPool.Get(major);
        var (first, second, other) = (server.CreateDatabase(), server.CreateDatabase(), server.CreateDatabase());

        Samples.LoadPagila(server, first);
        Samples.LoadPagila(server, second);
        Samples.LoadChinook(server, other);

        var pagila = TableHashes.Of(server, first);
        Assert.Empty(pagila.Differences(TableHashes.Of(server, second)));
        Assert.StartsWith("16044 rows, ", pagila.ByObject["table public.rental"], StringComparison.Ordinal);
        Assert.StartsWith("3503 rows, ", TableHashes.Of(server, other).ByObject["table public.track"], StringComparison.Ordinal);
    }

    [Theory, EveryMajor]
    public void A_changed_row_a_moved_sequence_and_a_lost_large_object_are_differences(int major)
    {
        var server = ServerPool.Get(major);
        var (left, right) = (server.CreateDatabase(), server.CreateDatabase());
        const string script = "CREATE TABLE t (t int, b text); CREATE SEQUENCE q; INSERT INTO t VALUES (1, 'a'), (1, 'a'), (2, NULL);";
        server.Execute(left, script + "SELECT lo_from_bytea(4711, 'x');");
        server.Execute(right, script + "UPDATE t SET b = '' WHERE t = 2; SELECT nextval('q');");

        var differences = TableHashes.Of(server, left).Differences(TableHashes.Of(server, right));

        Assert.Equal(["large object 4711", "sequence public.q", "table public.t"], differences.Select(line => line.Split(':')[0]));
    }

    [Theory, EveryMajor]
    public void A_killed_server_restarts_with_what_was_committed(int major)
    {
        using var server = Requirement.OwnServer(major);
        server.Execute("postgres", "CREATE TABLE kept AS SELECT 1 AS a");
        using var connection = server.Connect();

        server.Kill();

        Assert.Throws<NpgsqlException>(() => server.Scalar("postgres", "SELECT 1"));
        server.Restart();
        Assert.Equal("1", server.Scalar("postgres", "SELECT a FROM kept"));
    }

    [Theory, EveryMajor]
    public void A_disposed_server_leaves_no_directory(int major)
    {
        var server = Requirement.OwnServer(major);
        var directory = server.SocketDirectory;

        server.Dispose();

        Assert.False(Directory.Exists(directory));
    }

    [Theory, EveryMajor]
    public void Settings_tls_and_login_rules_hold(int major)
    {
        using var authority = TestAuthority.Create();
        using var server = Requirement.OwnServer(
            major,
            new ServerOptions
            {
                Settings = new Dictionary<string, string>
                {
                    ["wal_level"] = "minimal",
                    ["max_wal_senders"] = "0",
                    ["password_encryption"] = "scram-sha-256",
                },
                HbaLines = ["hostssl all all 127.0.0.1/32 scram-sha-256"],
                Tls = authority.ForServer("localhost", "127.0.0.1"),
            }
        );
        server.Execute("postgres", "CREATE ROLE alice LOGIN PASSWORD 'secret'");
        var root = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(root, authority.CertificatePem);
        try
        {
            var secure =
                $"Host=127.0.0.1;Port={server.Port};Username=alice;Password=secret;Database=postgres;Pooling=false;SSL "
                    + $"Mode=VerifyFull;Root Certificate={root}";
            using var connection = new NpgsqlConnection(secure);
            connection.Open();
            using var query = new NpgsqlCommand("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", connection);

            Assert.Equal(true, query.ExecuteScalar());
            Assert.Equal("minimal", server.Scalar("postgres", "SHOW wal_level"));
            using var plain = new NpgsqlConnection(secure.Replace("SSL Mode=VerifyFull", "SSL Mode=Disable", StringComparison.Ordinal));
            Assert.Throws<PostgresException>(plain.Open);
        }
        finally
        {
            File.Delete(root);
        }
    }

    [Theory, EveryMajor]
    public void The_oracle_dumps_a_server_of_the_version(int major)
    {
        var server = ServerPool.Get(major);
        var database = server.CreateDatabase();
        server.Execute(database, "CREATE TABLE seen (a int)");

        Assert.Contains("CREATE TABLE public.seen", PgDumpOracle.Dump(server, database, "--schema-only"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_in_a_container_takes_statements()
    {
        // Not asked for in CI either: containers are the last resort, and a server from elsewhere is no lack.
        PostgresServer server;
        try
        {
            server = PostgresServer.StartContainer(TestMajors.Newest);
        }
        catch (ServerUnavailableException e)
        {
            Assert.Skip(e.Message);
            return;
        }

        using (server)
        {
            Assert.Equal("1", server.Scalar("postgres", "SELECT 1::text"));
        }
    }
}
