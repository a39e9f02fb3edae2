using System.Net;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>
/// An attempt at a connection to one address: agrees on TLS as sslmode says, logs in and waits until the server is ready. Blocking all
/// the way; each socket of it ends at the target's connect time-out or when it is cancelled.
/// </summary>
/// <param name="target">Who, and with which options.</param>
/// <param name="host">The host of the target that is connected to.</param>
/// <param name="endPoint">Its address.</param>
/// <param name="parameters">What to ask of the session.</param>
/// <param name="cancellation">Ends the attempt.</param>
internal sealed class ConnectAttempt(
    ConnectionTarget target,
    TargetHost host,
    EndPoint endPoint,
    StartupParameters parameters,
    CancellationToken cancellation)
{
    private const string LoginPhase = "the login";
    private const string StartPhase = "the start of the session";

    // "invalid authorization specification": no line of pg_hba.conf fits, and another may with or without TLS. A wrong
    // password (28P01) stays wrong, so it is never sent a second time with less protection.
    private const string NotAuthorized = "28000";

    /// <summary>Opens another connection to the very server a first one found.</summary>
    /// <param name="target">Who, and with which options; its hosts are not looked at.</param>
    /// <param name="server">The server of the first connection.</param>
    /// <param name="parameters">What to ask of the session.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="PureDumpException">As for <see cref="HostSearch.Open"/>.</exception>
    public static StartedConnection OpenAgain(
        ConnectionTarget target,
        ResolvedServer server,
        StartupParameters parameters,
        CancellationToken cancellation)
    {
        try
        {
            return new ConnectAttempt(target, server.Host, server.EndPoint, parameters, cancellation).Start(server.Tls);
        }
        catch (PureDumpException error)
        {
            throw ConnectError.Located(error, server);
        }
    }

    /// <summary>Opens the connection.</summary>
    /// <exception cref="PureDumpException">As for <see cref="HostSearch.Open"/>, without the name of the server.</exception>
    public StartedConnection Open()
    {
        // As libpq: a socket file is as private as TLS, so sslmode does not apply to it.
        SslMode mode = endPoint is IPEndPoint ? target.SslMode : SslMode.Disable;
        return mode switch
        {
            SslMode.Disable => Start(TlsUse.Never),
            SslMode.Allow => StartWithFallback(TlsUse.Never, TlsUse.Always, static error => error.SqlState == NotAuthorized),
            SslMode.Prefer => StartWithFallback(
                TlsUse.IfOffered,
                TlsUse.Never,
                static error => error.Kind == ErrorKind.Tls || error.SqlState == NotAuthorized),
            _ => Start(TlsUse.Always),
        };
    }

    private StartedConnection StartWithFallback(TlsUse first, TlsUse second, Func<PureDumpException, bool> isWorthAnother)
    {
        try
        {
            return Start(first);
        }
        catch (PureDumpException error) when (isWorthAnother(error))
        {
            try
            {
                return Start(second);
            }
            catch (PureDumpException other) when (other.Message != error.Message && other.Kind != ErrorKind.Cancelled)
            {
                throw ConnectError.OfBoth(error, other, second);
            }
        }
    }

    private StartedConnection Start(TlsUse tls)
    {
        if (TryStart(tls, target.NextPassword(host, cancellation)) is { } connection)
        {
            return connection;
        }

        // Nobody types as fast as a server's login time-out, so the question is put between two connections.
        string? password = target.AskPassword(host) ?? "";
        return TryStart(tls, password) ?? throw new InvalidOperationException("a known password was asked for");
    }

    // One connection, from the socket to the server's readiness; null where the user must be asked for a password first.
    private StartedConnection? TryStart(TlsUse tls, string? password)
    {
        using var watchdog = new ConnectWatchdog(target.ConnectTimeout, cancellation);
        ServerSocket? socket = null;
        bool isGivenAway = false;
        try
        {
            StartedConnection? connection = ConnectError.Guarded(watchdog, () =>
            {
                socket = ServerSocket.Connect(target, host, endPoint, tls, watchdog);
                var started = new StartedConnection(target, socket, new ResolvedServer(host, endPoint, socket.IsTls));
                socket.Stream.Write(StartupMessages.Startup(parameters.Of(target)));
                var reader = new StartupReader(socket.Stream);
                var login = new LoginExchange(target, password, socket.IsTls, socket.ChannelBinding);
                if (!LogIn(login, password, reader, started))
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

    private bool LogIn(LoginExchange login, string? password, StartupReader reader, StartedConnection connection)
    {
        while (!login.IsDone)
        {
            (byte type, byte[] body) = reader.Read(LoginPhase, "REN"u8);
            switch (type)
            {
                case (byte)'E':
                    throw ConnectError.Refused(ServerMessage.Parse(body));
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
                    throw ConnectError.Refused(ServerMessage.Parse(body));
                case (byte)'N':
                    connection.AddNotice(ServerMessage.Parse(body));
                    break;
                default:
                    return;
            }
        }
    }
}
