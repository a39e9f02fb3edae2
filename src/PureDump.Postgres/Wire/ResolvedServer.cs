using System.Net;
using System.Net.Sockets;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The very server a connection was made to, so that all other connections of the run go there too: a snapshot is only
/// good on the server that exported it, and a name can stand for several.
/// </summary>
/// <param name="Host">The host of the target.</param>
/// <param name="EndPoint">The address it was, an <see cref="IPEndPoint"/> or a <see cref="UnixDomainSocketEndPoint"/>.</param>
/// <param name="IsTls">Whether the connection is encrypted.</param>
internal sealed record ResolvedServer(TargetHost Host, EndPoint EndPoint, bool IsTls)
{
    /// <summary>The IP address, or null for a socket.</summary>
    public IPAddress? Address => (EndPoint as IPEndPoint)?.Address;

    /// <summary>The kind of address.</summary>
    public AddressFamily Family => EndPoint.AddressFamily;

    /// <summary>What the next connection to it does about TLS: the same.</summary>
    public TlsUse Tls => IsTls ? TlsUse.Always : TlsUse.Never;

    /// <summary>The server as libpq's messages name it: <c>at "db" (10.0.0.1), port 5432</c> or <c>on socket "..."</c>.</summary>
    public override string ToString()
    {
        if (Address is not { } address)
        {
            return $"on socket \"{Host.SocketPath}\"";
        }

        string text = address.ToString();
        string name = Host.Name ?? text;
        return name == text ? $"at \"{name}\", port {Host.Port}" : $"at \"{name}\" ({text}), port {Host.Port}";
    }
}
