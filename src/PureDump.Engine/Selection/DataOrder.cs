using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Selection;

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
            TocEntry? referencing = tables.Find(table =>
                table.Schema == key.Schema && key.Name.StartsWith(table.Name + " ", StringComparison.Ordinal));
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

    /// <summary>
    /// Adds what rows need of others where the target calls functions of users for them, because of definitions that stand there already:
    /// the schedule sees only those that are restored along with the rows.
    /// </summary>
    /// <param name="toc">The whole Toc, with the definitions.</param>
    /// <param name="kept">The entries that are restored.</param>
    public static List<TocEntry> BehindOthers(Toc toc, List<TocEntry> kept)
    {
        HashSet<DumpId> ids = [.. kept.Select(static entry => entry.Id)];
        List<TocEntry> absent = [.. toc.Entries.Where(entry => !ids.Contains(entry.Id))];
        if (!absent.Exists(static entry => entry.Kind == EntryKind.Table))
        {
            return kept;
        }

        var functions = new UserFunctions(toc);
        var tree = new PartitionTree(toc);
        HashSet<DumpId> called =
        [
            .. absent
                .Where(entry => entry.Kind == EntryKind.Trigger || functions.AreCalledBy(entry))
                .SelectMany(entry =>
                    entry.Dependencies.Where(id => toc[id].Kind == EntryKind.Table).Concat(functions.TablesOfDomain(entry)))
                .SelectMany(tree.WithPartitions),
        ];
        List<TocEntry> rows = [.. kept.Where(static entry => entry.Kind == EntryKind.TableData)];
        Dictionary<DumpId, TocEntry> rowsById = rows.ToDictionary(static entry => entry.Id);
        bool IsLate(TocEntry entry) =>
            toc.TableOf(entry) is DumpId table && (called.Contains(table) || functions.AreCalledByRowsOf(table, tree));
        ILookup<DumpId, DumpId> edges = LateRows
            .Edges(rows, IsLate, entry => entry.Dependencies.Where(rowsById.ContainsKey).Select(id => rowsById[id]))
            .ToLookup(static edge => edge.Rows.Id, static edge => edge.Before.Id);
        return [.. kept.Select(entry => edges.Contains(entry.Id)
            ? entry with { Dependencies = [.. entry.Dependencies.Union(edges[entry.Id]).Order()] }
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
