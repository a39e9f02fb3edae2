namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A row security policy (<c>pg_policy</c>), or with <see cref="Command"/> NUL the table's ENABLE itself.</summary>
internal sealed class PolicyObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Policy;

    public required TableObject Table { get; init; }

    /// <summary><c>polcmd</c>: '*', 'r', 'a', 'w' or 'd'; NUL for ROW SECURITY.</summary>
    public char Command { get; init; }

    public bool IsPermissive { get; init; } = true;

    /// <summary>The roles as SQL (quoted, comma-separated); null = PUBLIC.</summary>
    public string? Roles { get; init; }

    public string? Using { get; init; }

    public string? WithCheck { get; init; }
}
