namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A rewrite rule (<c>pg_rewrite</c>); a view's ON SELECT rule is its query.</summary>
internal sealed class RuleObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Rule;

    public required TableObject Table { get; init; }

    /// <summary><c>ev_type</c>: '1' = select, '2' = update, '3' = insert, '4' = delete.</summary>
    public required char Event { get; init; }

    public required bool IsInstead { get; init; }

    /// <summary><c>ev_enabled</c>: O, D, R or A.</summary>
    public required char Enabled { get; init; }

    /// <summary>False for the ON SELECT rule that is part of its view.</summary>
    public bool IsSeparate { get; set; } = true;

    /// <summary><c>pg_get_ruledef</c>.</summary>
    public string Definition { get; set; } = "";
}
