using PureDump.Engine;
using PureDump.Engine.Cluster;
using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Server;
using PureDump.ServerTests.Catalog;
using PureDump.ServerTests.Cluster;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Documentation;

/// <summary>formats/support.md says what the dumps of the tests hold, no more and no less.</summary>
[Collection(ClusterServers.Name)]
public sealed class SupportTests(ClusterServers clusters)
{
    private static string Path => Repository.PathOf("formats", "support.md");

    [Theory, EveryMajor]
    public void The_support_table_says_what_the_dumps_hold(int major) => Assert.Equal(
        Ordered(Collect(major)),
        Ordered(SupportTable.Read(File.ReadAllText(Path)).Where(support => support.Major == major)));

    [Fact]
    public void Every_kind_is_held_by_a_test_on_all_servers_that_have_it()
    {
        ILookup<string, Support> byKind = SupportTable.Read(File.ReadAllText(Path)).ToLookup(static support => support.Kind);

        Assert.Empty(SupportTable.Kinds.Except(byKind.Select(static kind => kind.Key)));

        // What a server has the newer ones have: a kind that is held from 15 on is held on 18.
        Assert.All(
            byKind,
            static kind =>
                Assert.Equal(
                    Enumerable.Range(
                        kind.Min(static support => support.Major),
                        ServerFeatures.NewestMajor - kind.Min(static support => support.Major) + 1),
                    kind.Select(static support => support.Major).Distinct().Order()));
    }

    [Fact]
    public void Nothing_in_the_file_is_written_by_hand()
    {
        string text = File.ReadAllText(Path);
        Assert.Equal(SupportTable.Write(SupportTable.Read(text)), text);
    }

    /// <summary>
    /// No test but the maker of the file: run with <c>-explicit only</c> and all majors in PUREDUMP_TEST_MAJORS; it keeps what
    /// the file says of others.
    /// </summary>
    [Fact(Explicit = true)]
    public void Make_the_support_table()
    {
        HashSet<Support> supports = File.Exists(Path) ? SupportTable.Read(File.ReadAllText(Path)) : [];
        supports.RemoveWhere(static support => TestMajors.All.Contains(support.Major));
        supports.UnionWith(TestMajors.All.SelectMany(Collect));
        File.WriteAllText(Path, SupportTable.Write(supports));
    }

    private HashSet<Support> Collect(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        HashSet<Support> result =
        [
            .. Kinds(OracleDatabase.Create(server, major), new DumpSelection()).Select(kind => new Support(kind, "oracle", major)),
        ];
        foreach (string name in CatalogTests.Scripts.Where(script => script.Data.Item1 == major).Select(static script => script.Data.Item2))
        {
            // As they are compared: definitions, and the planner's statistics where these are the matter.
            DumpSelection selection = new() { WithData = false, WithStatistics = name == CatalogTests.StatisticsScript };
            result.UnionWith(Kinds(CatalogTests.Load(server, name), selection).Select(kind => new Support(kind, name, major)));
        }

        result.UnionWith(Globals(major).Entries.Select(entry => new Support(entry.Kind, "cluster", major)));
        return result;

        IEnumerable<string> Kinds(string database, DumpSelection selection) =>
            CatalogDump.Read(server, database, selection, CatalogDump.Warned, out _).Entries.Select(static entry => entry.Kind).Distinct();
    }

    private Toc Globals(int major)
    {
        var request = new ClusterDumpRequest
        {
            Source = Operations.TargetOf(clusters.Get(major), "postgres"),
            Cluster = new ClusterSelection { Parts = ClusterParts.Globals },
        };
        return ClusterDumpOperation.ToScript(request, Stream.Null, new RecordingObserver(), TestContext.Current.CancellationToken).Globals;
    }

    private static List<Support> Ordered(IEnumerable<Support> supports) =>
        [
            .. supports
                .OrderBy(static support => support.Test, StringComparer.Ordinal)
                .ThenBy(static support => support.Kind, StringComparer.Ordinal),
        ];
}
