using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>
/// A socket connected to a server, with TLS agreed on, and nothing said yet in the protocol itself. A start-up goes on from
/// here, and so does a cancel request.
/// </summary>
internal sealed class ServerSocket : IDisposable
{
    private const int LevelSocket = 1;
    private const int OptionPeerCredentials = 17;
    private const int OptionSendTimeout = 21;
    private const int LevelTcp = 6;
    private const int OptionUserTimeout = 18;
    private const int UnixConnectSliceMs = 250;

    private ServerSocket(Socket socket, Stream stream)
    {
        Socket = socket;
        Stream = stream;
    }

    /// <summary>The socket; blocking, and to be kept so.</summary>
    public Socket Socket { get; }

    /// <summary>What to read from and write to: the socket itself, or TLS over it.</summary>
    public Stream Stream { get; private set; }

    /// <summary>True where the connection is encrypted.</summary>
    public bool IsTls => Stream is SslStream;

    /// <summary>The channel binding of the TLS connection, or null.</summary>
    public byte[]? ChannelBinding { get; private set; }

    /// <summary>Connects and agrees on TLS.</summary>
    /// <param name="target">The options.</param>
    /// <param name="host">The host of the target that is connected to.</param>
    /// <param name="endPoint">Its address.</param>
    /// <param name="tls">What to do about TLS.</param>
    /// <param name="watchdog">Ends the attempt from outside.</param>
    /// <exception cref="PureDumpException">What is wrong, without the name of the server.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static ServerSocket Connect(
        ConnectionTarget target,
        TargetHost host,
        EndPoint endPoint,
        TlsUse tls,
        ConnectWatchdog watchdog)
    {
        // Before the connection: a missing file is no reason to bother the server.
        TlsRules? rules = tls == TlsUse.Never ? null : TlsRules.Load(target, host);
        Socket socket = endPoint is IPEndPoint
            ? ConnectTcp(endPoint, target.Tcp, watchdog)
            : ConnectUnix(endPoint, watchdog);
        var connected = new ServerSocket(socket, new BlockingSocketStream(socket));
        try
        {
            if (endPoint is not IPEndPoint && target.RequirePeer is { } required)
            {
                CheckPeer(socket, required);
            }

            if (rules is not null && connected.IsTlsAgreed(target, tls))
            {
                connected.BeginTls(target, rules);
            }

            return connected;
        }
        catch
        {
            connected.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // SslStream says goodbye to a server that may be gone.
        }

        Socket.Dispose();
    }

    private static Socket ConnectTcp(EndPoint endPoint, TcpTuning tuning, ConnectWatchdog watchdog)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            watchdog.Watch(socket);
            socket.NoDelay = true;
            Tune(socket, tuning);
            socket.Connect(endPoint);
            return socket;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            socket.Dispose();
            throw Unreachable(error, isLocal: false);
        }
    }

    // A connect to a socket file waits for ever where the server's queue is full, and disposing does not wake it. A send
    // time-out does, so the wait is cut into slices.
    private static Socket ConnectUnix(EndPoint endPoint, ConnectWatchdog watchdog)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                SetSendTimeout(socket, UnixConnectSliceMs);
                socket.Connect(endPoint);
                SetSendTimeout(socket, 0);
                watchdog.Watch(socket);
                return socket;
            }
            catch (SocketException error)
                when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain or SocketError.TimedOut)
            {
                socket.Dispose();
                if (watchdog.IsFired)
                {
                    throw watchdog.Error();
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                socket.Dispose();
                throw Unreachable(error, isLocal: true);
            }
        }
    }

    private static void SetSendTimeout(Socket socket, int timeoutMs)
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            Span<long> time = [timeoutMs / 1000, timeoutMs % 1000 * 1000L];
            socket.SetRawSocketOption(LevelSocket, OptionSendTimeout, MemoryMarshal.AsBytes(time));
        }
    }

    private static void Tune(Socket socket, TcpTuning tuning)
    {
        if (!tuning.KeepAlive)
        {
            return;
        }

        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (tuning.IdleSeconds is { } idle)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, idle);
        }

        if (tuning.IntervalSeconds is { } interval)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, interval);
        }

        if (tuning.Count is { } count)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, count);
        }

        if (tuning.UserTimeoutMs is { } timeoutMs && OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(LevelTcp, OptionUserTimeout, BitConverter.GetBytes(timeoutMs));
        }
    }

    private static void CheckPeer(Socket socket, string required)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PureDumpException(ErrorKind.ConnectionOptions, "requirepeer is not supported on this operating system");
        }

        // struct ucred: process, user, group.
        Span<byte> credentials = stackalloc byte[12];
        _ = socket.GetRawSocketOption(LevelSocket, OptionPeerCredentials, credentials);
        uint userId = BitConverter.ToUInt32(credentials[4..]);
        string actual = OperatingSystemUser.NameOf(userId) ?? userId.ToString(CultureInfo.InvariantCulture);
        if (actual != required)
        {
            throw new PureDumpException(
                ErrorKind.Authentication,
                $"requirepeer names \"{required}\", but the server runs as \"{actual}\"");
        }
    }

    // What it is called here and by the system's C library, which libpq repeats with a question (fe-connect.c, connectFailureMessage).
    private static PureDumpException Unreachable(Exception error, bool isLocal)
    {
        // The runtime's own text repeats the address, and has "cannot assign requested address" for an absent socket file.
        (string reason, string? systemReason) = (error as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => ("connection refused", "Connection refused"),
            SocketError.AddressNotAvailable => (
                "there is nothing at this address",
                isLocal ? "No such file or directory" : "Cannot assign requested address"),
            SocketError.AccessDenied => ("permission denied", "Permission denied"),
            SocketError.HostUnreachable => ("there is no route to it", "No route to host"),
            SocketError.NetworkUnreachable => ("there is no route to it", "Network is unreachable"),
            SocketError.TimedOut => ("no answer", "Connection timed out"),
            _ => (error.Message, null),
        };
        string place = isLocal ? "locally and accepting connections on that socket" : "on that host and accepting TCP/IP connections";
        return new PureDumpException(ErrorKind.Connection, reason, "is the server running there and accepting connections?", error)
        {
            ClientText = systemReason is null ? null : $"{systemReason}\n\tIs the server running {place}?",
        };
    }

    private bool IsTlsAgreed(ConnectionTarget target, TlsUse tls)
    {
        if (target.SslNegotiation == SslNegotiation.Direct)
        {
            return true;
        }

        Stream.Write(StartupMessages.TlsRequest());

        // One byte and no more: whatever somebody slipped in behind it stays in the socket for the handshake to choke on.
        Span<byte> answer = stackalloc byte[1];
        if (Stream.Read(answer) == 0)
        {
            throw new PureDumpException(ErrorKind.Connection, "the server closed the connection when asked for TLS");
        }

        switch (answer[0])
        {
            case (byte)'S':
                return true;
            case (byte)'N' when tls == TlsUse.IfOffered:
                return false;
            case (byte)'N':
                throw new PureDumpException(
                    ErrorKind.Tls,
                    "the server does not speak TLS, and sslmode asks for it",
                    "turn on ssl in postgresql.conf, or lower sslmode");
            case (byte)'E':
                // Its text came unprotected and before anyone proved anything, so it is not shown (CVE-2024-10977).
                throw new PureDumpException(ErrorKind.Tls, "the server answered the request for TLS with an error");
            default:
                throw new PureDumpException(
                    ErrorKind.Protocol,
                    $"the server answered the request for TLS with '{StartupMessages.Show(answer[0])}', expected 'S' or 'N'",
                    "is this a PostgreSQL server?");
        }
    }

    private void BeginTls(ConnectionTarget target, TlsRules rules)
    {
        string? refusal = null;
        var options = new SslClientAuthenticationOptions();
        rules.Apply(options, reason => refusal = reason);
        var tls = new SslStream(Stream, leaveInnerStreamOpen: false);
        Stream = tls;
        try
        {
            tls.AuthenticateAsClient(options);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or CryptographicException or Win32Exception)
        {
            throw new PureDumpException(ErrorKind.Tls, refusal ?? $"the TLS handshake failed: {Cause(error)}", inner: error);
        }

        if (target.SslNegotiation == SslNegotiation.Direct && tls.NegotiatedApplicationProtocol.Protocol.IsEmpty)
        {
            throw new PureDumpException(ErrorKind.Tls, "the server began TLS without agreeing on the PostgreSQL protocol in it");
        }

        if (tls.RemoteCertificate is { } remote)
        {
            using var certificate = new X509Certificate2(remote);
            ChannelBinding = TlsServerEndPoint.Hash(certificate);
        }
    }

    private static string Cause(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error.Message;
    }
}
