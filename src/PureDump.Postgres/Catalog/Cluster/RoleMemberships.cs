namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>Reads who is a member of what (pg_dumpall.c, dumpRoleMembership).</summary>
internal static class RoleMemberships
{
    /// <summary>Ascending by role, member and grantor.</summary>
    public static List<RoleMembership> Read(CatalogSession session) => session.Query("RoleMemberships.sql", Map);

    private static RoleMembership Map(ref CatalogRow row) => new()
    {
        Role = row.TextOrNull(),
        Member = row.TextOrNull(),
        Grantor = row.TextOrNull(),
        RoleOid = row.Oid(),
        MemberOid = row.Oid(),
        GrantorOid = row.Oid(),
        WithAdmin = row.Bool(),
        WithInherit = row.Bool(),
        WithSet = row.Bool(),
    };
}
