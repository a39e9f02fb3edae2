using System.Net.Sockets;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>
/// A connection that is logged in and ready for its first query; nothing has been read beyond the server's word that it
/// is. Belongs to whoever opened it, who disposes it or takes its parts over.
/// </summary>
internal sealed class StartedConnection : IDisposable
{
    private readonly ServerSocket _socket;

    internal StartedConnection(ConnectionTarget target, ServerSocket socket, ResolvedServer server)
    {
        Target = target;
        _socket = socket;
        Server = server;
    }

    /// <summary>What the connection was opened with.</summary>
    public ConnectionTarget Target { get; }

    /// <summary>Blocking; the bare socket or TLS over it. Disposing it closes the socket.</summary>
    public Stream Stream => _socket.Stream;

    /// <summary>The socket under <see cref="Stream"/>, to end a blocked call by disposing it. Never to be used asynchronously.</summary>
    public Socket Socket => _socket.Socket;

    /// <summary>The server that answered.</summary>
    public ResolvedServer Server { get; }

    /// <summary>What the server reported about itself, such as server_version and server_encoding.</summary>
    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>The process that serves this connection; 0 where the server did not say.</summary>
    public int BackendPid { get; internal set; }

    /// <summary>True where the login took a password.</summary>
    public bool UsedPassword { get; internal set; }

    /// <summary>What a cancel request must show; empty where the server did not say.</summary>
    public byte[] BackendSecret { get; internal set; } = [];

    /// <summary>What the server had to say besides, such as a warning about the password; the first <see
    /// cref="WireLimits.StartupNoticeCountMax"/>.</summary>
    public List<ServerMessage> Notices { get; } = [];

    /// <summary>Notes what the server reports about itself.</summary>
    /// <exception cref="PureDumpException">It has reported more parameters than any server has (<see
    /// cref="ErrorKind.Protocol"/>).</exception>
    public void SetParameter(string name, string value)
    {
        Parameters[name] = value;
        if (Parameters.Count > WireLimits.ParameterCountMax)
        {
            throw new PureDumpException(ErrorKind.Protocol, $"the server reported more than {WireLimits.ParameterCountMax} parameters");
        }
    }

    /// <summary>Keeps a notice, as long as there are not too many.</summary>
    internal void AddNotice(ServerMessage message)
    {
        if (Notices.Count < WireLimits.StartupNoticeCountMax)
        {
            Notices.Add(message);
        }
    }

    /// <summary>Closes the connection without a word; the server takes that for an end.</summary>
    public void Dispose() => _socket.Dispose();
}
