namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A text search template (<c>pg_ts_template</c>). Functions as <c>regproc</c> prints them.</summary>
internal sealed class TextSearchTemplateObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.TextSearchTemplate;

    /// <summary>Null where the template has none.</summary>
    public required string? Init { get; init; }

    public required string Lexize { get; init; }
}
