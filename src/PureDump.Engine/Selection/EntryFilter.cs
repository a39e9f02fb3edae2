using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine.Selection;

/// <summary>
/// Takes the selected part out of a Toc, for every sink alike: entries that are not wanted go, owners, tablespaces and
/// access methods that are not wanted are blanked, and dependencies on what is gone go too.
/// </summary>
internal static class EntryFilter
{
    /// <summary>The selected part of a Toc.</summary>
    /// <param name="toc">All entries.</param>
    /// <param name="selection">What is asked for.</param>
    /// <param name="withDatabase">The entries of the database itself are wanted too (<c>--create</c>).</param>
    /// <exception cref="PureDumpException">What is asked for by name is not there (<see cref="ErrorKind.NotFound"/>).</exception>
    public static Toc Apply(Toc toc, RestoreSelection selection, bool withDatabase = false)
    {
        var choice = new EntryChoice(toc, selection, withDatabase);
        choice.CheckNames();
        List<TocEntry> kept = [.. choice.Entries.Select(entry => Adjusted(entry, selection))];
        kept = selection.WithSchema ? kept : DataOrder.Apply(toc, kept);
        return Part(toc, selection.Order is null ? DataOrder.BehindOthers(toc, kept) : kept);
    }

    /// <summary>
    /// What of a live database's Toc goes into an archive: the reader of the catalog has selected objects, but knows
    /// neither sections nor what an archive is to keep silent about. Every archive can be restored with <c>--create</c>.
    /// </summary>
    public static Toc ForArchive(Toc toc, DumpSelection selection)
    {
        if (selection.Sections.Count == 0 && selection.WithOwners)
        {
            return toc;
        }

        var restore = new RestoreSelection { Sections = selection.Sections, WithOwners = selection.WithOwners };
        var taken = new EntryChoice(toc, restore, withDatabase: true).Entries.Select(entry => entry.Id).ToHashSet();
        List<TocEntry> kept =
        [
            .. toc
                .Entries.Where(entry => taken.Contains(entry.Id) || PlainSqlWriter.IsDatabaseLevel(entry))
                .Select(entry => Adjusted(entry, restore)),
        ];
        return Part(toc, selection.ChecksAfterRows ? DataOrder.BehindOthers(toc, kept) : kept);
    }

    /// <summary>A Toc of some of the entries of another.</summary>
    public static Toc Part(Toc toc, IReadOnlyList<TocEntry> kept)
    {
        var ids = kept.Select(entry => entry.Id).ToHashSet();
        return new Toc(toc.Origin, [.. kept.Select(entry => WithoutAbsent(entry, ids))]);
    }

    private static TocEntry WithoutAbsent(TocEntry entry, HashSet<DumpId> ids) => entry with
    {
        Dependencies = [.. entry.Dependencies.Where(ids.Contains)],
        Rows = entry.Rows is { TableEntry: { } table } && !ids.Contains(table) ? entry.Rows with { TableEntry = null } : entry.Rows,
    };

    private static TocEntry Adjusted(TocEntry entry, RestoreSelection selection) => entry with
    {
        Owner = selection.WithOwners ? entry.Owner : null,
        Tablespace = selection.WithTablespaces ? entry.Tablespace : null,
        TableAccessMethod = selection.WithTableAccessMethods ? entry.TableAccessMethod : null,
    };
}
