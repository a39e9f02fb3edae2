namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A table in a publication (<c>pg_publication_rel</c>).</summary>
internal sealed class PublicationTableObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.PublicationTable;

    public required PublicationObject Publication { get; init; }

    public required TableObject Table { get; init; }

    /// <summary>The row filter as <c>pg_get_expr</c> prints it, or null.</summary>
    public string? Filter { get; init; }

    /// <summary>The bare names of the published columns; null = all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
}
