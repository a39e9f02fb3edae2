using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>How a run reaches the server: itself, or a proxy before it.</summary>
/// <param name="Host">A host, or the directory of a socket.</param>
/// <param name="Port">A port.</param>
internal readonly record struct Route(string Host, int Port)
{
    /// <summary>Without anything in between.</summary>
    public static Route To(PostgresServer server) => new(server.Host, server.Port);

    /// <summary>Through a proxy.</summary>
    public static Route Through(CuttingProxy proxy) => new("127.0.0.1", proxy.Port);
}
