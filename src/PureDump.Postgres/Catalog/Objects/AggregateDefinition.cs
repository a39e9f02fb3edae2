namespace PureDump.Postgres.Catalog.Objects;

/// <summary>What CREATE AGGREGATE says. Functions and types are as the server prints them; null where there is none.</summary>
internal sealed record AggregateDefinition : RoutineDefinition
{
    /// <summary><c>aggkind</c>: n, o (ordered-set) or h (hypothetical-set).</summary>
    public required char Kind { get; init; }

    public required AggregateState State { get; init; }

    public required string? Combine { get; init; }

    public required string? Serialize { get; init; }

    public required string? Deserialize { get; init; }

    /// <summary>The state of the moving-aggregate mode, or null.</summary>
    public required AggregateState? MovingState { get; init; }

    /// <summary><c>OPERATOR(schema.name)</c>, or null.</summary>
    public required string? SortOperator { get; init; }

    /// <summary>The planner's support function (19 and later), or null.</summary>
    public required string? Support { get; init; }

    /// <summary><c>proparallel</c>: s, r or u.</summary>
    public required char Parallel { get; init; }
}

/// <summary>One of the two ways an aggregate keeps its state.</summary>
/// <param name="Transition">SFUNC.</param>
/// <param name="Inverse">MINVFUNC; null for the plain mode.</param>
/// <param name="Type">STYPE.</param>
/// <param name="Space">SSPACE in bytes, 0 = not said.</param>
/// <param name="Initial">INITCOND, or null.</param>
/// <param name="Final">FINALFUNC, or null.</param>
/// <param name="FinalTakesExtra">FINALFUNC_EXTRA.</param>
/// <param name="FinalModify">r (read only), s (shareable) or w (read write).</param>
internal sealed record AggregateState(
    string Transition, string? Inverse, string Type, int Space, string? Initial, string? Final, bool FinalTakesExtra, char FinalModify);
