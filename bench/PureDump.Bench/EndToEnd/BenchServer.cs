using System.Globalization;
using PureDump.Bench.EndToEnd.Data;
using PureDump.Postgres.Connection;
using PureDump.TestSupport;

namespace PureDump.Bench.EndToEnd;

/// <summary>A server that is there for the bench alone, and goes with it.</summary>
internal sealed class BenchServer(int major, string walLevel) : IDisposable
{
    private const string DropCachesFile = "/proc/sys/vm/drop_caches";

    private readonly PostgresServer _server = PostgresServer.Start(major, new ServerOptions { Settings = SettingsFor(walLevel) });

    /// <summary>Whether the operating system's cache can be dropped: root, and not in a container that forbids it.</summary>
    public static bool CanDropCaches
    {
        get
        {
            try
            {
                using FileStream file = File.Open(DropCachesFile, FileMode.Open, FileAccess.Write);
                return true;
            }
            catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
            {
                return false;
            }
        }
    }

    /// <summary>The settings that differ from the server's own defaults.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; } = SettingsFor(walLevel);

    /// <summary>What the server says of its version.</summary>
    public string Version => Scalar("postgres", "SHOW server_version");

    /// <summary>What a client needs in its environment, and must not have.</summary>
    public IReadOnlyDictionary<string, string?> ClientEnvironment => _server.ClientEnvironment;

    /// <summary>A database of it, in the words that PureDump, the programs and pgcopydb all take.</summary>
    public string Conninfo(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"host={_server.Host} port={_server.Port} user={_server.User} dbname={database}");

    /// <summary>A database of it, for a connection of the bench's own.</summary>
    public ConnectionTarget Target(string database) =>
        ConnectionTarget.Resolve(new ConnectionArguments { Database = Conninfo(database), ApplicationName = "puredump-bench" }, _ => null);

    /// <summary>Makes an empty database, in place of the one of that name.</summary>
    public void Recreate(string database)
    {
        _server.DropDatabase(database);
        _server.CreateDatabase(database);
    }

    /// <summary>Removes a database.</summary>
    public void Drop(string database) => _server.DropDatabase(database);

    /// <summary>Makes a data set in a new database of the same name.</summary>
    public void Load(Dataset dataset, double scale, ulong seed, Action<string> say, CancellationToken cancellation)
    {
        Recreate(dataset.Name);
        DataLoader.Load(Target(dataset.Name), dataset.Plan(scale, seed), say, cancellation);
    }

    /// <summary>The first value of a query that has one.</summary>
    public string Scalar(string database, string sql) =>
        _server.Scalar(database, sql) ?? throw new BenchException($"no value comes of `{sql}`");

    /// <summary>All rows of a query, as text.</summary>
    public IReadOnlyList<string?[]> Rows(string database, string sql) => _server.Rows(database, sql);

    /// <summary>Writes out what is dirty, so that a run does not do it.</summary>
    public void Checkpoint() => _server.Execute("postgres", "CHECKPOINT");

    /// <summary>Starts the server again with nothing in any cache.</summary>
    public void Cool()
    {
        _server.Stop();
        Command.Run("sync", []).Succeeded();
        File.WriteAllText(DropCachesFile, "3\n");
        _server.Restart();
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    private static Dictionary<string, string> SettingsFor(string walLevel) => new()
    {
        ["fsync"] = "off",
        ["shared_buffers"] = "512MB",
        ["max_wal_size"] = "16GB",
        ["checkpoint_timeout"] = "1h",
        ["wal_level"] = walLevel,
        ["max_wal_senders"] = walLevel == "minimal" ? "0" : "10",
        ["maintenance_work_mem"] = "256MB",
        ["autovacuum"] = "off",
        ["max_locks_per_transaction"] = "2000",
    };
}
