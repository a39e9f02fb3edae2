namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A schema (<c>pg_namespace</c>).</summary>
internal sealed class SchemaObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Schema;

    /// <summary>What the selection wants of the objects in it.</summary>
    public Components WantedInside { get; set; }

    /// <summary>True for <c>public</c>, which every new database has.</summary>
    public bool IsPublic => Name == "public";

    /// <summary>False where the target has it already and it is only adjusted: <c>public</c>, unless asked for by name.</summary>
    public bool IsCreated { get; set; } = true;
}
