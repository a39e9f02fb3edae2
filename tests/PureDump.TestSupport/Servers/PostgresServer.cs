using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace PureDump.TestSupport;

/// <summary>
/// A real server for a test: one given by PG* variables, one started from an installation of this machine or from the
/// npm package, or a container. Disposing it leaves nothing behind; so does the end of the process, however it comes.
/// </summary>
public abstract class PostgresServer : IDisposable
{
    private static readonly ConcurrentDictionary<PostgresServer, bool> Open = new();

    private int databaseCount;
    private bool disposed;

    static PostgresServer() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var server in Open.Keys)
        {
            server.Dispose();
        }
    };

    private protected PostgresServer(int major)
    {
        Major = major;
        Open[this] = true;
    }

    /// <summary>The major version.</summary>
    public int Major { get; }

    /// <summary>The name of the superuser.</summary>
    public virtual string User => "postgres";

    /// <summary>What a client connects to: the directory of the socket where there is one, else a host name.</summary>
    public abstract string Host { get; }

    /// <summary>The port, of the socket and of TCP (127.0.0.1) alike.</summary>
    public abstract int Port { get; }

    /// <summary>The superuser's password; null where none is asked for.</summary>
    public virtual string? Password => null;

    /// <summary>Where it comes from, to be read after "PostgreSQL 15".</summary>
    public abstract string Origin { get; }

    /// <summary>
    /// What to change in the environment of a client program so that <c>-h -p -U -d</c> lead it to this server, and no
    /// stray PG* variable elsewhere: the password, and a null for each variable to remove.
    /// </summary>
    public virtual IReadOnlyDictionary<string, string?> ClientEnvironment
    {
        get
        {
            var changes = Environment.GetEnvironmentVariables().Keys.Cast<string>()
                .Where(name => name.StartsWith("PG", StringComparison.Ordinal))
                .ToDictionary(name => name, _ => (string?)null);
            changes["PGPASSWORD"] = Password;
            return changes;
        }
    }

    /// <summary>The directory of the unix socket.</summary>
    /// <exception cref="ServerUnavailableException">This server has none (a container, a given server over TCP).</exception>
    public string SocketDirectory =>
        Host.StartsWith('/') ? Host : throw new ServerUnavailableException($"the server at {Host}:{Port} has no unix socket here");

    /// <summary>For Npgsql: the superuser in database <c>postgres</c>, not pooled.</summary>
    public string ConnectionString => ConnectionStringOf("postgres");

    /// <summary>
    /// Starts a server of <paramref name="major"/>. With no options a server given by PG* variables is taken if its
    /// version fits; with options (any) the server is this test's own and may be killed.
    /// </summary>
    /// <exception cref="ServerUnavailableException">There is no such server on this machine; says what was tried.</exception>
    public static PostgresServer Start(int major, ServerOptions? options = null)
    {
        if (options is null && GivenServer.Find() is { } given && given.Major == major)
        {
            return given;
        }

        options ??= ServerOptions.Default;
        ServerInstallation installation;
        try
        {
            installation = ServerInstallation.Find(major);
        }
        catch (ServerUnavailableException notInstalled)
        {
            return ContainerServer.EngineAnswers()
                ? ContainerServer.Launch(major, options)
                : throw new ServerUnavailableException($"{notInstalled.Message}; no Docker engine answers either", notInstalled);
        }

        return LocalServer.Launch(installation, options);
    }

    /// <summary>
    /// Starts a server of whatever version is nearest at hand: the one given by PG* variables, the newest one installed,
    /// else PostgreSQL <see cref="TestMajors.Newest"/> from wherever <see cref="Start"/> finds it.
    /// </summary>
    /// <exception cref="ServerUnavailableException">There is none on this machine; says what was tried.</exception>
    public static PostgresServer StartAny() =>
        GivenServer.Find() as PostgresServer
        ?? (ServerInstallation.Newest() is { } installed ? LocalServer.Launch(installed, ServerOptions.Default) : Start(TestMajors.Newest));

    /// <summary>A server in a container, for machines where a Docker engine answers.</summary>
    /// <exception cref="ServerUnavailableException">None answers.</exception>
    public static PostgresServer StartContainer(int major) =>
        ContainerServer.EngineAnswers()
            ? ContainerServer.Launch(major, ServerOptions.Default)
            : throw new ServerUnavailableException("no Docker engine answers");

    /// <summary>For Npgsql: the superuser in <paramref name="database"/>, not pooled.</summary>
    public string ConnectionStringOf(string database)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Password = Password,
            Database = database,
            Pooling = false,
            CommandTimeout = 0,
            IncludeErrorDetail = true,
        };
        Complete(builder);
        return builder.ConnectionString;
    }

    /// <summary>An open connection of the superuser to <paramref name="database"/>.</summary>
    public NpgsqlConnection Connect(string database = "postgres")
    {
        var connection = new NpgsqlConnection(ConnectionStringOf(database));
        connection.Open();
        return connection;
    }

    /// <summary>Creates <paramref name="name"/> (any identifier; quoted here), which must not exist yet, and returns it.</summary>
    public virtual string CreateDatabase(string name)
    {
        // Not from template1: a test that dumps a whole cluster is connected to it, and the server copies nothing that is in use.
        Execute("postgres", $"CREATE DATABASE {Quote(name)} TEMPLATE template0");
        return name;
    }

    /// <summary>Creates a database of a name no other test of this run has, and returns the name.</summary>
    public string CreateDatabase() =>
        CreateDatabase($"test_{Environment.ProcessId}_{Interlocked.Increment(ref databaseCount)}");

    /// <summary>Drops <paramref name="name"/> with everybody connected to it, if it exists.</summary>
    public void DropDatabase(string name) => Execute("postgres", $"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)");

    /// <summary>Runs <paramref name="sql"/> (one or more statements, one implicit transaction) as the superuser.</summary>
    public void Execute(string database, string sql)
    {
        using var connection = Connect(database);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, as text the way the server writes it; null for NULL or no row.</summary>
    public string? Scalar(string database, string sql) => Rows(database, sql) is [[var value, ..], ..] ? value : null;

    /// <summary>Every row of a query, each value as text the way the server writes it.</summary>
    public IReadOnlyList<string?[]> Rows(string database, string sql)
    {
        using var connection = Connect(database);
        using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            var row = new string?[reader.FieldCount];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = reader.IsDBNull(column) ? null : reader.GetString(column);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Replays a psql script (<c>.sql</c> or <c>.sql.gz</c>) into <paramref name="database"/>; see <see
    /// cref="ScriptReplay"/>.</summary>
    public void LoadScript(string database, string path)
    {
        using var connection = Connect(database);
        ScriptReplay.Run(connection, path);
    }

    /// <summary>Kills every process of the server with SIGKILL, as a power cut would; <see cref="Restart"/> recovers it.</summary>
    public virtual void Kill() => throw new InvalidOperationException($"the server at {Host}:{Port} is not this test's to kill");

    /// <summary>Shuts the server down in order (fast mode). Its data stays until it is disposed.</summary>
    public virtual void Stop() => throw new InvalidOperationException($"the server at {Host}:{Port} is not this test's to stop");

    /// <summary>Starts it again after <see cref="Kill"/> or <see cref="Stop"/>, on the same port and data.</summary>
    public virtual void Restart() => throw new InvalidOperationException($"the server at {Host}:{Port} is not this test's to restart");

    /// <summary>What the server has written to its log so far.</summary>
    public virtual string Log => "";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            Open.TryRemove(this, out _);
            Close();
            GC.SuppressFinalize(this);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {Major} at {Host}:{Port}");

    /// <summary>An identifier in double quotes.</summary>
    private protected static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private protected virtual void Complete(NpgsqlConnectionStringBuilder builder)
    {
    }

    private protected abstract void Close();
}
