namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An access method (<c>pg_am</c>). It has neither schema nor owner.</summary>
internal sealed class AccessMethodObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.AccessMethod;

    /// <summary><c>amtype</c>: i (index) or t (table).</summary>
    public required char MethodType { get; init; }

    /// <summary>The handler function as the server prints it.</summary>
    public required string Handler { get; init; }
}
