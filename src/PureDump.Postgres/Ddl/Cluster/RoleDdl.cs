using System.Globalization;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Ddl.Cluster;

/// <summary>Roles as SQL (pg_dumpall.c, dumpRoles, dropRoles and dumpUserConfig).</summary>
internal static class RoleDdl
{
    /// <summary>Adds a role, its properties, comment and labels.</summary>
    public static void Emit(ClusterRole role, ClusterCatalog catalog, ClusterSelection selection, ClusterTocBuilder toc)
    {
        string name = SqlText.Name(role.Name);
        TocEntry entry = ClusterToc.Definition(EntryKind.Role, role.Name, null, $"CREATE ROLE {name};\n") with
        {
            CatalogId = role.Id,
            DropSql = $"DROP ROLE {name};\n",
            DropIfExistsSql = $"DROP ROLE IF EXISTS {name};\n",
        };
        DumpId id = toc.AddRole(role.Name, entry);

        // A statement of its own, so that a role that is there already gets the same properties.
        toc.Add(ClusterToc.Definition(EntryKind.RoleProperties, role.Name, null, PropertiesSql(name, role, catalog.Features)), id);
        ClusterToc.EmitRemarks(entry, $"ROLE {name}", role.Comment, catalog, selection, toc, id);
    }

    /// <summary>Adds the settings of a role, where it has some.</summary>
    public static void EmitSettings(ClusterRole role, ClusterCatalog catalog, ClusterTocBuilder toc)
    {
        string sql = SettingsSql(SqlText.Name(role.Name), role.Settings, catalog.Features);
        if (sql.Length > 0)
        {
            toc.Add(ClusterToc.Definition(EntryKind.RoleSettings, role.Name, null, sql), toc.Role(role.Name));
        }
    }

    /// <summary>Adds the settings of <c>ALTER ROLE ALL</c>: an entry that needs no role. pg_dumpall loses them.</summary>
    public static void EmitCommonSettings(ClusterCatalog catalog, ClusterTocBuilder toc)
    {
        string sql = SettingsSql("ALL", catalog.CommonSettings, catalog.Features);
        if (sql.Length > 0)
        {
            toc.Add(ClusterToc.Definition(EntryKind.RoleSettings, "", null, sql));
        }
    }

    private static string PropertiesSql(string name, ClusterRole role, ServerFeatures features)
    {
        var sql = new StringBuilder($"ALTER ROLE {name} WITH");
        Append(role.IsSuperuser, "SUPERUSER");
        Append(role.Inherits, "INHERIT");
        Append(role.CreatesRoles, "CREATEROLE");
        Append(role.CreatesDatabases, "CREATEDB");
        Append(role.CanLogIn, "LOGIN");
        Append(role.Replicates, "REPLICATION");
        Append(role.BypassesRowSecurity, "BYPASSRLS");
        if (role.ConnectionLimit != -1)
        {
            sql.Append(CultureInfo.InvariantCulture, $" CONNECTION LIMIT {role.ConnectionLimit}");
        }

        if (role.Password is not null)
        {
            sql.Append($" PASSWORD {features.Literal(role.Password)}");
        }

        if (role.ValidUntil is not null)
        {
            sql.Append($" VALID UNTIL {SqlText.Literal(role.ValidUntil)}");
        }

        return sql.Append(";\n").ToString();

        void Append(bool has, string attribute) => sql.Append(has ? " " : " NO").Append(attribute);
    }

    private static string SettingsSql(string role, IReadOnlyList<string> settings, ServerFeatures features)
    {
        var sql = new StringBuilder();
        foreach (string setting in settings)
        {
            if (SettingDdl.Assignment(setting, features.Literal) is { } assignment)
            {
                sql.Append($"ALTER ROLE {role} SET {assignment};\n");
            }
        }

        return sql.ToString();
    }
}
