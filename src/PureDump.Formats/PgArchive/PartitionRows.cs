using PureDump.Formats.Entries;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// What triggers, rules and foreign keys of partitioned tables need besides what pg_dump says: the rows of the partitions. Without
/// them <c>pg_restore -j</c> loads rows that such a trigger sees, or that a foreign key refuses which is NOT VALID for that.
/// </summary>
internal sealed class PartitionRows
{
    private readonly Toc _toc;
    private readonly PartitionTree _tree;
    private readonly Dictionary<(string? Schema, string Name), int> _rows = [];

    // Beyond any archive that somebody made on purpose: the others of its entries stay as pg_dump writes them.
    private int _left = PgArchiveLimits.EntryCountMax;

    public PartitionRows(Toc toc)
    {
        _toc = toc;
        _tree = new PartitionTree(toc);
        foreach (TocEntry entry in toc.Entries.Where(static entry => entry.Kind == EntryKind.TableData))
        {
            _rows.TryAdd((entry.Schema, entry.Name), entry.Id.Value);
        }
    }

    /// <summary>The entries of rows that an entry needs; none where its table is not partitioned.</summary>
    public IEnumerable<int> NeededBy(TocEntry entry)
    {
        if (entry.Kind is not (EntryKind.Trigger or EntryKind.Rule or EntryKind.ForeignKey))
        {
            yield break;
        }

        foreach (DumpId table in entry.Dependencies.Where(id => _toc[id].Kind == EntryKind.Table))
        {
            foreach (DumpId partition in _tree.WithPartitions(table).Skip(1))
            {
                if (_rows.TryGetValue((_toc[partition].Schema, _toc[partition].Name), out int rows) && _left-- > 0)
                {
                    yield return rows;
                }
            }
        }
    }
}
