using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Sort;

/// <summary>
/// Puts the objects of a catalog into an order in which each stands after all it needs, as near to
/// <see cref="BaseOrder"/> as the needs allow, and breaks the loops that real schemas have on the way
/// (pg_dump_sort.c, sortDumpableObjects).
/// </summary>
internal sealed class DependencySort
{
    private readonly CatalogObject[] _base;
    private readonly LoopRepair _repair;
    private readonly int _dumpIdLimit;

    private DependencySort(CatalogObject[] items, LoopRepair repair)
    {
        _base = items;
        _repair = repair;
        foreach (CatalogObject item in items)
        {
            _dumpIdLimit = Math.Max(_dumpIdLimit, item.DumpId.Value + 1);
        }
    }

    /// <summary>Sorts all objects of a catalog.</summary>
    /// <param name="catalog">With all needs and the boundaries; loop repairs change its objects.</param>
    /// <param name="boundaries">The boundaries of that catalog.</param>
    /// <param name="warn">Takes a sentence for each loop that had to be broken without a rule.</param>
    public static IReadOnlyList<CatalogObject> Order(CatalogSet catalog, Boundaries boundaries, Action<string> warn)
    {
        CatalogObject[] items = [.. catalog.Objects];
        Array.Sort(items, new BaseOrder(catalog));
        return new DependencySort(items, new LoopRepair(boundaries, warn)).Run();
    }

    private CatalogObject[] Run()
    {
        var result = new CatalogObject[_base.Length];
        while (TrySort(result) is { Count: > 0 } stuck)
        {
            RepairLoops(stuck);
        }

        return result;
    }

    /// <summary>
    /// Knuth's topological sort, filled from the end, with a heap for the choice: of all objects that nothing left
    /// needs, the last one in the base order goes next. Gives the objects that stand in or before a loop, by number;
    /// none when the order is complete.
    /// </summary>
    private List<CatalogObject> TrySort(CatalogObject[] result)
    {
        var userCounts = new int[_dumpIdLimit];
        var positions = new int[_dumpIdLimit];
        for (int i = 0; i < _base.Length; i++)
        {
            positions[_base[i].DumpId.Value] = i;
            foreach (CatalogObject need in _base[i].Needs)
            {
                userCounts[need.DumpId.Value]++;
            }
        }

        var ready = new PriorityQueue<int, int>(_base.Length);
        for (int i = 0; i < _base.Length; i++)
        {
            if (userCounts[_base[i].DumpId.Value] == 0)
            {
                ready.Enqueue(i, -i);
            }
        }

        int left = _base.Length;
        while (ready.TryDequeue(out int position, out _))
        {
            CatalogObject item = _base[position];
            result[--left] = item;
            foreach (CatalogObject need in item.Needs)
            {
                int id = need.DumpId.Value;
                if (--userCounts[id] == 0)
                {
                    ready.Enqueue(positions[id], -positions[id]);
                }
            }
        }

        var stuck = new List<CatalogObject>(left);
        for (int id = 0; left > 0 && id < _dumpIdLimit; id++)
        {
            if (userCounts[id] > 0)
            {
                stuck.Add(_base[positions[id]]);
            }
        }

        return stuck;
    }

    /// <summary>
    /// Repairs loops that share no object but the boundaries; one repair often mends the loops it overlaps with, so those wait for the
    /// next attempt (pg_dump_sort.c, findDependencyLoops).
    /// </summary>
    private void RepairLoops(List<CatalogObject> stuck)
    {
        var search = new LoopSearch(_dumpIdLimit);
        bool repaired = false;
        foreach (CatalogObject start in stuck)
        {
            if (search.Find(start) is { } loop)
            {
                _repair.Repair(loop);
                repaired = true;
            }
        }

        if (!repaired)
        {
            throw new PureDumpException(
                ErrorKind.Internal,
                $"the sort is stuck at {stuck.Count} objects without a loop, the first is {stuck[0]}");
        }
    }
}
