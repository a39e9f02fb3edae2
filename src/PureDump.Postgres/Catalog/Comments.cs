using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads all comments with one query, when every object is registered.</summary>
internal static class Comments
{
    /// <summary>Fills <see cref="CatalogSet.Comments"/> and notes at the objects that they have some.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        if (!catalog.Selection.Options.WithComments)
        {
            return;
        }

        // pg_catalog, or a relation in it, where somebody has asked for that by name.
        bool withInitial = catalog.Objects.Any(static item =>
            item is { Kind: not (ObjectKind.Schema or ObjectKind.LargeObject), Schema: not null }
            && item.Id.Row.IsBuiltIn
            && item.Emits(Components.Definition));
        foreach ((CatalogId id, int column, string text) in session.Query("Comments.sql", Map, withInitial))
        {
            catalog.Comments.Add((id, column), text);
            if (catalog.Find(id) is { } item)
            {
                item.Present |= Components.Comment;
            }
        }
    }

    private static (CatalogId Id, int Column, string Text) Map(ref CatalogRow row) =>
        (new CatalogId(row.Oid(), row.Oid()), row.Int32(), row.Text());
}
