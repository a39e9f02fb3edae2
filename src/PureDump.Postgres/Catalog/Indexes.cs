using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

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
        List<(IndexObject Index, ConstraintObject? Constraint)> indexes = session.Query("Indexes.sql", MapOf(catalog), Tables(catalog));
        indexes.Sort(static (x, y) => x.Index.Table != y.Index.Table
            ? x.Index.Table.Id.Row.CompareTo(y.Index.Table.Id.Row)
            : string.CompareOrdinal(x.Index.Name, y.Index.Name));
        foreach ((IndexObject index, ConstraintObject? constraint) in indexes)
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
            TableObject table = catalog.TableOf(row.Oid());
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
                Options = row.Options(),
                ColumnNumbers = row.Int16s(),
                KeyColumnCount = row.Int16(),
                IsClustered = row.Bool(),
                IsReplicaIdentity = row.Bool(),
                NullsNotDistinct = row.Bool(),
                ParentIndex = row.Oid(),
                StatisticsTargets = Targets(row.Int16s(), row.Int16s()),
            };
            char type = row.Char();
            var constraintId = new CatalogId(row.Oid(), row.Oid());
            string name = row.Text();
            string? definition = row.TextOrNull();
            (bool isDeferrable, bool isDeferred, bool hasPeriod) = (row.Bool(), row.Bool(), row.Bool());
            return (index, type == '\0' ? null : new ConstraintObject
            {
                Type = type,
                Id = constraintId,
                Name = name,
                Schema = table.Schema,
                Owner = table.Owner,
                Table = table,
                Index = index,
                Definition = definition,
                IsDeferrable = isDeferrable,
                IsDeferred = isDeferred,
                HasPeriod = hasPeriod,
                IsSeparate = true,
            });
        }
    }

    private static (int Column, int Target)[] Targets(short[] columns, short[] targets) =>
        columns.Length == 0 ? [] : [.. columns.Zip(targets, static (column, target) => ((int)column, (int)target))];

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
        parent.AddPartitionAttach(attach);
    }
}
