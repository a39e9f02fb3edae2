namespace PureDump.Postgres.Catalog.Objects;

/// <summary>The default or generation expression of a column (<c>pg_attrdef</c>). Its name is the table's.</summary>
internal sealed class DefaultObject : CatalogObject
{
    /// <summary>The expression that keeps a parent's default away from a column that has none.</summary>
    public const string Null = "NULL";

    public override ObjectKind Kind => ObjectKind.Default;

    public required TableObject Table { get; init; }

    /// <summary><c>adnum</c>.</summary>
    public required int ColumnNumber { get; init; }

    public required string Expression { get; init; }

    /// <summary>True where it gets an ALTER TABLE of its own instead of standing in CREATE TABLE.</summary>
    public bool IsSeparate { get; set; }
}
