namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A text search configuration (<c>pg_ts_config</c>).</summary>
internal sealed class TextSearchConfigurationObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.TextSearchConfiguration;

    /// <summary>The bare schema name of its parser.</summary>
    public required string ParserSchema { get; init; }

    /// <summary>The bare name of its parser.</summary>
    public required string Parser { get; init; }

    /// <summary>The dictionaries of each token type, in order; read where the definition is wanted.</summary>
    public List<TextSearchMapping> Mappings { get; } = [];
}

/// <summary>What a configuration does with one type of token.</summary>
/// <param name="Token">The bare name of the token type.</param>
/// <param name="Dictionaries">The dictionaries that are asked one after the other, as <c>regdictionary</c> prints them.</param>
internal sealed record TextSearchMapping(string Token, List<string> Dictionaries);
