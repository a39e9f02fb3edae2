using PureDump.Formats.Sql;

namespace PureDump.Formats.Errors;

/// <summary>
/// What a server said of a statement, field by field (PostgreSQL documentation, "Error and Notice Message Fields"), for
/// who has to print it as libpq does.
/// </summary>
internal sealed record ServerReport
{
    private const string DefaultAction = "could not execute query";

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
    public string Action { get; init; } = DefaultAction;

    /// <summary>Nobody has said what could not be done, but that it was a statement.</summary>
    public bool HasDefaultAction => Action == DefaultAction;

    /// <summary>The text that was sent, without the secrets in it, or null where rows were on their way.</summary>
    public string? Statement { get; init; }

    /// <summary>
    /// This report as one of <paramref name="statement"/>: what the statement keeps secret is taken out of it and of all that the
    /// server said, and <see cref="Position"/> moves along.
    /// </summary>
    public ServerReport Of(string? statement)
    {
        if (statement is null)
        {
            return this with { Statement = null };
        }

        string masked = SecretText.MaskedStatement(statement, Position, out int position, out IReadOnlyList<string> secrets);
        return this with
        {
            Statement = masked,
            Position = position,
            Message = SecretText.Without(Message, secrets),
            Detail = Without(Detail),
            Hint = Without(Hint),
            InternalQuery = Without(InternalQuery),
            Where = Without(Where),
        };

        string? Without(string? text) => text is null ? null : SecretText.Without(text, secrets);
    }

    /// <summary>What was said of a statement that did not fail, as a warning of ours: a severity is said where it is another.</summary>
    public string ToWarning()
    {
        string severity = Severity == "WARNING" ? "" : $"{Severity.ToLowerInvariant()}: ";
        string detail = Detail is null ? "" : $"\ndetail: {Detail}";
        string hint = Hint is null ? "" : $"\nhint: {Hint}";
        return $"{severity}{Message}{detail}{hint}";
    }

    /// <summary>This report without the secrets that a statement which the server quotes in it may hold.</summary>
    public ServerReport Masked()
    {
        int internalPosition = InternalPosition;
        string? query = InternalQuery is null
            ? null
            : SecretText.MaskedStatement(InternalQuery, InternalPosition, out internalPosition, out _);
        return this with
        {
            Message = SecretText.Masked(Message),
            Detail = Detail is null ? null : SecretText.Masked(Detail),
            Hint = Hint is null ? null : SecretText.Masked(Hint),
            InternalQuery = query,
            InternalPosition = internalPosition,
            Where = Where is null ? null : SecretText.Masked(Where),
        };
    }
}
