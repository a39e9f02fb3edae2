using System.Collections.Concurrent;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Cluster;

/// <summary>The servers that all tests of clusters share, and no others: what belongs to a whole cluster would disturb those.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterServers : ICollectionFixture<ClusterServers>, IDisposable
{
    public const string Name = "cluster";

    /// <summary>The release whose output is the model, whatever the server is.</summary>
    public const int OracleMajor = 18;

    private static readonly string[] s_filled =
    [
        "plain_utf8",
        "latin",
        "ascii",
        "template1",
        "in_space",
        "dbname='größe db'",
        @"dbname='Odd ""Db\' = \\ name'",
    ];

    private readonly OwnServers _servers = new();
    private readonly ConcurrentDictionary<int, Lazy<PostgresServer>> _loaded = new();

    /// <summary>The server of that major, with a hostile cluster on it. Where it cannot be made, each test that asks hears why.</summary>
    public PostgresServer Get(int major) => _loaded.GetOrAdd(major, key => new Lazy<PostgresServer>(() =>
    {
        PostgresServer server = _servers.Get(key);
        Load(server);
        return server;
    })).Value;

    public void Dispose() => _servers.Dispose();

    /// <summary>Makes the cluster.</summary>
    /// <param name="server">An empty server.</param>
    /// <param name="withOptions">With the options and grantors of memberships, where the server has them.</param>
    public static void Load(PostgresServer server, bool withOptions = true)
    {
        Run(server, "postgres", "cluster.sql");
        if (server.Major <= 18)
        {
            Run(server, "postgres", "cluster-until-18.sql");
        }

        if (server.Major >= 15)
        {
            Run(server, "postgres", "cluster-15.sql");
        }

        if (server.Major >= 16 && withOptions)
        {
            Run(server, "postgres", "cluster-16.sql");
        }

        Run(server, "postgres", "tablespaces.sql", "-v", $"place={server.SocketDirectory}/spaces");
        foreach (string database in s_filled)
        {
            Run(server, database, "content.sql");
        }
    }

    /// <summary>What pg_dumpall 18 writes, a character a byte.</summary>
    public static string Oracle(PostgresServer server, params string[] words)
    {
        using var file = new TemporaryFile("oracle.sql");
        PgDumpOracle.ModelFor(server).Run("pg_dumpall", server, ["--restrict-key=K", "-f", file.Path, .. words]).Succeeded();
        return System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file.Path));
    }

    private static void Run(PostgresServer server, string database, string script, params string[] words) =>
        PgDumpOracle
            .ModelFor(server)
            .Run(
                "psql",
                server,
                [
                    "-X",
                    "-q",
                    "-v",
                    "ON_ERROR_STOP=1",
                    "-d",
                    database,
                    .. words,
                    "-f",
                    Repository.PathOf("tests", "PureDump.ServerTests", "Cluster", script),
                ])
            .Succeeded();
}
