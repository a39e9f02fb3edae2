namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A text search parser (<c>pg_ts_parser</c>). Functions as <c>regproc</c> prints them.</summary>
internal sealed class TextSearchParserObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.TextSearchParser;

    public required string Start { get; init; }

    public required string GetToken { get; init; }

    public required string End { get; init; }

    /// <summary>Null where the parser has none.</summary>
    public required string? Headline { get; init; }

    public required string LexTypes { get; init; }
}
