namespace PureDump.Postgres.Catalog.Objects;

/// <summary>The REFRESH of a materialized view.</summary>
internal sealed class RefreshObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Refresh;

    public required TableObject View { get; init; }

    /// <summary>False where the view, or a materialized view under it, holds no rows: then it is not refreshed either.</summary>
    public required bool IsPopulated { get; set; }
}
