using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Sinks;

/// <summary>
/// Says how the target is to look through the rows of a new foreign key. The server does it with one outer join, and plans that
/// without statistics, which nobody has made yet: of two large tables it then walks both indexes side by side, a page for nearly
/// every row. Reading both tables once is what remains to be done for any of them, unless few rows point into many,
/// or the indexes need no pages beside them because all rows are frozen: then those of both tables that begin with the columns
/// of the key are walked side by side, where there are such.
/// </summary>
internal sealed class ForeignKeyChecks
{
    /// <summary>What makes the server read both tables once, with no more memory than the session allows an index.</summary>
    public const string ReadOnce = "SET enable_mergejoin = off; SET enable_nestloop = off; SET hash_mem_multiplier = 1";

    /// <summary>What makes the server walk two indexes side by side; it takes the pages of an index for dearer than they are.</summary>
    public const string WalkIndexes = "SET enable_hashjoin = off; SET enable_nestloop = off; SET enable_sort = off";

    /// <summary>Gives the planner its freedom again.</summary>
    public const string AsBefore =
        "SET enable_mergejoin = on; SET enable_hashjoin = on; SET enable_nestloop = on; SET enable_sort = on; RESET hash_mem_multiplier";

    // Where the referenced table is so many times larger, looking up each row by the index may well be quicker.
    private const int LargerMax = 8;

    private readonly Toc _toc;
    private readonly PartitionTree _tree;
    private readonly Dictionary<DumpId, long> _bytesOfTable = [];
    private readonly ILookup<DumpId, TocEntry> _indexesOfTable;

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

        _indexesOfTable = toc.Entries
            .Where(static entry => entry.Kind is EntryKind.Constraint or EntryKind.Index)
            .SelectMany(index => TablesOf(index).Select(table => (Table: table, Index: index)))
            .ToLookup(static pair => pair.Table, static pair => pair.Index);
    }

    /// <summary>
    /// The settings under which the server is to check a foreign key: of a table that is known not to be far smaller than the one
    /// it references; null where the planner is not to be told anything.
    /// </summary>
    /// <param name="entry">What is about to be run.</param>
    /// <param name="isFrozen">Says of a table that all of its rows are known to be visible to everybody.</param>
    public string? SettingsFor(TocEntry entry, Func<DumpId, bool> isFrozen)
    {
        if (entry.Kind != EntryKind.ForeignKey)
        {
            return null;
        }

        // It needs its own table and the key it points to; that key needs the other table.
        List<TocEntry> needs = [.. entry.Dependencies.Select(id => _toc[id])];
        List<TocEntry> keys = [.. needs.Where(static need => need.Kind is EntryKind.Constraint or EntryKind.Index)];
        HashSet<DumpId> referenced = [.. keys.SelectMany(TablesOf)];
        HashSet<DumpId> own =
        [
            .. needs.Where(need => need.Kind == EntryKind.Table && !referenced.Contains(need.Id)).Select(static need => need.Id),
        ];
        long referencedBytes = referenced.Total(Bytes);
        long ownBytes = own.Count > 0 ? own.Total(Bytes) : referencedBytes;
        if (ownBytes == 0 || referencedBytes == 0 || ownBytes < referencedBytes / LargerMax)
        {
            return null;
        }

        if (!own.Concat(referenced).SelectMany(_tree.WithPartitions).Where(_bytesOfTable.ContainsKey).All(isFrozen))
        {
            return ReadOnce;
        }

        return HaveIndexes(entry, own.Count > 0 ? own : referenced, keys) ? WalkIndexes : null;
    }

    // The columns as they stand in both statements, in the same order. Where a quoted name misleads, another plan is taken, no other
    // result.
    private bool HaveIndexes(TocEntry foreignKey, HashSet<DumpId> own, List<TocEntry> keys) =>
        StatementFacts.Of(foreignKey) is { Columns: { } columns, ReferencedColumns: { } referenced }
        && keys.Exists(key => BeginsWith(key, referenced))
        && own.SelectMany(table => _indexesOfTable[table]).Any(index => BeginsWith(index, columns));

    // A key or an index of all rows; what orders a column otherwise, or keeps periods apart, cannot be merged with the other side.
    private static bool BeginsWith(TocEntry index, string columns) =>
        StatementFacts.Of(index) is { IndexMethod: "btree", IsPartial: false, IsTemporal: false, Columns: { } own }
        && (own == columns || own.StartsWith($"{columns}, ", StringComparison.Ordinal));

    private IEnumerable<DumpId> TablesOf(TocEntry key) => key.Dependencies.Where(id => _toc[id].Kind == EntryKind.Table);

    private long Bytes(DumpId table) => _tree.WithPartitions(table).Total(part => _bytesOfTable.GetValueOrDefault(part));
}
