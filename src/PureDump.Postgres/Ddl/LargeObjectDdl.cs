using System.Text;
using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Large objects as SQL (pg_dump.c, dumpLO; pg_backup_archiver.c, _printTocEntry for BLOB METADATA).</summary>
internal static class LargeObjectDdl
{
    /// <summary>Adds the entries that make a group of large objects, and their comments and privileges.</summary>
    public static void Emit(LargeObjectGroup group, DdlContext context)
    {
        if (group.Emits(Components.Definition))
        {
            context.Toc.Add(group, new TocEntry
            {
                Id = group.DumpId,
                CatalogId = group.Id,
                Kind = EntryKind.LargeObjectMetadata,
                Name = group.Name,
                Owner = group.Owner,
                Section = Section.Data,
                CreateSql = Lines(group.Oids, oid => $"SELECT pg_catalog.lo_create('{oid}');\n"),
                DropSql = Lines(group.Oids, oid => $"SELECT pg_catalog.lo_unlink('{oid}');\n"),
                DropIfExistsSql = Lines(
                    group.Oids,
                    oid => $"SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '{oid}';\n"),
                OwnerTarget = "LARGE OBJECT",
                LargeObjectOids = group.Oids,
            });
        }

        foreach (uint oid in group.Oids)
        {
            string target = $"LARGE OBJECT {oid}";
            CommentDdl.Emit(group, target, target, LargeObjects.IdOf(oid), 0, null, context);
            SecurityLabelDdl.Emit(group, target, target, LargeObjects.IdOf(oid), context);
        }

        EmitPrivileges(group, context);
    }

    /// <summary>Adds the entry of the contents of a group.</summary>
    public static void EmitData(LargeObjectDataObject data, DdlContext context)
    {
        if (data.Emits(Components.Data))
        {
            context.Toc.Add(data, new TocEntry
            {
                Id = data.DumpId,
                Kind = EntryKind.LargeObjects,
                Name = data.Name,
                Owner = data.Owner,
                Section = Section.Data,
                LargeObjectOids = data.Group.Oids,
            });
        }
    }

    // pg_dump stores the statements of the first object and lets pg_restore repeat them; here they stand for each.
    private static void EmitPrivileges(LargeObjectGroup group, DdlContext context)
    {
        if (group.Acl is not { } acl || !AclDdl.IsWanted(group, context))
        {
            return;
        }

        string sql = Lines(group.Oids, oid => AclDdl.Statements(acl, "LARGE OBJECT", $"{oid}", null, group.Owner));
        string tag = group.Oids.Count == 1 ? $"LARGE OBJECT {group.Name}" : $"LARGE OBJECTS {group.Name}";
        AclDdl.Add(group, tag, sql, [group.DumpId], context);
    }

    private static string Lines(IReadOnlyList<uint> oids, Func<uint, string> line) =>
        oids.Aggregate(new StringBuilder(), (sql, oid) => sql.Append(line(oid))).ToString();
}
