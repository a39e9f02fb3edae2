using PureDump.Formats.Pg;
using PureDump.Postgres.Ddl;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads indexes with the constraints they serve (pg_dump.c, getIndexes; common.c, flagInhIndexes).</summary>
internal static class Indexes
{
    /// <summary>Has them read meanwhile. Which tables are of interest is known by now.</summary>
    public static void Ask(CatalogAhead? ahead, CatalogSet catalog) => ahead?.Ask("Indexes.sql", MapOf(catalog), Tables(catalog));

    /// <summary>Registers the indexes of the interesting tables, their constraints, and what attaches them to partitioned ones.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var byOid = new Dictionary<Oid, IndexObject>();
        foreach ((IndexObject index, ConstraintObject? constraint) in session.Query("Indexes.sql", MapOf(catalog), Tables(catalog)))
        {
            catalog.Register(index);
            index.Table.Indexes.Add(index);
            byOid.Add(index.Id.Row, index);
            if (constraint is not null)
            {
                catalog.Register(constraint);
                index.Constraint = constraint;
            }
        }

        Define(session, [.. byOid.Values.Where(index => index.Constraint is null)], byOid);
        foreach (IndexObject index in byOid.Values)
        {
            if (index.Table.IsPartition && byOid.TryGetValue(index.ParentIndex, out IndexObject? parent))
            {
                Attach(catalog, index, parent);
            }
        }
    }

    private static uint[] Tables(CatalogSet catalog) =>
        [.. catalog.All<TableObject>().Where(table => table.IsInteresting && table.HasIndexes).Select(table => table.Id.Row.Value)];

    // Looks tables up and registers nothing: it may run while the leader reads on.
    private static RowMap<(IndexObject Index, ConstraintObject? Constraint)> MapOf(CatalogSet catalog)
    {
        return Map;

        (IndexObject Index, ConstraintObject? Constraint) Map(ref CatalogRow row)
        {
            var id = new CatalogId(row.Oid(), row.Oid());
            TableObject table = catalog.FindTable(row.Oid())!;
            var index = new IndexObject
            {
                Id = id,
                Schema = table.Schema,
                Owner = table.Owner,
                Table = table,
                Name = row.Text(),
                RelKind = row.Char(),
                AccessMethod = row.Oid(),
                IsUnique = row.Bool(),
                HasExpressions = row.Bool(),
                OperatorClasses = row.Oids(),
                Collations = row.Oids(),
                ColumnOptions = row.Int16s(),
                Tablespace = row.Text(),
                Options = row.TextsOrNull() ?? [],
                ColumnNumbers = row.Int16s(),
                KeyColumnCount = row.Int16(),
                IsClustered = row.Bool(),
                IsReplicaIdentity = row.Bool(),
                NullsNotDistinct = row.Bool(),
                ParentIndex = row.Oid(),
                StatisticsTargets = [.. row.Int16s().Zip(row.Int16s(), (column, target) => ((int)column, (int)target))],
            };
            char type = row.Char();
            var constraint = new ConstraintObject
            {
                Type = type,
                Id = new CatalogId(row.Oid(), row.Oid()),
                Name = row.Text(),
                Schema = table.Schema,
                Owner = table.Owner,
                Table = table,
                Index = index,
                Definition = row.TextOrNull(),
                IsDeferrable = row.Bool(),
                IsDeferred = row.Bool(),
                HasPeriod = row.Bool(),
                IsSeparate = true,
            };
            return (index, type == '\0' ? null : constraint);
        }
    }

    // The server takes 20 µs for each definition, more than for all else it tells of an index. Most are plain and can be
    // written from what was read.
    private static void Define(CatalogSession session, List<IndexObject> indexes, Dictionary<Oid, IndexObject> byOid)
    {
        if (indexes.Count == 0)
        {
            return;
        }

        var operatorClasses = new DefaultOperatorClasses(session.Query("DefaultOperatorClasses.sql", MapOperatorClass));
        var rest = new List<uint>();
        foreach (IndexObject index in indexes)
        {
            if (IndexText.OfPlain(index, operatorClasses) is { } text)
            {
                index.Definition = text;
            }
            else
            {
                rest.Add(index.Id.Row.Value);
            }
        }

        if (rest.Count > 0)
        {
            foreach ((Oid oid, string definition) in session.Query("IndexDefinitions.sql", MapDefinition, rest.ToArray()))
            {
                byOid[oid].Definition = definition;
            }
        }
    }

    private static (Oid Class, Oid AccessMethod, Oid Type) MapOperatorClass(ref CatalogRow row) => (row.Oid(), row.Oid(), row.Oid());

    private static (Oid Index, string Definition) MapDefinition(ref CatalogRow row) => (row.Oid(), row.Text());

    private static void Attach(CatalogSet catalog, IndexObject index, IndexObject parent)
    {
        IndexAttachObject attach = catalog.Register(new IndexAttachObject
        {
            Name = index.Name,
            Schema = index.Schema,
            Owner = parent.Owner,
            Parent = parent,
            Partition = index,
        });
        attach.AddNeed(index);
        attach.AddNeed(parent);
        // For parallel restores: attaching takes locks on both tables.
        attach.AddNeed(index.Table);
        attach.AddNeed(parent.Table);
        index.Attach = attach;
        parent.PartitionAttaches.Add(attach);
    }
}
