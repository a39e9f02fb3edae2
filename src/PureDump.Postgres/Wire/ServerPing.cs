using System.Net;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>
/// Asks whether a server takes connections (fe-connect.c, internal_ping). Nobody logs in: that the server asks who it is, or
/// refuses the one it was told, is answer enough.
/// </summary>
internal static class ServerPing
{
    private const string Phase = "the login";

    // "cannot connect now": it starts up, shuts down or recovers.
    private const string NotNow = "57P03";

    /// <summary>Asks the target's hosts until one answers.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Cancelled"/>.</exception>
    public static ServerAnswer Ask(ConnectionTarget target, CancellationToken cancellation)
    {
        ServerAnswer answer = ServerAnswer.None;
        foreach (TargetHost host in target.Hosts)
        {
            foreach (EndPoint endPoint in EndPoints(target, host, cancellation))
            {
                answer = AskAt(target, host, endPoint, cancellation);
                if (answer == ServerAnswer.Accepts)
                {
                    return answer;
                }
            }
        }

        return answer;
    }

    private static List<EndPoint> EndPoints(ConnectionTarget target, TargetHost host, CancellationToken cancellation)
    {
        try
        {
            return HostSearch.EndPoints(target, host, [], cancellation);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ConnectionOptions)
        {
            // An address that cannot be one is a server that does not answer.
            return [];
        }
    }

    private static ServerAnswer AskAt(ConnectionTarget target, TargetHost host, EndPoint endPoint, CancellationToken cancellation)
    {
        SslMode mode = endPoint is IPEndPoint ? target.SslMode : SslMode.Disable;
        TlsUse tls = mode switch
        {
            SslMode.Disable or SslMode.Allow => TlsUse.Never,
            SslMode.Prefer => TlsUse.IfOffered,
            _ => TlsUse.Always,
        };
        try
        {
            return Ask(target, host, endPoint, tls, cancellation);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.Tls && mode == SslMode.Prefer)
        {
            return AskAt(target with { SslMode = SslMode.Disable }, host, endPoint, cancellation);
        }
        catch (PureDumpException e) when (e.Kind != ErrorKind.Cancelled)
        {
            return ServerAnswer.None;
        }
    }

    private static ServerAnswer Ask(ConnectionTarget target, TargetHost host, EndPoint endPoint, TlsUse tls, CancellationToken cancellation)
    {
        using var watchdog = new ConnectWatchdog(target.ConnectTimeout, cancellation);
        return ConnectError.Guarded(watchdog, () =>
        {
            using ServerSocket socket = ServerSocket.Connect(target, host, endPoint, tls, watchdog);
            socket.Stream.Write(StartupMessages.Startup(StartupParameters.None.Of(target)));
            var reader = new StartupReader(socket.Stream);
            while (true)
            {
                (byte type, byte[] body) = reader.Read(Phase, "RENv"u8);
                switch (type)
                {
                    case (byte)'R':
                        return ServerAnswer.Accepts;
                    case (byte)'E':
                        return ServerMessage.Parse(body).SqlState == NotNow ? ServerAnswer.Rejects : ServerAnswer.Accepts;
                }
            }
        });
    }
}

/// <summary>What a server says to who knocks.</summary>
internal enum ServerAnswer
{
    /// <summary>It takes connections, if not that one.</summary>
    Accepts,

    /// <summary>It is there and takes none now.</summary>
    Rejects,

    /// <summary>Nothing.</summary>
    None,
}
