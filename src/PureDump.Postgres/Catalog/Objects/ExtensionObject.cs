namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An installed extension (<c>pg_extension</c>).</summary>
internal sealed class ExtensionObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Extension;

    /// <summary>The bare name of the schema it was installed into.</summary>
    public required string SchemaName { get; init; }

    /// <summary>The installed version.</summary>
    public required string Version { get; init; }

    /// <summary>The oids of its configuration tables and sequences, parallel to <see cref="ConfigConditions"/>.</summary>
    public IReadOnlyList<uint> ConfigRelations { get; init; } = [];

    /// <summary>A <c>WHERE …</c> per configuration relation, or an empty string.</summary>
    public IReadOnlyList<string> ConfigConditions { get; init; } = [];

    /// <summary>What the selection wants of its members.</summary>
    public Components WantedInside { get; set; }
}
