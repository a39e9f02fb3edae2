using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Decides whose rows and values are dumped and describes the rows (pg_dump.c, getTableData and dumpTableData).</summary>
internal static class TableData
{
    /// <summary>Registers the rows of every wanted table and the value of every wanted sequence.</summary>
    /// <remarks>After <see cref="Extensions.AddConfigData"/>, which knows of filters.</remarks>
    public static void AddWanted(CatalogSession session, CatalogSet catalog)
    {
        DumpSelection options = catalog.Selection.Options;
        if (!options.WithData)
        {
            if (options.WithSequenceData)
            {
                AddWanted(catalog, static table => table.IsSequence);
            }

            return;
        }

        // A standby has no rows of unlogged tables, and reading them is an error there.
        bool isStandby = session.QueryText(
            "SELECT pg_catalog.pg_is_in_recovery()", "asking whether the server is a standby", (ref CatalogRow row) => row.Bool())[0];
        AddWanted(catalog, table => !(isStandby && table.Persistence == 'u'));
    }

    /// <summary>
    /// Registers the rows of a table or the value of a sequence; nothing for what has neither, and nothing new for what
    /// was registered before. Its columns will be read.
    /// </summary>
    /// <param name="catalog">Where to.</param>
    /// <param name="table">The relation.</param>
    /// <param name="filter">A condition with its WHERE (configuration tables of extensions), or null.</param>
    public static void Add(CatalogSet catalog, TableObject table, string? filter = null)
    {
        if (catalog.Selection.ExcludesDataOf(table) || (table.Persistence == 'u' && !catalog.Selection.Options.WithUnloggedData))
        {
            return;
        }

        switch (table.RelKind)
        {
            case 'r' or 'f' when table.Data is null && (table.RelKind == 'r' || catalog.Selection.IncludesRowsOf(table)):
                table.Data = Added(catalog, table, new TableDataObject
                {
                    Id = new CatalogId(default, table.Id.Row),
                    Name = table.Name,
                    Schema = table.Schema,
                    Owner = table.Owner,
                    Table = table,
                    Filter = string.IsNullOrEmpty(filter) ? null : filter,
                });
                break;
            case 'S' when table.Value is null:
                table.Value = Added(catalog, table, new SequenceSetObject
                {
                    Id = new CatalogId(default, table.Id.Row),
                    Name = table.Name,
                    Schema = table.Schema,
                    Owner = table.Owner,
                    Sequence = table,
                });
                break;
        }
    }

    /// <summary>Fills <see cref="TableDataObject.Rows"/>. Columns must have been read, locks must be held.</summary>
    public static void Describe(CatalogSession session, CatalogSet catalog)
    {
        List<TableDataObject> dumped = [.. catalog.All<TableDataObject>()];
        if (dumped.Count == 0)
        {
            return;
        }

        uint[] oids = [.. dumped.Select(data => data.Table.Id.Row.Value)];
        foreach ((Oid oid, long pages, long bytes) in session.Query("TableSizes.sql", MapSize, oids))
        {
            TableObject table = catalog.TableOf(oid);
            // Chunks by ctid are only known to mean something in the server's own access method.
            table.HeapPages = table.AccessMethod == "heap" ? pages : 0;
            table.TotalBytes = bytes;
        }

        // Rows in binary are made text by looking at bytes, which an encoding that only clients use does not allow.
        bool isTextOnly = catalog.Selection.Options.TextOnly || TextEncoding.IsClientOnly(session.ClientEncoding);
        PortableTypes types = PortableTypes.Read(session, dumped.SelectMany(data => data.Table.Columns));
        foreach (TableDataObject data in dumped)
        {
            data.Rows = RowsOf(data, types, catalog.Selection.Options, isTextOnly);
        }
    }

    /// <summary>Makes the rows of a referenced table come before those that reference them, where the keys are already there.</summary>
    public static void Order(CatalogSession session, CatalogSet catalog)
    {
        if (!catalog.Selection.Options.WithSchema)
        {
            foreach (ConstraintObject key in catalog.All<ConstraintObject>())
            {
                if (key.Type == 'f')
                {
                    Order(key.Table, catalog.FindTable(key.ReferencedTable));
                }
            }
        }

        if (catalog.All<TableDataObject>().Any(data => data.Table.Extension is not null))
        {
            foreach ((Oid referencing, Oid referenced) in session.Query("ConfigTableKeys.sql", MapPair))
            {
                Order(catalog.FindTable(referencing), catalog.FindTable(referenced));
            }
        }
    }

    private static void AddWanted(CatalogSet catalog, Func<TableObject, bool> takes)
    {
        foreach (TableObject table in catalog.All<TableObject>().ToList())
        {
            if ((table.Wanted & Components.Data) != 0 && takes(table))
            {
                Add(catalog, table);
            }
        }
    }

    private static void Order(TableObject? referencing, TableObject? referenced)
    {
        if (referencing?.Data is { } after && referenced?.Data is { } before)
        {
            after.AddNeed(before);
        }
    }

    private static T Added<T>(CatalogSet catalog, TableObject table, T data)
        where T : CatalogObject
    {
        catalog.Register(data);
        data.Present = Components.Data;
        data.AddNeed(table);
        table.IsInteresting = true;
        return data;
    }

    private static TableRows RowsOf(TableDataObject data, PortableTypes types, DumpSelection options, bool isTextOnly)
    {
        TableObject table = data.Table;
        var columns = new List<RowColumn>(table.Columns.Count);
        bool isPortable = !isTextOnly;
        foreach (TableColumn column in table.Columns)
        {
            if (column.IsDropped || column.Generated != '\0')
            {
                continue;
            }

            columns.Add(new RowColumn(column.Name, column.TypeName));
            column.IsBinaryPortable = types.IsPortable(column.TypeOid);
            isPortable &= column.IsBinaryPortable;
        }

        TableObject? root = RootToLoad(table, options.LoadViaPartitionRoot);
        return new TableRows
        {
            Schema = table.Schema!.Name,
            Table = table.Name,
            LoadInto = root is null ? null : (root.Schema!.Name, root.Name),
            Columns = columns,
            Format = isPortable ? RowFormat.Binary : RowFormat.Text,
            Filter = data.Filter,
            EstimatedBytes = table.TotalBytes,
            HeapPages = table.HeapPages,
            TableEntry = (table.Dumped & Components.Definition) != 0 ? table.DumpId : null,
            Insert = new InsertFacts(
                [.. table.Columns.Where(column => !column.IsDropped).Select(column => StyleOf(column, types))],
                table.Columns.Exists(column => column is { IsDropped: false, Identity: 'a' })),
        };
    }

    // By the type psql would report for the column: the base type of a domain (printtup.c, SendRowDescriptionCols_3).
    private static LiteralStyle StyleOf(TableColumn column, PortableTypes types) =>
        column.Generated != '\0' ? LiteralStyle.Generated : types.BaseOf(column.TypeOid) switch
        {
            20 or 21 or 23 or 26 or 700 or 701 or 1700 => LiteralStyle.Number, // int8 int2 int4 oid float4 float8 numeric
            1560 or 1562 => LiteralStyle.Bits, // bit varbit
            16 => LiteralStyle.Boolean,
            _ => LiteralStyle.Quoted,
        };

    // The partition root where any level above is partitioned by a hash that is not the same on the target
    // (pg_dump.c, forcePartitionRootLoad), or where it was asked for.
    private static TableObject? RootToLoad(TableObject table, bool isForced)
    {
        TableObject root = table;
        while (root.IsPartition && root.Parents.Count > 0)
        {
            root = root.Parents[0];
            isForced |= root.HasEnumHashPartitions;
        }

        return isForced && root != table ? root : null;
    }

    private static (Oid Table, long Pages, long Bytes) MapSize(ref CatalogRow row) => (row.Oid(), row.Int64(), row.Int64());

    private static (Oid Referencing, Oid Referenced) MapPair(ref CatalogRow row) => (row.Oid(), row.Oid());
}
