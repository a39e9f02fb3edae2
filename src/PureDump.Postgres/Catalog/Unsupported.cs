using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>An object that belongs to the dump and is of a kind this release cannot dump.</summary>
/// <param name="Type">The server's word for the kind, e.g. <c>text search configuration</c>.</param>
/// <param name="Identity">The full name, quoted, with its signature.</param>
internal readonly record struct UnsupportedObject(string Type, string Identity);

/// <summary>
/// Finds what is not dumped yet. A dump that silently lacks an operator is worse than none: the caller refuses, unless
/// its user chose to go without.
/// </summary>
internal static class Unsupported
{
    private const int ShownMax = 20;

    /// <summary>The wanted objects of unsupported kinds, by kind and name.</summary>
    public static IReadOnlyList<UnsupportedObject> Find(CatalogSession session, CatalogSet catalog)
    {
        // They are all definitions.
        if (!catalog.Selection.Options.WithSchema)
        {
            return [];
        }

        return [.. session.Query("Unsupported.sql", Map).Where(row => IsWanted(row, catalog)).Select(static row => row.Object)];
    }

    /// <summary>Ends the dump where there are such objects.</summary>
    /// <exception cref="PureDumpException">There are (<see cref="ErrorKind.Catalog"/>); names the first of them.</exception>
    public static void Refuse(IReadOnlyList<UnsupportedObject> found)
    {
        if (found.Count == 0)
        {
            return;
        }

        var text = new StringBuilder($"the database has {found.Count} objects of kinds that cannot be dumped yet: ");
        text.AppendJoin(", ", found.Take(ShownMax).Select(static item => $"{item.Type} {item.Identity}"));
        if (found.Count > ShownMax)
        {
            text.Append($" and {found.Count - ShownMax} more");
        }

        throw new PureDumpException(
            ErrorKind.Catalog, text.ToString(), "leave them out by selecting schemas or tables, or dump the data only");
    }

    private static bool IsWanted(Row row, CatalogSet catalog)
    {
        CatalogObject? owner = catalog.Find(row.OfObject);
        if (row.IsLabel)
        {
            return owner is not null && (owner.Wanted & Components.SecurityLabel) != 0;
        }

        // Of a relation: wanted with it.
        bool isOwnerWanted = row.OfObject.Catalog.IsNone || (owner is not null && (owner.Wanted & Components.Definition) != 0);
        bool isPlaceWanted = row.Schema.IsNone
            ? catalog.Selection.Options.IncludesEverything
            : (catalog.SchemaOf(row.Schema).WantedInside & Components.Definition) != 0;
        return isOwnerWanted && isPlaceWanted;
    }

    private static Row Map(ref CatalogRow row) => new(
        new UnsupportedObject(row.Text(), row.Text()), row.Oid(), new CatalogId(row.Oid(), row.Oid()), row.Char() == 'L');

    private readonly record struct Row(UnsupportedObject Object, Oid Schema, CatalogId OfObject, bool IsLabel);
}
