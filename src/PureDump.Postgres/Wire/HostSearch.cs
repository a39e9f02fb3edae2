using System.Net;
using System.Net.Sockets;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>
/// Finds the first of a target's hosts that answers and suits (<c>target_session_attrs</c>), and opens the first connection of a run
/// to it. Each attempt ends at the target's connect time-out or when it is cancelled.
/// </summary>
internal sealed class HostSearch
{
    private readonly ConnectionTarget _target;
    private readonly StartupParameters _parameters;
    private readonly CancellationToken _cancellation;
    private readonly TargetHost[] _hosts;

    // Why the hosts that were asked will not do.
    private readonly List<PureDumpException> _failures = [];

    private HostSearch(ConnectionTarget target, StartupParameters parameters, CancellationToken cancellation)
    {
        _target = target;
        _parameters = parameters;
        _cancellation = cancellation;
        _hosts = [.. target.Hosts];
        if (target.LoadBalanceHosts)
        {
            Random.Shared.Shuffle(_hosts);
        }
    }

    /// <summary>Opens the first connection of a run.</summary>
    /// <param name="target">Where to and who.</param>
    /// <param name="parameters">What to ask of the session.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="PureDumpException">
    /// Of kind Connection, Authentication, Tls, Protocol, ConnectionOptions or Cancelled, or what the server said
    /// (NotFound for a database); names the host and port.
    /// </exception>
    public static StartedConnection Open(ConnectionTarget target, StartupParameters parameters, CancellationToken cancellation)
    {
        var search = new HostSearch(target, parameters, cancellation);
        if (target.TargetSessionAttributes != TargetSessionAttributes.PreferStandby)
        {
            return search.Find(target.TargetSessionAttributes) ?? throw ConnectError.Combined(search._failures);
        }

        if (search.Find(TargetSessionAttributes.Standby) is { } standby)
        {
            return standby;
        }

        search._failures.Clear();
        return search.Find(TargetSessionAttributes.Any) ?? throw ConnectError.Combined(search._failures);
    }

    /// <summary>The addresses of a host, in the order in which they are to be tried.</summary>
    /// <param name="target">Whether the order is of chance.</param>
    /// <param name="host">The host.</param>
    /// <param name="failures">Gets the reason where its name has no address.</param>
    /// <param name="cancellation">Ends the waiting for a name server.</param>
    /// <exception cref="PureDumpException">It is none (<see cref="ErrorKind.ConnectionOptions"/>), or
    /// <see cref="ErrorKind.Cancelled"/>.</exception>
    public static List<EndPoint> EndPoints(
        ConnectionTarget target,
        TargetHost host,
        List<PureDumpException> failures,
        CancellationToken cancellation)
    {
        if (host.IsUnixSocket)
        {
            string path = host.SocketPath;
            if (!TypedText.IsUtf8(path))
            {
                throw new PureDumpException(ErrorKind.ConnectionOptions, $"the name of socket \"{TypedText.Shown(path)}\" is not UTF-8");
            }

            try
            {
                return [new UnixDomainSocketEndPoint(path.StartsWith('@') ? "\0" + path[1..] : path)];
            }
            catch (Exception error) when (error is ArgumentException or PlatformNotSupportedException)
            {
                throw new PureDumpException(
                    ErrorKind.ConnectionOptions,
                    $"socket \"{path}\" cannot be used: its path is too long, or this system has no such sockets",
                    inner: error);
            }
        }

        if (host.Address is { } literal)
        {
            return IPAddress.TryParse(literal, out IPAddress? address)
                ? [new IPEndPoint(address, host.Port)]
                : throw new PureDumpException(ErrorKind.ConnectionOptions, $"hostaddr \"{literal}\" is not an IP address");
        }

        IPAddress[] addresses = Addresses(host.Name!, cancellation, out string? failure);
        if (failure is not null)
        {
            failures.Add(new PureDumpException(
                ErrorKind.Connection,
                $"host name \"{host.Name}\" could not be translated to an address: {failure}"));
        }

        if (target.LoadBalanceHosts)
        {
            Random.Shared.Shuffle(addresses);
        }

        return [.. addresses.Select(address => new IPEndPoint(address, host.Port))];
    }

    private static IPAddress[] Addresses(string name, CancellationToken cancellation, out string? failure)
    {
        failure = null;
        if (IPAddress.TryParse(name, out IPAddress? literal))
        {
            return [literal];
        }

        try
        {
            // The resolver itself cannot be stopped, and is left behind.
            return Dns.GetHostAddressesAsync(name, CancellationToken.None).WaitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e)
        {
            throw new PureDumpException(ErrorKind.Cancelled, "cancelled while connecting", null, e);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            // A container made from nothing has no hosts file, and this name means the same everywhere (RFC 6761).
            if (string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase))
            {
                return [IPAddress.Loopback, IPAddress.IPv6Loopback];
            }

            failure = error is SocketException ? error.Message : "it is not a host name";
            return [];
        }
    }

    private StartedConnection? Find(TargetSessionAttributes attributes)
    {
        foreach (TargetHost host in _hosts)
        {
            foreach (EndPoint endPoint in EndPoints(_target, host, _failures, _cancellation))
            {
                var server = new ResolvedServer(host, endPoint, IsTls: false);
                try
                {
                    StartedConnection connection = new ConnectAttempt(_target, host, endPoint, _parameters, _cancellation).Open();
                    if (Mismatch(connection, attributes) is not { } mismatch)
                    {
                        return connection;
                    }

                    _failures.Add(ConnectError.Located(new PureDumpException(ErrorKind.Connection, mismatch), server));

                    // The other addresses of a name are taken for the same server.
                    break;
                }
                catch (PureDumpException error)
                {
                    PureDumpException located = ConnectError.Located(error, server);
                    if (error.Kind != ErrorKind.Connection
                        || error.SqlState?.StartsWith(ServerMessage.InsufficientResources, StringComparison.Ordinal) == true)
                    {
                        // As libpq: a server that answers and refuses is an answer, and the next host is not asked. One that starts up or
                        // shuts down has not answered (fe-connect.c, ERRCODE_CANNOT_CONNECT_NOW).
                        throw located;
                    }

                    _failures.Add(located);
                }
            }
        }

        return null;
    }

    // Why the server will not do, or null. Then, and where it cannot be told, its connection is closed.
    private string? Mismatch(StartedConnection connection, TargetSessionAttributes attributes)
    {
        string? mismatch;
        try
        {
            mismatch = SessionMismatch(connection, attributes);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        if (mismatch is not null)
        {
            connection.Dispose();
        }

        return mismatch;
    }

    private string? SessionMismatch(StartedConnection connection, TargetSessionAttributes attributes)
    {
        switch (attributes)
        {
            case TargetSessionAttributes.ReadWrite:
                return IsReadOnly() ? "the session is read-only, and target_session_attrs asks for read-write" : null;
            case TargetSessionAttributes.ReadOnly:
                return IsReadOnly() ? null : "the session is not read-only, as target_session_attrs asks";
            case TargetSessionAttributes.Primary:
                return IsStandby() ? "the server is a standby, and target_session_attrs asks for a primary" : null;
            case TargetSessionAttributes.Standby:
                return IsStandby() ? null : "the server is not a standby, as target_session_attrs asks";
            default:
                return null;
        }

        // Servers from 14 on report both by themselves.
        bool IsStandby() => connection.Parameters.TryGetValue("in_hot_standby", out string? reported)
            ? reported == "on"
            : Answer(connection, "SELECT pg_catalog.pg_is_in_recovery()") == "t";

        bool IsReadOnly() => connection.Parameters.TryGetValue("default_transaction_read_only", out string? reported)
            ? reported == "on" || IsStandby()
            : Answer(connection, "SHOW transaction_read_only") == "on";
    }

    // A server that has let the client in may fall silent all the same: a question has the time of a login.
    private string? Answer(StartedConnection connection, string sql)
    {
        using var watchdog = new ConnectWatchdog(_target.ConnectTimeout, _cancellation);
        watchdog.Watch(connection.Socket);
        string? value = ConnectError.Guarded(watchdog, () => StartupQuery.Value(connection, sql));
        return watchdog.Release() ? value : throw watchdog.Error();
    }
}
