namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A text search dictionary (<c>pg_ts_dict</c>).</summary>
internal sealed class TextSearchDictionaryObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.TextSearchDictionary;

    /// <summary>The bare schema name of its template.</summary>
    public required string TemplateSchema { get; init; }

    /// <summary>The bare name of its template.</summary>
    public required string Template { get; init; }

    /// <summary><c>dictinitoption</c>: stored as the SQL it stands for; null where there are none.</summary>
    public required string? Options { get; init; }
}
