using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>What was read of a cluster: the facts of its globals and the names of its databases.</summary>
internal sealed record ClusterCatalog
{
    /// <summary>What is true of the globals as a whole; its database is the one they were read through.</summary>
    public required DumpOrigin Origin { get; init; }

    /// <summary>What the server can do.</summary>
    public required ServerFeatures Features { get; init; }

    /// <summary>Ascending by name.</summary>
    public IReadOnlyList<ClusterRole> Roles { get; init; } = [];

    /// <summary>The settings of <c>ALTER ROLE ALL</c>, each <c>name=value</c>.</summary>
    public IReadOnlyList<string> CommonSettings { get; init; } = [];

    /// <summary>Ascending by role, member and grantor.</summary>
    public IReadOnlyList<RoleMembership> Memberships { get; init; } = [];

    /// <summary>Ascending by name.</summary>
    public IReadOnlyList<ParameterAcl> ParameterAcls { get; init; } = [];

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<ClusterTablespace> Tablespaces { get; init; } = [];

    /// <summary>By catalog row of the role or tablespace.</summary>
    public IReadOnlyDictionary<CatalogId, List<SecurityLabel>> SecurityLabels { get; init; } =
        new Dictionary<CatalogId, List<SecurityLabel>>();

    /// <summary>Those to dump, template1 first, then ascending by name.</summary>
    public IReadOnlyList<ClusterDatabase> Databases { get; init; } = [];
}
