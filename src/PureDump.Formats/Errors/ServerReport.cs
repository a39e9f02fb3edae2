namespace PureDump.Formats.Errors;

/// <summary>
/// What a server said of a statement, field by field (PostgreSQL documentation, "Error and Notice Message Fields"), for
/// who has to print it as libpq does.
/// </summary>
public sealed record ServerReport
{
    /// <summary>ERROR, FATAL or PANIC.</summary>
    public required string Severity { get; init; }

    /// <summary>The primary message.</summary>
    public required string Message { get; init; }

    /// <summary>The secondary message, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>What the server suggests, or null.</summary>
    public string? Hint { get; init; }

    /// <summary>The statement a function ran when it failed, or null.</summary>
    public string? InternalQuery { get; init; }

    /// <summary>The call stack of the server side, one frame a line, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Where in <see cref="Statement"/> the error is: a character index, 1 for the first; 0 where unknown.</summary>
    public int Position { get; init; }

    /// <summary>The same in <see cref="InternalQuery"/>.</summary>
    public int InternalPosition { get; init; }

    /// <summary>What could not be done: <c>could not execute query</c>.</summary>
    public string Action { get; init; } = "could not execute query";

    /// <summary>The text that was sent, or null where rows were on their way.</summary>
    public string? Statement { get; init; }
}
