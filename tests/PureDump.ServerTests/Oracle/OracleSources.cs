using System.Collections.Concurrent;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>The oracle database of each major, made once for all tests of a class, with its archive.</summary>
public sealed class OracleSources : IDisposable
{
    private readonly ConcurrentDictionary<(int Major, int TargetMajor), Lazy<OracleSource>> _sources = new();

    internal OracleSource Of(int major, int? targetMajor = null) => _sources.GetOrAdd(
        (major, targetMajor ?? major),
        static key => new Lazy<OracleSource>(() => new OracleSource(ServerPool.Get(key.Major), key.TargetMajor))).Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<OracleSource> source in _sources.Values.Where(source => source.IsValueCreated))
        {
            source.Value.Dispose();
        }
    }
}
