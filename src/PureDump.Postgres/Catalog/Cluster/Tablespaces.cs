using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>Reads the tablespaces (pg_dumpall.c, dumpTablespaces).</summary>
internal static class Tablespaces
{
    // pg_tablespace (catalog/pg_tablespace.h).
    private static readonly Oid s_catalog = new(1213);

    /// <summary>In the order in which they were made.</summary>
    public static List<ClusterTablespace> Read(CatalogSession session) => session.Query("Tablespaces.sql", Map);

    private static ClusterTablespace Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(s_catalog, row.Oid()),
        Name = row.Text(),
        Owner = row.Text(),
        Location = row.Text(),
        Options = row.Options(),
        Comment = row.TextOrNull(),
        Acl = new AclFacts(row.TextsOrNull(), row.TextsOrNull() ?? []),
    };
}
