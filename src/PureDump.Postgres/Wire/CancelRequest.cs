using System.Net.Sockets;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>
/// Asks a server, over a connection of its own, to cancel what another connection is doing.
/// </summary>
internal static class CancelRequest
{
    // A request is made while somebody waits for the program to stop: it is to be gone within two seconds.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits until the request has been taken, for a second at most; whether it came in time nobody says. A server that is gone is no
    /// error.
    /// </summary>
    /// <param name="connection">Where something is done that is to end; it may be closed here meanwhile.</param>
    public static void Send(StartedConnection connection)
    {
        if (connection.BackendSecret.Length == 0)
        {
            return;
        }

        try
        {
            using var patience = new CancellationTokenSource(s_timeout);
            using ServerSocket socket = Connect(connection, patience.Token);
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

    // As far as TLS goes: a request comes in the place of a login.
    private static ServerSocket Connect(StartedConnection connection, CancellationToken cancellation)
    {
        using var watchdog = new ConnectWatchdog(connection.Target.ConnectTimeout, cancellation);
        ResolvedServer server = connection.Server;
        ServerSocket socket = ConnectError.Guarded(
            watchdog,
            () => ServerSocket.Connect(connection.Target, server.Host, server.EndPoint, server.Tls, watchdog));
        if (!watchdog.Release())
        {
            socket.Dispose();
            throw watchdog.Error();
        }

        return socket;
    }
}
