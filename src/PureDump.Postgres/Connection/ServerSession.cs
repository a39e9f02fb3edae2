using System.Globalization;
using Npgsql;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Connection;

/// <summary>
/// One server that was found, checked and is stuck to: every further connection of a run, Npgsql's and Wire's, goes to it.
/// </summary>
internal sealed class ServerSession : IDisposable
{
    private readonly ConnectionTarget _target;
    private readonly ResolvedServer _server;
    private readonly NpgsqlDataSource _npgsql;
    private readonly CancellationToken _cancellation;

    private ServerSession(ConnectionTarget target, ResolvedServer server, ServerFeatures features, CancellationToken cancellation)
    {
        _target = target;
        _server = server;
        Features = features;
        _cancellation = cancellation;
        _npgsql = NpgsqlConnector.Create(target, server);
    }

    /// <summary>What the server can do.</summary>
    public ServerFeatures Features { get; }

    /// <summary>Connects, and makes sure that it is a server PureDump works with, not a pooler before one.</summary>
    /// <exception cref="PureDumpException">No server, no login, too old a server (<see cref="ErrorKind.UnsupportedServer"/>), or a pooler.</exception>
    public static ServerSession Open(ConnectionTarget target, CancellationToken cancellation)
    {
        StartedConnection started = WireStartup.Open(target, StartupParameters.None, cancellation);
        using var first = new WireConnection(started);
        first.AbortWhen(cancellation);
        PoolerCheck.Check(first);
        string? number = first.Query("SELECT pg_catalog.current_setting('server_version_num')")[0][0];
        var features = new ServerFeatures(int.Parse(number!, CultureInfo.InvariantCulture));
        return new ServerSession(target, first.Server, features, cancellation);
    }

    /// <summary>A connection for catalog queries and small statements, with an empty search_path.</summary>
    public NpgsqlConnection Connect()
    {
        _cancellation.ThrowIfCancellationRequested();
        try
        {
            // Not by a start-up option: patterns are looked up by the user's own path, which RESET must bring back.
            NpgsqlConnection connection = _npgsql.OpenConnection();
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = "SELECT pg_catalog.set_config('search_path', '', false)";
            command.ExecuteNonQuery();
            return connection;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw ServerErrors.Translate(e, $"connection to server {_server} failed");
        }
    }

    /// <summary>A connection for rows and verbatim statements. It is cut when the run is cancelled.</summary>
    public WireConnection OpenWire()
    {
        var connection = new WireConnection(WireStartup.OpenAgain(_target, _server, StartupParameters.None, _cancellation));
        connection.AbortWhen(_cancellation);
        return connection;
    }

    /// <inheritdoc/>
    public void Dispose() => _npgsql.Dispose();
}
