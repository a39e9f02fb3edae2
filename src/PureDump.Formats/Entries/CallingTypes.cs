namespace PureDump.Formats.Entries;

/// <summary>
/// The types with whose values a server calls functions of users though no expression says so. A range type calls those of its operator
/// class for every value that comes in, a base type its input function, a domain its CHECKs. What compares arrays, composites or ranges
/// calls the default operator class of what is in them (typcache.c), whichever operator or index of the system's stands there. Whatever
/// holds values of such a type is like it: an array, a composite, a domain, a table.
/// </summary>
/// <remarks>
/// The types are gone through whole (<c>CallingTypes</c>): who holds a value of one in an array, a composite, a domain, a row is like it,
/// and every expression or index on a table of it counts: a range type calls its operator class for each value that comes in,
/// <c>array_le</c> the default class of the elements, and no expression says so: ranges came in as <c>empty</c>. It is more than needed,
/// and only where somebody has made operator classes, ranges or base types outside of extensions.
/// </remarks>
internal sealed class CallingTypes<T>
    where T : notnull
{
    private readonly HashSet<T> _made;
    private readonly HashSet<T> _used;

    /// <summary>Finds them.</summary>
    /// <param name="holders">All types, and all relations, for their rows are values too.</param>
    /// <param name="needs">What one of them needs; of its types, those of the values in it.</param>
    /// <param name="callsItself">Says of a range or a base type whether functions of users belong to it.</param>
    /// <param name="isCompared">Whether a default operator class for it is a user's.</param>
    /// <param name="isChecked">Of a domain, and of whether its values are compared by functions of users: whether its CHECKs call
    /// some.</param>
    public CallingTypes(
        IReadOnlyCollection<T> holders,
        Func<T, IEnumerable<T>> needs,
        Func<T, bool> callsItself,
        Func<T, bool> isCompared,
        Func<T, bool, bool> isChecked)
    {
        ILookup<T, T>? holding = null;
        List<T> calling = [.. holders.Where(callsItself)];
        _used = WithHolders([.. calling, .. holders.Where(isCompared)]);
        _made = WithHolders([.. calling, .. holders.Where(one => isChecked(one, _used.Contains(one)))]);

        // Most databases have none of them.
        HashSet<T> WithHolders(HashSet<T> found)
        {
            var open = new Stack<T>(found);
            while (open.TryPop(out T? one))
            {
                holding ??= holders.SelectMany(holder => needs(holder).Select(part => (part, holder)))
                    .ToLookup(static pair => pair.part, static pair => pair.holder);
                foreach (T holder in holding[one].Where(found.Add))
                {
                    open.Push(holder);
                }
            }

            return found;
        }
    }

    /// <summary>True where functions of users are called when a value comes into being: from text, from binary, by a cast.</summary>
    public bool AreCalledToMake(T type) => _made.Contains(type);

    /// <summary>True where they may be called when an expression or an index does anything with values.</summary>
    public bool AreCalledToUse(T type) => _used.Contains(type);
}
