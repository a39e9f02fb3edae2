using PureDump.Formats.Errors;

namespace PureDump.Formats.Entries;

/// <summary>What is true of the whole dump.</summary>
internal sealed record DumpOrigin
{
    /// <summary>The name of the dumped database.</summary>
    public required string Database { get; init; }

    /// <summary>The source's <c>server_version</c>, e.g. <c>15.18 (Debian 15.18-0+deb12u1)</c>.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The source's <c>server_version_num</c>, e.g. 150018.</summary>
    public required int ServerVersionNumber { get; init; }

    /// <summary>The encoding of all text in the dump, statements and rows alike (PostgreSQL's name, e.g. <c>UTF8</c>).</summary>
    public required string Encoding { get; init; }

    /// <summary>The source database's <c>standard_conforming_strings</c>.</summary>
    public bool StandardConformingStrings { get; init; } = true;

    /// <summary>The program that made the dump, with its version.</summary>
    public required string Producer { get; init; }
}

/// <summary>A table of contents: all entries of one dump, in an order in which they can be restored.</summary>
internal sealed class Toc
{
    private const int CircleShownMax = 5;

    private readonly Dictionary<DumpId, TocEntry> _byId;

    /// <summary>A Toc of the given entries.</summary>
    /// <exception cref="PureDumpException">Two entries share an id, or a dependency names an entry that is not there
    /// (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public Toc(DumpOrigin origin, IReadOnlyList<TocEntry> entries)
    {
        Origin = origin;
        Entries = entries;
        _byId = new Dictionary<DumpId, TocEntry>(entries.Count);
        foreach (TocEntry entry in entries)
        {
            if (!_byId.TryAdd(entry.Id, entry))
            {
                throw new PureDumpException(ErrorKind.ArchiveDamaged, $"two entries of the table of contents have the id {entry.Id}");
            }
        }

        foreach (TocEntry entry in entries)
        {
            foreach (DumpId needed in entry.Dependencies)
            {
                if (!_byId.ContainsKey(needed))
                {
                    throw new PureDumpException(
                        ErrorKind.ArchiveDamaged, $"entry {entry} depends on entry {needed}, which is not in the table of contents");
                }
            }
        }
    }

    /// <summary>What is true of the whole dump.</summary>
    public DumpOrigin Origin { get; }

    /// <summary>The entries, in an order in which they can be restored one after the other within each pass.</summary>
    public IReadOnlyList<TocEntry> Entries { get; }

    /// <summary>The entry with that id.</summary>
    /// <exception cref="PureDumpException">There is none (<see cref="ErrorKind.NotFound"/>).</exception>
    public TocEntry this[DumpId id] =>
        _byId.TryGetValue(id, out TocEntry? entry)
            ? entry
            : throw new PureDumpException(ErrorKind.NotFound, $"there is no entry {id} in the table of contents");

    /// <summary>Finds the entry with that id.</summary>
    public bool TryFind(DumpId id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TocEntry? entry) =>
        _byId.TryGetValue(id, out entry);

    /// <summary>The table whose rows an entry brings, where both are here. Rows that are INSERT statements only say what they depend
    /// on.</summary>
    public DumpId? TableOf(TocEntry entry)
    {
        if (entry.Kind != EntryKind.TableData || entry.Rows is not null)
        {
            return entry.Rows?.TableEntry is DumpId made && _byId.ContainsKey(made) ? made : null;
        }

        foreach (DumpId id in entry.Dependencies)
        {
            if (this[id].Kind == EntryKind.Table)
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Refuses rows outside the section of data: who restores by sections would never come to them.</summary>
    /// <exception cref="PureDumpException">There are some (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void RefuseMisplacedRows()
    {
        if (Entries.FirstOrDefault(static entry => entry.HasBlocks && entry.Section != Section.Data) is { } misplaced)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"entry {misplaced} has rows, but stands in another section than that of data");
        }
    }

    /// <summary>Refuses entries that depend on one another in a circle: whoever waits for what each of them needs waits for ever.</summary>
    /// <exception cref="PureDumpException">There are some (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void RefuseCircles()
    {
        // What nothing that is left needs is taken away, again and again; of a circle nothing ever goes.
        var neededBy = new Dictionary<DumpId, int>(Entries.Count);
        foreach (DumpId needed in Entries.SelectMany(static entry => entry.Dependencies))
        {
            neededBy[needed] = neededBy.GetValueOrDefault(needed) + 1;
        }

        var free = new Stack<TocEntry>(Entries.Where(entry => !neededBy.ContainsKey(entry.Id)));
        while (free.TryPop(out TocEntry? entry))
        {
            foreach (DumpId needed in entry.Dependencies)
            {
                if (--neededBy[needed] == 0)
                {
                    neededBy.Remove(needed);
                    free.Push(_byId[needed]);
                }
            }
        }

        if (neededBy.Count == 0)
        {
            return;
        }

        // What is left is the circles and what they need: going from one to another that needs it ends inside a circle.
        ILookup<DumpId, TocEntry> needing = Entries.Where(entry => neededBy.ContainsKey(entry.Id))
            .SelectMany(static entry => entry.Dependencies.Select(needed => (needed, entry)))
            .ToLookup(static edge => edge.needed, static edge => edge.entry);
        var way = new List<TocEntry>();
        var seen = new HashSet<DumpId>();
        TocEntry at = _byId[neededBy.Keys.First()];
        while (seen.Add(at.Id))
        {
            way.Add(at);
            at = needing[at.Id].First();
        }

        IEnumerable<TocEntry> circle = way.SkipWhile(entry => entry.Id != at.Id);
        throw new PureDumpException(
            ErrorKind.ArchiveDamaged,
            $"entries of the table of contents depend on one another in a circle: {string.Join(", ", circle.Take(CircleShownMax))}");
    }
}
