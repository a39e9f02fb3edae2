using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>Reads which databases there are to dump (pg_dumpall.c, dumpDatabases).</summary>
internal static class ClusterDatabases
{
    /// <summary>Those that can be connected to and match none of the patterns.</summary>
    public static List<ClusterDatabase> Read(CatalogSession session, IReadOnlyList<string> excluded)
    {
        HashSet<Oid> left = NamePatterns.Databases(session, excluded);
        return [.. session.Query("ClusterDatabases.sql", Map).Where(row => !left.Contains(row.Oid)).Select(static row => row.Database)];
    }

    private static (Oid Oid, ClusterDatabase Database) Map(ref CatalogRow row) =>
        (row.Oid(), new ClusterDatabase(row.Text(), TypedText.Decode(Convert.FromHexString(row.Text()))));
}
