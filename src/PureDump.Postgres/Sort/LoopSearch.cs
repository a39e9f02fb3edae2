using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Sort;

/// <summary>
/// Finds loops of needs, depth first. What was part of a loop, or of no loop through itself, is not looked at again:
/// the loops it gives share no object but the boundaries (pg_dump_sort.c, findLoop; its recursion is a stack here, as
/// chains can be as long as the catalog is large). Nearly every loop that is not short goes over the boundaries: were
/// they excluded too, as pg_dump does it, a thousand views on keys would take a thousand sorts.
/// </summary>
/// <param name="dumpIdLimit">Greater than every number of an object.</param>
internal sealed class LoopSearch(int dumpIdLimit)
{
    private readonly bool[] _done = new bool[dumpIdLimit];
    private readonly bool[] _onPath = new bool[dumpIdLimit];

    // The start from which an object was last visited in vain: clearing the array for each start would be quadratic.
    private readonly int[] _failedFor = new int[dumpIdLimit];
    private readonly List<(CatalogObject Item, int NextNeed)> _path = [];

    /// <summary>A loop through <paramref name="start"/>: each object needs the next one, the last the first. Null: none.</summary>
    public List<CatalogObject>? Find(CatalogObject start)
    {
        int startId = start.DumpId.Value;
        _path.Clear();
        if (!_done[startId])
        {
            Enter(start);
        }

        while (_path.Count > 0)
        {
            (CatalogObject item, int next) = _path[^1];
            ReadOnlySpan<CatalogObject> needs = item.Needs;
            if (next == 0 && Contains(needs, start))
            {
                return Take();
            }

            while (next < needs.Length && !IsOpen(needs[next].DumpId.Value, startId))
            {
                next++;
            }

            if (next < needs.Length)
            {
                _path[^1] = (item, next + 1);
                Enter(needs[next]);
            }
            else
            {
                _path.RemoveAt(_path.Count - 1);
                _onPath[item.DumpId.Value] = false;
                _failedFor[item.DumpId.Value] = startId;
            }
        }

        _done[startId] = start is not BoundaryObject;
        return null;
    }

    private bool IsOpen(int id, int startId) => !_done[id] && !_onPath[id] && _failedFor[id] != startId;

    private static bool Contains(ReadOnlySpan<CatalogObject> needs, CatalogObject wanted)
    {
        foreach (CatalogObject need in needs)
        {
            if (ReferenceEquals(need, wanted))
            {
                return true;
            }
        }

        return false;
    }

    private void Enter(CatalogObject item)
    {
        _path.Add((item, 0));
        _onPath[item.DumpId.Value] = true;
    }

    private List<CatalogObject> Take()
    {
        var loop = new List<CatalogObject>(_path.Count);
        foreach ((CatalogObject item, _) in _path)
        {
            loop.Add(item);
            _onPath[item.DumpId.Value] = false;
            _done[item.DumpId.Value] = item is not BoundaryObject;
        }

        return loop;
    }
}
