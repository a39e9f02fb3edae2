namespace PureDump.Postgres.Catalog.Objects;

/// <summary>Large objects of one owner with the same privileges, at most 1000 of them.</summary>
internal sealed class LargeObjectGroup : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.LargeObject;

    /// <summary>Ascending.</summary>
    public required IReadOnlyList<uint> Oids { get; init; }
}
