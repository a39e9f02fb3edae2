namespace PureDump.Formats.Entries;

/// <summary>Which tables of a Toc are partitions of which, by its TABLE ATTACH entries.</summary>
internal sealed class PartitionTree
{
    private readonly Dictionary<DumpId, List<DumpId>> _partitions = [];
    private readonly Dictionary<DumpId, DumpId> _parents = [];

    /// <summary>The partitions of a Toc.</summary>
    public PartitionTree(Toc toc)
    {
        foreach (TocEntry attach in toc.Entries.Where(static entry => entry.Kind == EntryKind.TableAttach))
        {
            // What is put into its place has the name of the partition; the other table is the one above it.
            List<TocEntry> tables = [.. attach.Dependencies.Select(id => toc[id])];
            TocEntry? partition = tables.Find(table => table.Name == attach.Name && table.Schema == attach.Schema);
            TocEntry? parent = tables.Find(table => table != partition && table.Kind == EntryKind.Table);
            if (partition is null || parent is null)
            {
                continue;
            }

            if (!_partitions.TryGetValue(parent.Id, out List<DumpId>? list))
            {
                _partitions.Add(parent.Id, list = []);
            }

            list.Add(partition.Id);
            _parents.TryAdd(partition.Id, parent.Id);
        }
    }

    /// <summary>A table and all below it, each once: an archive may say that they are partitions of one another in a circle.</summary>
    public List<DumpId> WithPartitions(DumpId table)
    {
        List<DumpId> result = [table];
        HashSet<DumpId> seen = [table];
        for (int i = 0; i < result.Count; i++)
        {
            if (_partitions.TryGetValue(result[i], out List<DumpId>? below))
            {
                result.AddRange(below.Where(seen.Add));
            }
        }

        return result;
    }

    /// <summary>The tables that a table is a partition of, the nearest first, each once.</summary>
    public List<DumpId> Above(DumpId table)
    {
        List<DumpId> result = [];
        HashSet<DumpId> seen = [table];
        for (DumpId next = table; _parents.TryGetValue(next, out next) && seen.Add(next);)
        {
            result.Add(next);
        }

        return result;
    }
}
