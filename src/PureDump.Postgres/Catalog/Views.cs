using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the queries of the views and materialized views that are dumped (pg_dump.c, createViewAsClause).</summary>
internal static class Views
{
    /// <summary>Sets the definitions of all wanted views. Views are not locked: one dropped meanwhile is an error.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        uint[] wanted =
        [
            .. catalog.All<TableObject>()
                .Where(static table => (table.IsView || table.IsMaterializedView) && table.Emits(Components.Definition))
                .Select(static table => table.Id.Row.Value),
        ];
        if (wanted.Length == 0)
        {
            return;
        }

        foreach ((Oid oid, string? query) in session.Query("Views.sql", Map, wanted))
        {
            TableObject view = catalog.TableOf(oid);
            if (string.IsNullOrEmpty(query) || !query.EndsWith(';'))
            {
                throw new PureDumpException(
                    ErrorKind.Catalog,
                    $"view \"{view.Schema?.Name}.{view.Name}\" (OID {oid}) has no query",
                    "it was dropped while the catalog was read; run the dump again");
            }

            view.Definition = new ViewDefinition(query[..^1]);
        }
    }

    private static (Oid Oid, string? Query) Map(ref CatalogRow row) => (row.Oid(), row.TextOrNull());
}
