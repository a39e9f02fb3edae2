using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Cluster;

namespace PureDump.Postgres.Ddl.Cluster;

/// <summary>Tablespaces as SQL (pg_dumpall.c, dumpTablespaces and dropTablespaces).</summary>
internal static class TablespaceDdl
{
    /// <summary>Adds a tablespace, its options, privileges, comment and labels.</summary>
    public static void Emit(ClusterTablespace tablespace, ClusterCatalog catalog, ClusterSelection selection, ClusterTocBuilder toc)
    {
        string name = SqlText.Name(tablespace.Name);
        string target = $"TABLESPACE {name}";

        // One that lies in the data directory has a relative path, which only the server may choose.
        string location = tablespace.Location.StartsWith('/') ? tablespace.Location : "";
        TocEntry entry = ClusterToc.Definition(
            EntryKind.Tablespace,
            tablespace.Name,
            tablespace.Owner,
            $"CREATE {target} OWNER {SqlText.Name(tablespace.Owner)} LOCATION {catalog.Features.Literal(location)};\n") with
        {
            CatalogId = tablespace.Id,
            DropSql = $"DROP {target};\n",
            DropIfExistsSql = $"DROP TABLESPACE IF EXISTS {name};\n",
        };
        DumpId id = toc.Add(entry, toc.Role(tablespace.Owner));
        if (tablespace.Options.Count > 0)
        {
            toc.Add(
                ClusterToc.Definition(
                    EntryKind.TablespaceProperties,
                    tablespace.Name,
                    tablespace.Owner,
                    $"ALTER {target} SET ({string.Join(", ", tablespace.Options)});\n"),
                id);
        }

        if (
            selection.WithPrivileges
            && AclDdl.Statements(tablespace.Acl, "TABLESPACE", name, null, tablespace.Owner) is { Length: > 0 } grants)
        {
            toc.Add(
                ClusterToc.Dependent(EntryKind.Acl, target, tablespace.Owner, grants), [id, .. ClusterAcl.Roles(tablespace.Acl, toc)]);
        }

        ClusterToc.EmitRemarks(entry, target, tablespace.Comment, catalog, selection, toc, id);
    }
}
