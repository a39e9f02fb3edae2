using PureDump.Formats.Entries;

namespace PureDump.Engine.Checks;

/// <summary>The roots that rows of partitions are loaded through. These can come to lie in any partition below, so that all of them are one
/// thing.</summary>
internal static class PartitionRoots
{
    /// <summary>For each table of a partition tree into whose root some entry is loaded, the root itself among them: that root.</summary>
    public static Dictionary<DumpId, (string Schema, string Table)> Of(Toc toc)
    {
        var result = new Dictionary<DumpId, (string Schema, string Table)>();
        HashSet<(string Schema, string Table)> roots =
            [.. toc.Entries.Select(static entry => entry.Rows?.LoadInto).OfType<(string Schema, string Table)>()];
        if (roots.Count == 0)
        {
            return result;
        }

        var tree = new PartitionTree(toc);
        foreach (
            TocEntry table in toc.Entries.Where(entry => entry.Kind == EntryKind.Table && roots.Contains((entry.Schema ?? "", entry.Name))))
        {
            foreach (DumpId id in tree.WithPartitions(table.Id))
            {
                result[id] = (table.Schema ?? "", table.Name);
            }
        }

        return result;
    }
}
