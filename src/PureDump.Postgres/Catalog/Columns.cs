using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the columns of the tables that matter, and the privileges on single columns.</summary>
internal static class Columns
{
    /// <summary>Has them read meanwhile. Which tables are of interest is known by now.</summary>
    public static void Ask(CatalogAhead? ahead, CatalogSet catalog) => ahead?.Ask("Columns.sql", Map, Tables(catalog));

    /// <summary>Fills <see cref="TableObject.Columns"/> of every interesting relation but sequences.</summary>
    /// <remarks>Their locks must be held: the printed types are those of now, not those of the snapshot.</remarks>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        List<(Oid Table, TableColumn Column)> columns = session.Query("Columns.sql", Map, Tables(catalog));
        columns.Sort(static (x, y) => x.Table != y.Table ? x.Table.CompareTo(y.Table) : x.Column.Number - y.Column.Number);
        foreach ((Oid oid, TableColumn column) in columns)
        {
            TableObject table = catalog.TableOf(oid);
            if (column.Number != table.Columns.Count + 1)
            {
                throw new PureDumpException(
                    ErrorKind.Catalog,
                    $"the columns of {table} are not numbered 1, 2, …: there is no {table.Columns.Count + 1}");
            }

            if (column.NotNullName == $"{table.Name}_{column.Name}_not_null" && column.NotNullComment is null)
            {
                // What the server names it when no name is given. With a comment the name must be certain.
                column.NotNullName = null;
            }

            table.Columns.Add(column);
        }
    }

    /// <summary>Fills <see cref="TableObject.ColumnAcls"/> of every relation.</summary>
    public static void ReadAcls(CatalogSession session, CatalogSet catalog)
    {
        foreach ((Oid oid, string column, AclFacts acl) in session.Query("ColumnAcls.sql", MapAcl))
        {
            if (catalog.FindTable(oid) is { } table)
            {
                table.ColumnAcls.Add((column, acl));
                table.Present |= Components.Acl;
            }
        }
    }

    private static uint[] Tables(CatalogSet catalog) =>
        [.. catalog.All<TableObject>().Where(table => table.IsInteresting && !table.IsSequence).Select(table => table.Id.Row.Value)];

    private static (Oid Table, TableColumn Column) Map(ref CatalogRow row) => (row.Oid(), new TableColumn
    {
        Name = row.Text(),
        Number = row.Int16(),
        IsDropped = row.Bool(),
        IsLocal = row.Bool(),
        TypeOid = row.Oid().Value,
        TypeName = row.Text(),
        Generated = row.Char(),
        Identity = row.Char(),
        HasDefault = row.Bool(),
        Storage = row.Char(),
        TypeStorage = row.Char(),
        Compression = row.Char(),
        StatisticsTarget = row.Int32(),
        CollationOid = row.Oid().Value,
        Collation = Qualified(row.TextOrNull(), row.TextOrNull()),
        Options = row.Options(),
        ForeignOptions = row.Text(),
        IsNotNull = row.Bool(),
        NotNullName = row.TextOrNull(),
        IsNotNullLocal = row.Bool(),
        IsNotNullNoInherit = row.Bool(),
        IsNotNullSeparate = row.Bool(),
        NotNullComment = row.TextOrNull(),
    });

    private static (Oid Table, string Column, AclFacts Acl) MapAcl(ref CatalogRow row) =>
        (row.Oid(), row.Text(), new AclFacts(row.TextsOrNull(), [], row.TextsOrNull(), row.Char()));

    private static string? Qualified(string? schema, string? name) => name is null ? null : SqlText.Name(schema, name);
}
