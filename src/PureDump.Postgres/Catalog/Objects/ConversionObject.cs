namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A conversion between encodings (<c>pg_conversion</c>).</summary>
internal sealed class ConversionObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Conversion;

    /// <summary>The name of the encoding it reads.</summary>
    public required string FromEncoding { get; init; }

    /// <summary>The name of the encoding it writes.</summary>
    public required string ToEncoding { get; init; }

    /// <summary>The function as the server prints it.</summary>
    public required string Function { get; init; }

    /// <summary>Whether it is the one the server takes for its encodings.</summary>
    public required bool IsDefault { get; init; }
}
