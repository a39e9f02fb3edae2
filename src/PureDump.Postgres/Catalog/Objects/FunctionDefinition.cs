namespace PureDump.Postgres.Catalog.Objects;

/// <summary>What CREATE FUNCTION or CREATE PROCEDURE says. Texts are the server's, quoted and qualified where needed.</summary>
internal sealed record FunctionDefinition : RoutineDefinition
{
    /// <summary><c>prokind</c>: f, p or w.</summary>
    public required char Kind { get; init; }

    /// <summary><c>pg_get_function_result</c>; null for procedures.</summary>
    public required string? Result { get; init; }

    /// <summary>The bare name of the language.</summary>
    public required string Language { get; init; }

    public required IReadOnlyList<string> TransformTypes { get; init; }

    /// <summary><c>provolatile</c>: i, s or v.</summary>
    public required char Volatility { get; init; }

    public required bool IsStrict { get; init; }

    public required bool IsSecurityDefiner { get; init; }

    public required bool IsLeakproof { get; init; }

    public required string Cost { get; init; }

    public required bool ReturnsSet { get; init; }

    public required string Rows { get; init; }

    /// <summary>The planner's support function, or null.</summary>
    public required string? Support { get; init; }

    /// <summary><c>proparallel</c>: s, r or u.</summary>
    public required char Parallel { get; init; }

    /// <summary><c>proconfig</c>: <c>name=value</c>.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>The SQL-standard body (<c>RETURN …</c> or <c>BEGIN ATOMIC … END</c>), or null.</summary>
    public required string? SqlBody { get; init; }

    /// <summary><c>probin</c>: the library of a C function, or null.</summary>
    public required string? Library { get; init; }

    /// <summary><c>prosrc</c>: the body, or the name of the C or internal function.</summary>
    public required string Source { get; init; }
}
