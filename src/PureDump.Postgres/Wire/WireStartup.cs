using System.Net;
using System.Net.Sockets;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>
/// Opens connections: finds the first of a target's hosts that answers and suits, agrees on TLS, logs in and waits until
/// the server is ready. Blocking all the way; each attempt ends at the target's connect time-out or when it is cancelled.
/// </summary>
internal static class WireStartup
{
    private const string LoginPhase = "the login";
    private const string StartPhase = "the start of the session";

    // "invalid authorization specification": no line of pg_hba.conf fits, and another may with or without TLS. A wrong
    // password (28P01) stays wrong, so it is never sent a second time with less protection.
    private const string NotAuthorized = "28000";

    // For a cancel request, which is made while somebody waits for the program to stop: it is to be gone within two seconds.
    private static readonly TimeSpan s_cancelTimeout = TimeSpan.FromSeconds(1);

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
        List<PureDumpException> failures = [];
        TargetHost[] hosts = [.. target.Hosts];
        if (target.LoadBalanceHosts)
        {
            Random.Shared.Shuffle(hosts);
        }

        if (target.TargetSessionAttributes == TargetSessionAttributes.PreferStandby)
        {
            return OpenFirst(target, hosts, TargetSessionAttributes.Standby, parameters, failures, cancellation) ??
                   OpenFirst(target, hosts, TargetSessionAttributes.Any, parameters, failures = [], cancellation) ??
                   throw Combine(failures);
        }

        return OpenFirst(target, hosts, target.TargetSessionAttributes, parameters, failures, cancellation) ?? throw Combine(failures);
    }

    /// <summary>Opens another connection to the very server a first one found.</summary>
    /// <param name="target">Who, and with which options; its hosts are not looked at.</param>
    /// <param name="server">The server of the first connection.</param>
    /// <param name="parameters">What to ask of the session.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="PureDumpException">As for <see cref="Open"/>.</exception>
    public static StartedConnection OpenAgain(
        ConnectionTarget target,
        ResolvedServer server,
        StartupParameters parameters,
        CancellationToken cancellation)
    {
        try
        {
            return Start(target, server.Host, server.EndPoint, UseOf(server), parameters, cancellation);
        }
        catch (PureDumpException error)
        {
            throw Located(error, server);
        }
    }

    /// <summary>
    /// Connects to the server of another connection as far as TLS goes and says nothing yet: what a cancel request needs.
    /// </summary>
    /// <exception cref="PureDumpException">As for <see cref="Open"/>, without a login.</exception>
    public static ServerSocket OpenBare(ConnectionTarget target, ResolvedServer server, CancellationToken cancellation)
    {
        using var watchdog = new ConnectWatchdog(target.ConnectTimeout, cancellation);
        try
        {
            ServerSocket socket = Guarded(
                watchdog,
                () => ServerSocket.Connect(target, server.Host, server.EndPoint, UseOf(server), watchdog));
            return watchdog.Release() ? socket : throw watchdog.Error();
        }
        catch (PureDumpException error)
        {
            throw Located(error, server);
        }
    }

    /// <summary>
    /// Asks a server, over a connection of its own, to cancel what another connection is doing. Waits until the request has
    /// been taken, for a second at most; whether it came in time nobody says. A server that is gone is no error.
    /// </summary>
    public static void Cancel(StartedConnection connection)
    {
        if (connection.BackendSecret.Length == 0)
        {
            return;
        }

        try
        {
            using var patience = new CancellationTokenSource(s_cancelTimeout);
            using ServerSocket socket = OpenBare(connection.Target, connection.Server, patience.Token);
            using (patience.Token.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket.Socket))
            {
                socket.Stream.Write(StartupMessages.CancelRequest(connection.BackendPid, connection.BackendSecret));

                // The server closes once it has passed the request on.
                Span<byte> nothing = stackalloc byte[1];
                _ = socket.Stream.Read(nothing);
            }
        }
        catch (Exception error) when (error is PureDumpException or IOException)
        {
            // There is nothing left to cancel on a server that cannot be reached.
        }
    }

    private static TlsUse UseOf(ResolvedServer server) => server.IsTls ? TlsUse.Always : TlsUse.Never;

    private static StartedConnection? OpenFirst(
        ConnectionTarget target,
        TargetHost[] hosts,
        TargetSessionAttributes attributes,
        StartupParameters parameters,
        List<PureDumpException> failures,
        CancellationToken cancellation)
    {
        foreach (TargetHost host in hosts)
        {
            foreach (EndPoint endPoint in EndPoints(target, host, failures, cancellation))
            {
                var server = new ResolvedServer(host, endPoint, IsTls: false);
                StartedConnection? connection = null;
                try
                {
                    connection = OpenAt(target, host, endPoint, parameters, cancellation);
                    if (SessionMismatch(connection, attributes) is not { } mismatch)
                    {
                        return connection;
                    }

                    connection.Dispose();
                    failures.Add(Located(new PureDumpException(ErrorKind.Connection, mismatch), server));

                    // The other addresses of a name are taken for the same server.
                    break;
                }
                catch (PureDumpException error)
                {
                    connection?.Dispose();
                    PureDumpException located = Located(error, server);
                    if (error.Kind != ErrorKind.Connection || error.SqlState?.StartsWith(ServerMessage.InsufficientResources, StringComparison.Ordinal) == true)
                    {
                        // As libpq: a server that answers and refuses is an answer, and the next host is not asked. One that starts up or
                        // shuts down has not answered (fe-connect.c, ERRCODE_CANNOT_CONNECT_NOW).
                        throw located;
                    }

                    failures.Add(located);
                }
            }
        }

        return null;
    }

    internal static List<EndPoint> EndPoints(ConnectionTarget target, TargetHost host, List<PureDumpException> failures, CancellationToken cancellation)
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

    private static StartedConnection OpenAt(
        ConnectionTarget target,
        TargetHost host,
        EndPoint endPoint,
        StartupParameters parameters,
        CancellationToken cancellation)
    {
        // As libpq: a socket file is as private as TLS, so sslmode does not apply to it.
        SslMode mode = endPoint is IPEndPoint ? target.SslMode : SslMode.Disable;
        switch (mode)
        {
            case SslMode.Disable:
                return Start(target, host, endPoint, TlsUse.Never, parameters, cancellation);
            case SslMode.Allow:
                return StartWithFallback(TlsUse.Never, TlsUse.Always, error => error.SqlState == NotAuthorized);
            case SslMode.Prefer:
                return StartWithFallback(
                    TlsUse.IfOffered,
                    TlsUse.Never,
                    error => error.Kind == ErrorKind.Tls || error.SqlState == NotAuthorized);
            default:
                return Start(target, host, endPoint, TlsUse.Always, parameters, cancellation);
        }

        StartedConnection StartWithFallback(TlsUse first, TlsUse second, Func<PureDumpException, bool> isWorthAnother)
        {
            try
            {
                return Start(target, host, endPoint, first, parameters, cancellation);
            }
            catch (PureDumpException error) when (isWorthAnother(error))
            {
                try
                {
                    return Start(target, host, endPoint, second, parameters, cancellation);
                }
                catch (PureDumpException other) when (other.Message != error.Message && other.Kind != ErrorKind.Cancelled)
                {
                    string with = second == TlsUse.Never ? "without TLS" : "with TLS";
                    throw new PureDumpException(other.Kind, $"{error.Message}; then {with}: {other.Message}", other.Hint ?? error.Hint, other)
                    {
                        SqlState = other.SqlState,
                    };
                }
            }
        }
    }

    private static StartedConnection Start(
        ConnectionTarget target,
        TargetHost host,
        EndPoint endPoint,
        TlsUse tls,
        StartupParameters parameters,
        CancellationToken cancellation)
    {
        if (TryStart(target, host, endPoint, tls, parameters, target.KnownPassword(host), cancellation) is { } connection)
        {
            return connection;
        }

        // Nobody types as fast as a server's login time-out, so the question is put between two connections.
        string? password = target.AskPassword(host) ?? "";
        return TryStart(target, host, endPoint, tls, parameters, password, cancellation)
            ?? throw new InvalidOperationException("a known password was asked for");
    }

    /// <summary>One connection, from the socket to the server's readiness; null where the user must be asked for a password first.</summary>
    private static StartedConnection? TryStart(
        ConnectionTarget target,
        TargetHost host,
        EndPoint endPoint,
        TlsUse tls,
        StartupParameters parameters,
        string? password,
        CancellationToken cancellation)
    {
        using var watchdog = new ConnectWatchdog(target.ConnectTimeout, cancellation);
        ServerSocket? socket = null;
        bool isGivenAway = false;
        try
        {
            StartedConnection? connection = Guarded(watchdog, () =>
            {
                socket = ServerSocket.Connect(target, host, endPoint, tls, watchdog);
                var started = new StartedConnection(target, socket, new ResolvedServer(host, endPoint, socket.IsTls));
                socket.Stream.Write(StartupMessages.Startup(SessionParameters(target, parameters)));
                var reader = new StartupReader(socket.Stream);
                var login = new LoginExchange(target, password, socket.IsTls, socket.ChannelBinding);
                if (!LogIn(target, login, password, reader, started))
                {
                    return null;
                }

                AwaitReady(reader, started);
                started.UsedPassword = login.UsesPassword;
                return started;
            });
            if (!watchdog.Release())
            {
                throw watchdog.Error();
            }

            isGivenAway = connection is not null;
            return connection;
        }
        finally
        {
            if (!isGivenAway)
            {
                socket?.Dispose();
            }
        }
    }

    internal static List<KeyValuePair<string, string>> SessionParameters(ConnectionTarget target, StartupParameters parameters)
    {
        var session = new List<KeyValuePair<string, string>>
        {
            new("user", target.User),
            new("database", target.Database),
            new("application_name", parameters.ApplicationName ?? target.ApplicationName),
        };
        if (parameters.ClientEncoding is { } encoding)
        {
            session.Add(new("client_encoding", encoding));
        }

        if (target.Options is { } options)
        {
            session.Add(new("options", options));
        }

        if (parameters.Replication is { } replication)
        {
            session.Add(new("replication", replication));
        }

        session.AddRange(parameters.Settings);
        return session;
    }

    private static bool LogIn(
        ConnectionTarget target,
        LoginExchange login,
        string? password,
        StartupReader reader,
        StartedConnection connection)
    {
        while (!login.IsDone)
        {
            (byte type, byte[] body) = reader.Read(LoginPhase, "REN"u8);
            switch (type)
            {
                case (byte)'E':
                    throw Refused(ServerMessage.Parse(body));
                case (byte)'N':
                    connection.AddNotice(ServerMessage.Parse(body));
                    break;
                default:
                    AuthenticationRequest request = AuthenticationRequest.Parse(body);
                    if (request.WantsPassword && password is null && target.PromptedPassword is not null)
                    {
                        return false;
                    }

                    if (login.Answer(request) is { } answer)
                    {
                        connection.Stream.Write(answer);
                    }

                    break;
            }
        }

        return true;
    }

    private static void AwaitReady(StartupReader reader, StartedConnection connection)
    {
        while (true)
        {
            (byte type, byte[] body) = reader.Read(StartPhase, "SKZEN"u8);
            switch (type)
            {
                case (byte)'S':
                    (string name, string value) = StartupMessages.ParameterStatus(body);
                    connection.SetParameter(name, value);
                    break;
                case (byte)'K':
                    (connection.BackendPid, connection.BackendSecret) = StartupMessages.BackendKey(body);
                    break;
                case (byte)'E':
                    throw Refused(ServerMessage.Parse(body));
                case (byte)'N':
                    connection.AddNotice(ServerMessage.Parse(body));
                    break;
                default:
                    return;
            }
        }
    }

    private static PureDumpException Refused(ServerMessage message)
    {
        PureDumpException error = message.ToRefusal();
        return message.Message.Contains("unsupported startup parameter", StringComparison.Ordinal)
            ? new PureDumpException(ErrorKind.UnsupportedServer, error.Message, PoolerCheck.Hint, error) { SqlState = error.SqlState }
            : error;
    }

    private static string? SessionMismatch(StartedConnection connection, TargetSessionAttributes attributes)
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
            : StartupQuery.Value(connection, "SELECT pg_catalog.pg_is_in_recovery()") == "t";

        bool IsReadOnly() => connection.Parameters.TryGetValue("default_transaction_read_only", out string? reported)
            ? reported == "on" || IsStandby()
            : StartupQuery.Value(connection, "SHOW transaction_read_only") == "on";
    }

    // Whatever a broken or disposed socket throws becomes the error it stands for.
    internal static T Guarded<T>(ConnectWatchdog watchdog, Func<T> attempt)
    {
        try
        {
            return attempt();
        }
        catch (Exception error) when (watchdog.IsFired)
        {
            PureDumpException ended = watchdog.Error();
            throw new PureDumpException(ended.Kind, ended.Message, ended.Hint, error);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            throw new PureDumpException(ErrorKind.Connection, $"the connection broke: {error.Message}", inner: error);
        }
    }

    private static PureDumpException Located(PureDumpException error, ResolvedServer server)
    {
        if (error.Kind is ErrorKind.Cancelled or ErrorKind.ConnectionOptions)
        {
            return error;
        }

        string where = $"connection to server {server} failed";
        string? clientText = error.ClientText ?? (error.Report is { } report ? TextOf(report) : null);
        return new PureDumpException(error.Kind, $"{where}: {error.Message}", error.Hint, error)
        {
            SqlState = error.SqlState,
            ClientText = clientText is null ? null : $"{where}: {clientText}",
        };
    }

    // As libpq prints what the server refused it with (fe-protocol3.c, pqBuildErrorMessage3).
    private static string TextOf(ServerReport report)
    {
        string detail = string.IsNullOrEmpty(report.Detail) ? "" : $"\nDETAIL:  {report.Detail}";
        string hint = string.IsNullOrEmpty(report.Hint) ? "" : $"\nHINT:  {report.Hint}";
        return $"{report.Severity}:  {report.Message}{detail}{hint}";
    }

    private static PureDumpException Combine(List<PureDumpException> failures) => failures.Count == 1
        ? failures[0]
        : new PureDumpException(
            ErrorKind.Connection,
            failures.Count == 0 ? "no host to connect to" : string.Join("; ", failures.Select(failure => failure.Message)),
            failures.Select(failure => failure.Hint).FirstOrDefault(hint => hint is not null))
        {
            SqlState = failures.Select(failure => failure.SqlState).LastOrDefault(state => state is not null),
            ClientText = failures.TrueForAll(static failure => failure.ClientText is null) ? null : string.Join('\n', failures.Select(failure => failure.ClientText ?? failure.Message)),
        };
}
