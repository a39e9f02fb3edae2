namespace PureDump.Postgres.Catalog.Objects;

/// <summary>The contents of a <see cref="LargeObjectGroup"/>.</summary>
internal sealed class LargeObjectDataObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.LargeObjectData;

    public required LargeObjectGroup Group { get; init; }
}
