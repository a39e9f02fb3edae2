using PureDump.Formats;

namespace PureDump.Engine.Transfer;

/// <summary>
/// The order of rows where foreign keys already stand (<c>--data-only</c>): referenced tables before referencing ones.
/// Tables that reference one another in a circle keep the order of the Toc (pg_dump.c, getTableDataFKConstraints).
/// </summary>
internal static class DataOrder
{
    /// <summary>Adds the edges between the rows of tables that the Toc's foreign keys ask for.</summary>
    /// <param name="toc">The whole Toc, with its foreign keys.</param>
    /// <param name="kept">The entries that are restored.</param>
    public static List<TocEntry> Apply(Toc toc, IReadOnlyList<TocEntry> kept)
    {
        Dictionary<DumpId, DumpId> rowsOfTable = [];
        foreach (TocEntry entry in kept)
        {
            if (toc.TableOf(entry) is DumpId table)
            {
                rowsOfTable.TryAdd(table, entry.Id);
            }
        }

        Dictionary<DumpId, HashSet<DumpId>> needs = [];
        foreach (TocEntry key in toc.Entries.Where(entry => entry.Kind == EntryKind.ForeignKey))
        {
            List<TocEntry> tables = [.. key.Dependencies.Select(id => toc[id]).Where(entry => entry.Kind == EntryKind.Table)];
            TocEntry? referencing = tables.Find(table => table.Schema == key.Schema && key.Name.StartsWith(table.Name + " ", StringComparison.Ordinal));
            if (referencing is null || !rowsOfTable.TryGetValue(referencing.Id, out DumpId rows))
            {
                continue;
            }

            foreach (TocEntry referenced in tables)
            {
                if (referenced != referencing && rowsOfTable.TryGetValue(referenced.Id, out DumpId first) && !Reaches(needs, first, rows))
                {
                    if (!needs.TryGetValue(rows, out HashSet<DumpId>? own))
                    {
                        needs.Add(rows, own = []);
                    }

                    own.Add(first);
                }
            }
        }

        return [.. kept.Select(entry => needs.TryGetValue(entry.Id, out HashSet<DumpId>? more)
            ? entry with { Dependencies = [.. entry.Dependencies.Union(more).Order()] }
            : entry)];
    }

    private static bool Reaches(Dictionary<DumpId, HashSet<DumpId>> needs, DumpId from, DumpId to)
    {
        var seen = new HashSet<DumpId>();
        var open = new Stack<DumpId>([from]);
        while (open.TryPop(out DumpId id))
        {
            if (id == to)
            {
                return true;
            }

            if (seen.Add(id) && needs.TryGetValue(id, out HashSet<DumpId>? next))
            {
                foreach (DumpId need in next)
                {
                    open.Push(need);
                }
            }
        }

        return false;
    }
}
