using PureDump.ServerTests.Cluster;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.ServerTests.Transfer;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace PureDump.ServerTests.Fixture;

/// <summary>Classes that take minutes begin first: one that begins last has a core for itself while the others stand still.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] s_longest =
    [
        ClusterServers.Name,
        NameOf(typeof(ArchiveFormatTests)),
        NameOf(typeof(PgRestoreLiveTests)),
        NameOf(typeof(OracleTests)),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static collection => RankOf(collection.TestCollectionDisplayName))];

    private static int RankOf(string name)
    {
        int place = Array.FindIndex(s_longest, known => name == known || name.StartsWith(known + " (", StringComparison.Ordinal));
        return place < 0 ? s_longest.Length : place;
    }

    // The collection of a class that is in none by name.
    private static string NameOf(Type type) => $"Test collection for {type.FullName}";
}
