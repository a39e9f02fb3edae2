namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A schema in a publication, with all its tables (<c>pg_publication_namespace</c>).</summary>
internal sealed class PublicationSchemaObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.PublicationSchema;

    public required PublicationObject Publication { get; init; }

    public required SchemaObject Published { get; init; }
}
