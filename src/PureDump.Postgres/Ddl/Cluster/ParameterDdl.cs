using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Cluster;

namespace PureDump.Postgres.Ddl.Cluster;

/// <summary>Privileges on configuration parameters as SQL (pg_dumpall.c, dumpRoleGUCPrivs).</summary>
internal static class ParameterDdl
{
    /// <summary>Adds the privileges on one parameter.</summary>
    public static void Emit(ParameterAcl parameter, ClusterTocBuilder toc)
    {
        string name = SqlText.Name(parameter.Name);
        string sql = AclDdl.Statements(parameter.Acl, "PARAMETER", name, null, parameter.Owner);
        if (sql.Length > 0)
        {
            toc.Add(ClusterToc.Dependent(EntryKind.Acl, $"PARAMETER {name}", parameter.Owner, sql), ClusterAcl.Roles(parameter.Acl, toc));
        }
    }
}
