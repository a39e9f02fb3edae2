namespace PureDump.Postgres.Catalog;

/// <summary>The REFRESH of a materialized view.</summary>
internal sealed class RefreshObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Refresh;

    public required TableObject View { get; init; }
}
