namespace PureDump.Formats.Entries;

/// <summary>
/// Puts rows for which the target calls functions of users behind all others: such a function may read any table. It takes about as many
/// edges as there are tables: the first of the late ones waits for all early ones, the rest of them for it.
/// </summary>
internal static class LateRows
{
    /// <summary>The edges.</summary>
    /// <param name="rows">The rows of each table.</param>
    /// <param name="isLate">Whether they are to come behind all others.</param>
    /// <param name="needs">The rows that must come before some, for other reasons.</param>
    /// <returns>Pairs of rows and others that they wait for; together with the needs they make no circle that was not there.</returns>
    public static IEnumerable<(T Rows, T Before)> Edges<T>(IReadOnlyCollection<T> rows, Func<T, bool> isLate, Func<T, IEnumerable<T>> needs)
        where T : notnull
    {
        HashSet<T> late = [.. rows.Where(isLate)];
        if (late.Count == 0)
        {
            yield break;
        }

        // What waits for late rows comes late itself.
        int before = 0;
        while (late.Count > before)
        {
            before = late.Count;
            late.UnionWith(rows.Where(one => needs(one).Any(late.Contains)));
        }

        // Only where the late ones need one another in a circle has none of them no late one before it.
        List<T> inOrder = [.. rows.Where(late.Contains)];
        T first = inOrder.Where(one => !needs(one).Any(late.Contains)).Concat(inOrder).First();
        HashSet<T> beforeFirst = Reached(first, needs);
        foreach (T one in rows)
        {
            if (!late.Contains(one))
            {
                yield return (first, one);
            }
            else if (!beforeFirst.Contains(one))
            {
                yield return (one, first);
            }
        }
    }

    private static HashSet<T> Reached<T>(T start, Func<T, IEnumerable<T>> needs)
    {
        var seen = new HashSet<T>();
        var open = new Stack<T>([start]);
        while (open.TryPop(out T? one))
        {
            if (seen.Add(one))
            {
                foreach (T need in needs(one))
                {
                    open.Push(need);
                }
            }
        }

        return seen;
    }
}
