namespace PureDump.Postgres.Catalog;

/// <summary>A schema (<c>pg_namespace</c>).</summary>
internal sealed class SchemaObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Schema;

    /// <summary>What the selection wants of the objects in it.</summary>
    public Components WantedInside { get; set; }

    /// <summary>True for <c>public</c>, which every new database has: never created, only adjusted.</summary>
    public bool IsPublic => Name == "public";
}
