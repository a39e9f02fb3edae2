using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A constraint of a table or a domain (<c>pg_constraint</c>); foreign keys sort later than the others.</summary>
internal sealed class ConstraintObject : CatalogObject
{
    public override ObjectKind Kind => Type == 'f' ? ObjectKind.ForeignKey : ObjectKind.Constraint;

    /// <summary><c>contype</c>: c, n, p, u, x or f.</summary>
    public required char Type { get; init; }

    /// <summary>The table, or null for domain constraints.</summary>
    public TableObject? Table { get; init; }

    /// <summary>The domain, or null for table constraints.</summary>
    public TypeObject? Domain { get; init; }

    /// <summary><c>pg_get_constraintdef</c>; for primary and unique keys null, they are put together from the index.</summary>
    public string? Definition { get; init; }

    /// <summary>The index of a primary, unique or exclusion constraint.</summary>
    public IndexObject? Index { get; set; }

    /// <summary><c>confrelid</c> of foreign keys.</summary>
    public Oid ReferencedTable { get; init; }

    public bool IsDeferrable { get; init; }

    public bool IsDeferred { get; init; }

    /// <summary><c>conperiod</c>: WITHOUT OVERLAPS.</summary>
    public bool HasPeriod { get; init; }

    /// <summary><c>conislocal</c>.</summary>
    public bool IsLocal { get; init; } = true;

    /// <summary><c>convalidated</c>.</summary>
    public bool IsValidated { get; init; } = true;

    /// <summary>True where it gets an ALTER of its own instead of standing in its table or domain.</summary>
    public bool IsSeparate { get; set; }
}
