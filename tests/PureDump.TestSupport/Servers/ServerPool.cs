using System.Collections.Concurrent;

namespace PureDump.TestSupport;

/// <summary>The servers all tests of one run share: each major version is started once, by the first who asks.</summary>
public static class ServerPool
{
    private static readonly ConcurrentDictionary<int, Lazy<PostgresServer>> ServersByMajor = new();

    /// <summary>
    /// The shared server of <paramref name="major"/>; not to be stopped, reconfigured or disposed by a test, which
    /// creates databases of its own on it. Skips the test (fails it in CI) when there is no such server.
    /// </summary>
    public static PostgresServer Get(int major) => Requirement.Met(() =>
        ServersByMajor.GetOrAdd(major, static key => new Lazy<PostgresServer>(() => PostgresServer.Start(key))).Value);

    /// <summary>Disposes every server started so far.</summary>
    public static void Clear()
    {
        foreach (var major in ServersByMajor.Keys)
        {
            if (ServersByMajor.TryRemove(major, out var server) && server.IsValueCreated)
            {
                server.Value.Dispose();
            }
        }
    }
}
