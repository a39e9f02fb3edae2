using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl.Cluster;

/// <summary>Which roles the privileges of a global object speak of.</summary>
internal static class ClusterAcl
{
    /// <summary>The entries of the grantees and grantors.</summary>
    public static IEnumerable<DumpId?> Roles(AclFacts acl, ClusterTocBuilder toc) =>
        (acl.Current ?? []).Select(AclItem.Parse).SelectMany(item => new[] { toc.Role(item.Grantee), toc.Role(item.Grantor) });
}
