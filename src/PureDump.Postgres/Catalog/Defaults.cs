using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads default and generation expressions (pg_dump.c, getTableAttrs).</summary>
internal static class Defaults
{
    /// <summary>Fills <see cref="TableColumn.Default"/> of the columns that were read.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        uint[] tables =
        [
            .. catalog
                .All<TableObject>()
                .Where(table => table.Columns.Exists(column => column.HasDefault))
                .Select(table => table.Id.Row.Value),
        ];
        foreach ((CatalogId id, Oid oid, int number, string expression) in session.Query("Defaults.sql", Map, tables))
        {
            TableObject table = catalog.TableOf(oid);
            TableColumn column = table.Columns[number - 1];
            if (column.IsDropped)
            {
                continue;
            }

            column.Default = Add(catalog, table, column, id, expression);
            if (!column.Default.IsSeparate)
            {
                // Whatever the expression needs must stand before CREATE TABLE. Where that makes a circle, the sort takes
                // the default out of the table.
                table.AddNeed(column.Default);
            }
        }
    }

    /// <summary>Registers the default of a column.</summary>
    public static DefaultObject Add(CatalogSet catalog, TableObject table, TableColumn column, CatalogId id, string expression)
    {
        return catalog.Register(new DefaultObject
        {
            Id = id,
            Name = table.Name,
            Schema = table.Schema,
            Owner = table.Owner,
            Table = table,
            ColumnNumber = column.Number,
            Expression = expression,
            // Views take defaults by ALTER only, generated columns in CREATE TABLE only.
            IsSeparate = column.Generated == '\0' && (table.IsView || !table.Prints(column)),
        });
    }

    private static (CatalogId Id, Oid Table, int Number, string Expression) Map(ref CatalogRow row) =>
        (new CatalogId(row.Oid(), row.Oid()), row.Oid(), row.Int16(), row.Text());
}
