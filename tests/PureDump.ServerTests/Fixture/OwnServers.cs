using PureDump.TestSupport;

namespace PureDump.ServerTests.Fixture;

/// <summary>A server of each major for one class of tests alone: roles belong to all databases of a server.</summary>
public sealed class OwnServers : IDisposable
{
    private readonly Dictionary<int, PostgresServer> _servers = [];

    /// <summary>The server of that major; started when it is first asked for.</summary>
    public PostgresServer Get(int major)
    {
        lock (_servers)
        {
            if (!_servers.TryGetValue(major, out PostgresServer? server))
            {
                server = Requirement.OwnServer(major);
                _servers.Add(major, server);
            }

            return server;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PostgresServer server in _servers.Values)
        {
            server.Dispose();
        }
    }
}
