namespace PureDump.Postgres.Catalog.Objects;

/// <summary>Attaches a partition, made as a table of its own, to its partitioned table.</summary>
internal sealed class TableAttachObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.TableAttach;

    public required TableObject Parent { get; init; }

    public required TableObject Partition { get; init; }

    /// <summary>The bound with its keywords, e.g. <c>FOR VALUES IN ('a')</c> or <c>DEFAULT</c>.</summary>
    public string Bound { get; set; } = "";
}
