using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Default privileges as SQL (pg_dump.c, dumpDefaultACL; dumputils.c, buildDefaultACLCommands).</summary>
internal static class DefaultAclDdl
{
    /// <summary>Adds the entry of one row of <c>pg_default_acl</c>.</summary>
    public static void Emit(DefaultAclObject item, DdlContext context)
    {
        if (!AclDdl.IsWanted(item, context) || item.Acl is not { } acl)
        {
            return;
        }

        string type = item.ObjectType switch
        {
            'r' => "TABLES",
            'S' => "SEQUENCES",
            'f' => "FUNCTIONS",
            'T' => "TYPES",
            'n' => "SCHEMAS",
            'L' => "LARGE OBJECTS",
            _ => throw new PureDumpException(
                ErrorKind.Catalog,
                $"the default privileges of the role {item.Owner} are for objects of the unknown type '{item.ObjectType}'"),
        };
        string scope = item.Schema is null ? "" : $"IN SCHEMA {SqlText.Name(item.Schema.Name)} ";
        string prefix = $"ALTER DEFAULT PRIVILEGES FOR ROLE {SqlText.Name(item.Owner!)} {scope}";
        context.Toc.Add(item, new TocEntry
        {
            Id = item.DumpId,
            CatalogId = item.Id,
            Kind = EntryKind.DefaultAcl,
            Schema = item.Schema?.Name,
            Name = $"DEFAULT PRIVILEGES FOR {type}",
            Owner = item.Owner,
            Section = Section.PostData,
            CreateSql = AclDdl.Statements(acl, type, "", null, item.Owner, prefix),
        });
    }
}
