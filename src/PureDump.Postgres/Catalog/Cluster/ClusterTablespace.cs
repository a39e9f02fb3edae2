using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>A tablespace.</summary>
internal sealed record ClusterTablespace
{
    public required CatalogId Id { get; init; }

    public required string Name { get; init; }

    public required string Owner { get; init; }

    /// <summary>The directory; relative for one that lies in the data directory.</summary>
    public required string Location { get; init; }

    /// <summary><c>name=value, …</c>, or null.</summary>
    public required string? Options { get; init; }

    public required string? Comment { get; init; }

    public required AclFacts Acl { get; init; }
}
