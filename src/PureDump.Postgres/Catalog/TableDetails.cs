using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads partition keys and bounds, the types of typed tables, and the servers of foreign tables.</summary>
internal static class TableDetails
{
    /// <summary>Fills <see cref="TableObject.Definition"/> of dumped tables and the bounds of what attaches partitions.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        uint[] tables =
        [
            .. catalog.All<TableObject>()
                .Where(table => (table.Wanted & Components.Definition) != 0
                    && (table.RelKind is 'p' or 'f' || table.IsPartition || !table.OfType.IsNone))
                .Select(table => table.Id.Row.Value),
        ];
        foreach ((Oid oid, string? bound, TableDefinition definition) in session.Query("TableDetails.sql", Map, tables))
        {
            TableObject table = catalog.TableOf(oid);
            table.Definition = definition;
            if (table.Attach is not null)
            {
                table.Attach.Bound = bound ?? "";
            }
        }
    }

    private static (Oid Table, string? Bound, TableDefinition Definition) Map(ref CatalogRow row)
    {
        Oid oid = row.Oid();
        string? key = row.TextOrNull();
        string? bound = row.TextOrNull();
        return (oid, bound, new TableDefinition(key, row.TextOrNull(), row.TextOrNull(), row.TextOrNull()));
    }
}
