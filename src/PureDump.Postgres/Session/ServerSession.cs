using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Server;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Session;

/// <summary>
/// One server that was found, checked and is stuck to: every further connection of a run goes to it.
/// </summary>
internal sealed class ServerSession
{
    private readonly ConnectionTarget _target;
    private readonly ResolvedServer _server;
    private readonly StartupParameters _startup;
    private readonly CancellationToken _cancellation;

    private ServerSession(
        ConnectionTarget target,
        ResolvedServer server,
        ServerFeatures features,
        string encoding,
        CancellationToken cancellation)
    {
        _target = target;
        _server = server;
        Features = features;
        _cancellation = cancellation;
        _startup = new StartupParameters { ClientEncoding = encoding };
    }

    /// <summary>What the server can do.</summary>
    public ServerFeatures Features { get; }

    /// <summary>There is a pooler before it, which may have no more connections than were asked for.</summary>
    public bool IsPooled { get; private init; }

    /// <summary>The encoding of all text on its connections.</summary>
    public string Encoding => _startup.ClientEncoding!;

    /// <summary>Connects, and makes sure that it is a server PureDump works with, not a pooler before one.</summary>
    /// <param name="target">Where, and who.</param>
    /// <param name="encoding">The encoding of all text on its connections; null: that of the database.</param>
    /// <param name="cancellation">Cuts it.</param>
    /// <exception cref="PureDumpException">No server, no login, too old a server (<see cref="ErrorKind.UnsupportedServer"/>), or a pooler;
    /// an encoding that the server does not know (<see cref="ErrorKind.Usage"/>).</exception>
    public static ServerSession Open(ConnectionTarget target, string? encoding, CancellationToken cancellation)
    {
        StartedConnection started = HostSearch.Open(target, StartupParameters.None, cancellation);
        using var first = new WireConnection(started);
        first.AbortWhen(cancellation);

        // Before anything is set: where there is a pooler, somebody else gets the session next.
        bool isPooled = PoolerCheck.Check(first, () =>
        {
            var another = new WireConnection(ConnectAttempt.OpenAgain(target, first.Server, StartupParameters.None, cancellation));
            another.AbortWhen(cancellation);
            return another;
        });
        first.Execute(SessionSettings.Statements(InEncoding(StartupParameters.None.EncodingToSet(target), null)));
        var features = new ServerFeatures(Version(first));
        string database = first.Parameter("server_encoding") ?? "UTF8";
        return new ServerSession(target, first.Server, features, encoding is null ? database : Known(first, encoding), cancellation)
        {
            IsPooled = isPooled,
        };
    }

    /// <summary>A connection with the settings that every session of ours has. It is cut when the run is cancelled.</summary>
    /// <param name="settings">Statements that set what else the session rests on; null: none.</param>
    /// <param name="notice">Told of every notice, from the first statement on.</param>
    public WireConnection OpenWire(string? settings = null, Action<ServerMessage>? notice = null) =>
        OpenWire(_cancellation, settings, notice);

    /// <summary>As <see cref="OpenWire(string?, Action{ServerMessage}?)"/>, cut by something of its own.</summary>
    public WireConnection OpenWire(CancellationToken cancellation, string? settings = null, Action<ServerMessage>? notice = null)
    {
        var connection = new WireConnection(ConnectAttempt.OpenAgain(_target, _server, _startup, cancellation)) { Notice = notice };
        connection.AbortWhen(cancellation);
        try
        {
            settings = InEncoding(_startup.EncodingToSet(_target), settings);
            string sql = SessionSettings.Statements(settings);
            try
            {
                connection.Execute(sql);
            }
            catch (PureDumpException e)
            {
                // The pins are of no interest to who reads the message, where it counts no characters of them.
                throw e.Of(e.Report is { Position: 0 } ? settings ?? sql : sql);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string? InEncoding(string? encoding, string? settings) =>
        encoding is null ? settings : $"SET client_encoding = {SqlText.LiteralAnywhere(encoding)}; {settings}";

    private static int Version(WireConnection connection)
    {
        long number = connection.QueryNumber("SELECT pg_catalog.current_setting('server_version_num')");
        return number is >= PoolerCheck.VersionMin * 10_000 and <= int.MaxValue
            ? (int)number
            : throw new PureDumpException(
                ErrorKind.Protocol,
                $"the server says it is of version \"{connection.Parameter("server_version")}\" and of the number {number}");
    }

    // The server's own spelling of it.
    private static string Known(WireConnection connection, string encoding)
    {
        string sql =
            $"SELECT pg_catalog.pg_encoding_to_char(e) FROM pg_catalog.pg_char_to_encoding({SqlText.Literal(encoding)}) AS e WHERE e >= 0";
        return connection.Query(sql, 1) is [[{ } name]]
            ? name
            : throw new PureDumpException(ErrorKind.Usage, $"invalid client encoding \"{encoding}\" specified");
    }
}
