namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A foreign server (<c>pg_foreign_server</c>) with the user mappings that belong to it.</summary>
internal sealed class ForeignServerObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.ForeignServer;

    /// <summary>The bare name of its foreign-data wrapper.</summary>
    public required string Wrapper { get; init; }

    /// <summary><c>srvtype</c>; empty where there is none.</summary>
    public required string Type { get; init; }

    /// <summary><c>srvversion</c>; empty where there is none.</summary>
    public required string Version { get; init; }

    /// <summary>The options as SQL, one a line; empty where there are none.</summary>
    public required string Options { get; init; }

    /// <summary>By user name; read where the definition is wanted.</summary>
    public List<UserMapping> UserMappings { get; } = [];
}

/// <summary>How a user is known to a foreign server.</summary>
/// <param name="User">The bare name of the role, <c>public</c> for everyone.</param>
/// <param name="Options">The options as SQL, one a line; empty where there are none or they may not be seen.</param>
internal readonly record struct UserMapping(string User, string Options);
