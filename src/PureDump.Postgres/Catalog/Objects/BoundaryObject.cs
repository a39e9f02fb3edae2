namespace PureDump.Postgres.Catalog.Objects;

/// <summary>One of the two nodes of the sort that keep pre-data, data and post-data apart. Never an entry.</summary>
internal sealed class BoundaryObject(bool beforeData) : CatalogObject
{
    public override ObjectKind Kind => beforeData ? ObjectKind.PreDataBoundary : ObjectKind.PostDataBoundary;
}
