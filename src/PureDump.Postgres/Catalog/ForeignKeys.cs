using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads foreign keys (pg_dump.c, getConstraints). Indexes must have been read.</summary>
internal static class ForeignKeys
{
    /// <summary>Registers the foreign keys of the tables whose definition is wanted.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        // A foreign key comes with triggers, but for those of a partitioned table and those that are not enforced.
        bool hasQuietKeys = session.Features.HasNotEnforcedConstraints;
        uint[] tables =
        [
            .. catalog.All<TableObject>()
                .Where(table => table.RelKind is 'r' or 'p' && (table.Wanted & Components.Definition) != 0
                    && (hasQuietKeys || table.HasTriggers || table.RelKind == 'p'))
                .Select(table => table.Id.Row.Value),
        ];
        (ConstraintObject Key, Oid Index) Map(ref CatalogRow row)
        {
            var id = new CatalogId(row.Oid(), row.Oid());
            TableObject table = catalog.TableOf(row.Oid());
            return (
                new ConstraintObject
                {
                    Id = id,
                    Schema = table.Schema,
                    Owner = table.Owner,
                    Table = table,
                    Type = 'f',
                    Name = row.Text(),
                    Definition = row.Text(),
                    ReferencedTable = row.Oid(),
                    IsSeparate = true,
                },
                row.Oid());
        }

        foreach ((ConstraintObject key, Oid indexOid) in session.Query("ForeignKeys.sql", Map, tables))
        {
            catalog.Register(key);
            if (catalog.FindTable(key.ReferencedTable) is { RelKind: 'p' } referenced
                && referenced.Indexes.Find(index => index.Id.Row == indexOid) is { } index)
            {
                NeedAttaches(key, index);
            }
        }
    }

    // The index of a partitioned table is valid, and can be referenced, once all partitions' indexes are attached.
    private static void NeedAttaches(ConstraintObject key, IndexObject index)
    {
        foreach (IndexAttachObject attach in index.PartitionAttaches)
        {
            key.AddNeed(attach);
            NeedAttaches(key, attach.Partition);
        }
    }
}
