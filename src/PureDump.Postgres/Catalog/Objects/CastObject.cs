namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A cast (<c>pg_cast</c>). It has no name: the sort uses those of its two types.</summary>
internal sealed class CastObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Cast;

    /// <summary>The type it starts from, as the server prints it.</summary>
    public required string SourceType { get; init; }

    /// <summary>The type it leads to, as the server prints it.</summary>
    public required string TargetType { get; init; }

    /// <summary><c>castmethod</c>: f (function), i (input and output functions) or b (same bytes).</summary>
    public required char Method { get; init; }

    /// <summary><c>castcontext</c>: e (explicit), a (assignment) or i (implicit).</summary>
    public required char Context { get; init; }

    /// <summary>The function of method f, else null.</summary>
    public required RoutineSignature? Function { get; init; }
}
