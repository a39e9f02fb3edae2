using System.Collections.Concurrent;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

[assembly: AssemblyFixture(typeof(PureDump.ServerTests.Oracle.OracleSources))]

namespace PureDump.ServerTests.Oracle;

/// <summary>The oracle database of each major, made once for all tests of a run, with its archive. Who changes one makes another.</summary>
public sealed class OracleSources : IDisposable
{
    private readonly ConcurrentDictionary<(int Major, int TargetMajor), Lazy<OracleSource>> _sources = new();
    private readonly ConcurrentDictionary<int, Lazy<OracleSource>> _readable = new();

    internal OracleSource Of(int major, int? targetMajor = null) => _sources.GetOrAdd(
        (major, OracleDatabase.SameUntil(targetMajor ?? major)),
        static key => new Lazy<OracleSource>(() => new OracleSource(ServerPool.Get(key.Major), key.TargetMajor))).Value;

    /// <summary>
    /// One whose definitions newer releases of pg_dump write as its own server reads them: without the tables that they write for
    /// newer servers only
    /// (see <see cref="ToleratedDifferences"/>), and one that has a column of the type of such a table.
    /// </summary>
    internal OracleSource ReadableOf(int major) =>
        major >= 18
            ? Of(major)
            : _readable
                .GetOrAdd(
                    major,
                    static key => new Lazy<OracleSource>(() =>
                        new OracleSource(
                            ServerPool.Get(key),
                            key,
                            "DROP TABLE tables.rows_of_others, tables.bottom;" + (key < 15 ? "DROP TABLE tables.unlogged_identity;" : ""))))
                .Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<OracleSource> source in _sources.Values.Concat(_readable.Values).Where(source => source.IsValueCreated))
        {
            source.Value.Dispose();
        }
    }
}
