using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>A role.</summary>
internal sealed record ClusterRole
{
    public required CatalogId Id { get; init; }

    public required string Name { get; init; }

    public required bool IsSuperuser { get; init; }

    public required bool Inherits { get; init; }

    public required bool CreatesRoles { get; init; }

    public required bool CreatesDatabases { get; init; }

    public required bool CanLogIn { get; init; }

    public required bool Replicates { get; init; }

    public required bool BypassesRowSecurity { get; init; }

    /// <summary>-1 = none.</summary>
    public required int ConnectionLimit { get; init; }

    /// <summary>As the server prints it; null = for ever.</summary>
    public required string? ValidUntil { get; init; }

    public required string? Comment { get; init; }

    /// <summary>The hash; null where there is none, or where it is not to be dumped.</summary>
    public string? Password { get; init; }

    /// <summary>Each <c>name=value</c>, in all databases.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
