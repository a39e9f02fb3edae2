using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>A tablespace.</summary>
internal sealed record ClusterTablespace
{
    public required CatalogId Id { get; init; }

    public required string Name { get; init; }

    public required string Owner { get; init; }

    /// <summary>The directory; relative for one that lies in the data directory.</summary>
    public required string Location { get; init; }

    /// <summary>As <c>name=value</c>.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    public required string? Comment { get; init; }

    public required AclFacts Acl { get; init; }
}
