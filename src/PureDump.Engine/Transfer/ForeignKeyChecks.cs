using PureDump.Formats;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Says how the target is to look through the rows of a new foreign key. The server does it with one outer join, and plans that
/// without statistics, which nobody has made yet: of two large tables it then walks both indexes side by side, a page for nearly
/// every row. Reading both tables once is what remains to be done for any of them, unless few rows point into many,
/// or the indexes need no pages beside them because all rows are frozen.
/// </summary>
internal sealed class ForeignKeyChecks
{
    /// <summary>What makes the server read both tables once, with no more memory than the session allows an index.</summary>
    public const string ReadOnce = "SET enable_mergejoin = off; SET enable_nestloop = off; SET hash_mem_multiplier = 1";

    /// <summary>Gives the planner its freedom again.</summary>
    public const string AsBefore = "RESET enable_mergejoin; RESET enable_nestloop; RESET hash_mem_multiplier";

    // Where the referenced table is so many times larger, looking up each row by the index may well be quicker.
    private const int LargerMax = 8;

    private readonly Toc _toc;
    private readonly PartitionTree _tree;
    private readonly Dictionary<DumpId, long> _bytesOfTable = [];

    /// <summary>Looks at the sizes of the tables of a Toc.</summary>
    public ForeignKeyChecks(Toc toc)
    {
        _toc = toc;
        _tree = new PartitionTree(toc);
        foreach (TocEntry entry in toc.Entries)
        {
            if (entry.Rows is { TableEntry: { } table } rows)
            {
                _bytesOfTable[table] = rows.EstimatedBytes;
            }
        }
    }

    /// <summary>True for a foreign key of a table that is known not to be far smaller than the one it references.</summary>
    /// <param name="entry">What is about to be run.</param>
    /// <param name="isFrozen">Says of a table that all of its rows are known to be visible to everybody.</param>
    public bool ShouldReadOnce(TocEntry entry, Func<DumpId, bool> isFrozen)
    {
        if (entry.Kind != EntryKind.ForeignKey)
        {
            return false;
        }

        // It needs its own table and the key it points to; that key needs the other table.
        List<TocEntry> needs = [.. entry.Dependencies.Select(id => _toc[id])];
        HashSet<DumpId> referenced = [.. needs.Where(static need => need.Kind is EntryKind.Constraint or EntryKind.Index).SelectMany(TablesOf)];
        HashSet<DumpId> own = [.. needs.Where(need => need.Kind == EntryKind.Table && !referenced.Contains(need.Id)).Select(static need => need.Id)];
        long referencedBytes = referenced.Sum(Bytes);
        long ownBytes = own.Count > 0 ? own.Sum(Bytes) : referencedBytes;
        return ownBytes > 0 && referencedBytes > 0 && ownBytes >= referencedBytes / LargerMax
            && !own.Concat(referenced).SelectMany(_tree.WithPartitions).Where(_bytesOfTable.ContainsKey).All(isFrozen);
    }

    private IEnumerable<DumpId> TablesOf(TocEntry key) => key.Dependencies.Where(id => _toc[id].Kind == EntryKind.Table);

    private long Bytes(DumpId table) => _tree.WithPartitions(table).Sum(part => _bytesOfTable.GetValueOrDefault(part));
}
