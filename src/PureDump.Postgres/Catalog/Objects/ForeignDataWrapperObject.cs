namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A foreign-data wrapper (<c>pg_foreign_data_wrapper</c>).</summary>
internal sealed class ForeignDataWrapperObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.ForeignDataWrapper;

    /// <summary>The handler as <c>regproc</c> prints it, or null: then its tables can be made but not read.</summary>
    public required string? Handler { get; init; }

    /// <summary>The validator as <c>regproc</c> prints it, or null.</summary>
    public required string? Validator { get; init; }

    /// <summary>The function that makes connection strings for subscriptions, or null.</summary>
    public required string? Connection { get; init; }

    /// <summary>The options as SQL, one a line; empty where there are none.</summary>
    public required string Options { get; init; }
}
