namespace PureDump.Engine.Selection;

/// <summary>Names that were asked for, to the letter, and which of them were met (pg_restore's simple string lists).</summary>
internal sealed class NameList(IReadOnlyList<string> names)
{
    private readonly HashSet<string> _names = [.. names];
    private readonly HashSet<string> _missing = [.. names];

    /// <summary>True where no name was given.</summary>
    public bool IsEmpty => names.Count == 0;

    /// <summary>The first name that was not met, or null.</summary>
    public string? Missing => names.FirstOrDefault(_missing.Contains);

    /// <summary>True for a name that was asked for, which is met with that.</summary>
    public bool Meets(string? name)
    {
        bool isAsked = name is not null && _names.Contains(name);
        if (isAsked)
        {
            _missing.Remove(name!);
        }

        return isAsked;
    }
}
