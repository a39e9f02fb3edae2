namespace PureDump.Postgres.Catalog.Objects;

/// <summary>Attaches an index to the index of the partitioned table.</summary>
internal sealed class IndexAttachObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.IndexAttach;

    public required IndexObject Parent { get; init; }

    public required IndexObject Partition { get; init; }
}
