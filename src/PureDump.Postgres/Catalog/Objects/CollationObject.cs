namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A collation (<c>pg_collation</c>).</summary>
internal sealed class CollationObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Collation;

    /// <summary><c>collencoding</c>: the number of the encoding it is for, -1 = all.</summary>
    public required int Encoding { get; init; }

    /// <summary><c>collprovider</c>: b (builtin), c (libc), d (the database's own) or i (icu).</summary>
    public required char Provider { get; init; }

    public required bool IsDeterministic { get; init; }

    /// <summary>LC_COLLATE of libc, else null.</summary>
    public required string? Collate { get; init; }

    /// <summary>LC_CTYPE of libc, else null.</summary>
    public required string? CharacterType { get; init; }

    /// <summary>The locale of the builtin provider or ICU, else null.</summary>
    public required string? Locale { get; init; }

    /// <summary>ICU's tailoring rules, or null.</summary>
    public required string? Rules { get; init; }
}
