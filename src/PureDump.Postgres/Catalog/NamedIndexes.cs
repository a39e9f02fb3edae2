using System.Globalization;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Rows with a value of the type regclass that names an index: they can be read back when that is there, and not before. pg_dump makes all
/// indexes behind all rows, and its restore loses such a table.
/// </summary>
internal static class NamedIndexes
{
    private const uint RegClass = 2205;
    private const uint RegClassArray = 2210;

    /// <summary>Which indexes, or constraints with one, the rows of a table name. Those of the table itself, and those that are not made of
    /// columns alone, are left out: they wait for rows.</summary>
    /// <param name="session">Inside the dump's transaction; the tables are locked.</param>
    /// <param name="catalog">With columns and indexes.</param>
    public static IEnumerable<(TableDataObject Rows, CatalogObject Named)> Read(CatalogSession session, CatalogSet catalog)
    {
        Dictionary<Oid, IndexObject> indexes = catalog.All<IndexObject>().ToDictionary(static index => index.Id.Row);
        foreach (TableDataObject data in catalog.All<TableDataObject>())
        {
            TableObject table = data.Table;
            string[] conditions =
            [
                .. table.Columns
                    .Where(static column => column is { IsDropped: false, TypeOid: RegClass or RegClassArray })
                    .Select(static column => column.TypeOid == RegClass
                        ? $"i.indexrelid OPERATOR(pg_catalog.=) t.{SqlText.Name(column.Name)}"
                        : $"i.indexrelid OPERATOR(pg_catalog.=) ANY (t.{SqlText.Name(column.Name)}::pg_catalog.oid[])"),
            ];
            if (conditions.Length == 0 || table.RelKind != 'r')
            {
                continue;
            }

            string sql = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT DISTINCT i.indexrelid
                FROM ONLY {SqlText.Name(table.Schema!.Name, table.Name)} t, pg_catalog.pg_index i
                WHERE i.indexprs IS NULL AND i.indpred IS NULL AND i.indrelid <> {table.Id.Row} AND ({string.Join(" OR ", conditions)})
                """
            );
            foreach (
                Oid oid in session.QueryText(
                    sql,
                    $"indexes that the rows of table {TableLocks.NameOf(table)} name",
                    static (ref CatalogRow row) => row.Oid()))
            {
                if (indexes.GetValueOrDefault(oid) is { } index)
                {
                    yield return (data, (CatalogObject?)index.Constraint ?? index);
                }
            }
        }
    }
}
