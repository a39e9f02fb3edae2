using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An operator (<c>pg_operator</c>).</summary>
internal sealed class OperatorObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Operator;

    /// <summary><c>oprkind</c>: b (infix), l (prefix) or r (postfix, up to 13).</summary>
    public required char OperatorKind { get; init; }

    /// <summary><c>oprleft</c>, none for a prefix operator.</summary>
    public required Oid LeftType { get; init; }

    /// <summary><c>oprright</c>, none for a postfix operator.</summary>
    public required Oid RightType { get; init; }

    /// <summary><c>oprcode</c>; none where another operator names this one as its commutator or negator, and it never came.</summary>
    public required Oid Function { get; init; }

    /// <summary>What the CREATE statement needs; null while it was not read (objects that are not dumped).</summary>
    public OperatorDefinition? Definition { get; set; }
}

/// <summary>What CREATE OPERATOR says. Functions and types are as the server prints them; null where there is none.</summary>
internal sealed record OperatorDefinition
{
    /// <summary>With its argument types, as <see cref="Restrict"/> and <see cref="Join"/>.</summary>
    public required string Function { get; init; }

    public required string? LeftType { get; init; }

    public required string? RightType { get; init; }

    /// <summary>Schema and name, bare.</summary>
    public required (string Schema, string Name)? Commutator { get; init; }

    /// <summary>Schema and name, bare.</summary>
    public required (string Schema, string Name)? Negator { get; init; }

    public required bool CanMerge { get; init; }

    public required bool CanHash { get; init; }

    public required string? Restrict { get; init; }

    public required string? Join { get; init; }
}
