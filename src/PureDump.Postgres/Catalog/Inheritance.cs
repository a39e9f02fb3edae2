using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Catalog;

/// <summary>Links children to their parents and works out what a child's columns say that its parents do not.</summary>
internal static class Inheritance
{
    /// <summary>
    /// Fills <see cref="TableObject.Parents"/>, makes the parents of dumped tables interesting and registers what attaches
    /// partitions (common.c, flagInhTables).
    /// </summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach ((Oid child, Oid parent) in session.Query("Inheritance.sql", MapPair))
        {
            TableObject? table = catalog.FindTable(child);
            table?.Parents.Add(catalog.FindTable(parent) ?? throw new PureDumpException(
                ErrorKind.Catalog, $"the parent of {table}, the table with the oid {parent}, does not exist"));
        }

        foreach (TableObject table in catalog.All<TableObject>().ToList())
        {
            if (table.Wanted != Components.None)
            {
                foreach (TableObject parent in table.Parents)
                {
                    parent.IsInteresting = true;
                }
            }

            if (table.IsPartition && table.Parents.Count > 0 && (table.Wanted & Components.Definition) != 0)
            {
                table.Attach = catalog.Register(new TableAttachObject
                {
                    Name = table.Name,
                    Schema = table.Schema,
                    Owner = table.Owner,
                    Parent = table.Parents[0],
                    Partition = table,
                });
                table.Attach.AddNeed(table);
                table.Attach.AddNeed(table.Parents[0]);
            }
        }
    }

    /// <summary>
    /// Compares the columns of dumped tables with those of their parents: a NOT NULL of servers without NOT NULL
    /// constraints counts as inherited when a parent has it, a parent's default that the child lacks becomes DEFAULT NULL,
    /// a generation expression that all parents share is left to them (common.c, flagInhAttrs).
    /// </summary>
    public static void CompareColumns(CatalogSet catalog, ServerFeatures features)
    {
        var byName = new Dictionary<TableObject, Dictionary<string, TableColumn>>(ReferenceEqualityComparer.Instance);
        Dictionary<string, TableColumn> ColumnsOf(TableObject table)
        {
            if (!byName.TryGetValue(table, out Dictionary<string, TableColumn>? columns))
            {
                columns = table.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
                byName.Add(table, columns);
            }

            return columns;
        }

        foreach (TableObject table in catalog.All<TableObject>().ToList())
        {
            if (table.Wanted == Components.None || table.Parents.Count == 0)
            {
                continue;
            }

            foreach (TableColumn column in table.Columns)
            {
                if (!column.IsDropped)
                {
                    CompareColumn(catalog, features, table, column, table.Parents.Select(ColumnsOf));
                }
            }
        }
    }

    private static (Oid Child, Oid Parent) MapPair(ref CatalogRow row) => (row.Oid(), row.Oid());

    private static void CompareColumn(
        CatalogSet catalog,
        ServerFeatures features,
        TableObject table,
        TableColumn column,
        IEnumerable<Dictionary<string, TableColumn>> parents)
    {
        bool parentIsNotNull = false;
        bool parentIsNotNullFirst = false;
        bool parentHasDefault = false;
        bool parentGeneratesSame = false;
        bool parentGeneratesOther = false;
        foreach (Dictionary<string, TableColumn> parent in parents)
        {
            if (!parent.TryGetValue(column.Name, out TableColumn? inherited))
            {
                continue;
            }

            parentIsNotNull |= inherited.IsNotNull;
            parentIsNotNullFirst |= inherited is { IsNotNull: true, IsNotNullSeparate: false };
            if (inherited.Generated == '\0')
            {
                // "NULL" may have been put there by this very comparison, or not yet: it must not count either way.
                parentHasDefault |= inherited.Default is not null && inherited.Default.Expression != DefaultObject.Null;
            }
            else if (inherited.Default is not null && column.Default?.Expression == inherited.Default.Expression)
            {
                parentGeneratesSame = true;
            }
            else
            {
                parentGeneratesOther = true;
            }
        }

        if (!features.HasTableNotNullConstraints && parentIsNotNull)
        {
            column.IsNotNullLocal = false;
        }
        else if (features.HasTableNotNullConstraints && !parentIsNotNullFirst && !column.IsNotNullSeparate)
        {
            // No parent's is there when the child is made: it is not valid and comes after the rows, or the parent's column was dropped
            // since.
            column.IsNotNullLocal = true;
        }

        if (parentHasDefault && column.Default is null)
        {
            column.Default = Defaults.Add(catalog, table, column, default, DefaultObject.Null);
            if (column.Default.IsSeparate)
            {
                column.Default.AddNeed(table);
            }
        }

        if (parentGeneratesSame && !parentGeneratesOther && !table.IsPartition)
        {
            column.Default!.Wanted = Components.None;
        }
    }
}
