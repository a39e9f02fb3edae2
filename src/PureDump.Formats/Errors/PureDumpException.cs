namespace PureDump.Formats.Errors;

/// <summary>
/// The one error type of PureDump. <see cref="Exception.Message"/> is lower case and says what happened, to which
/// object, actual and expected; <see cref="Hint"/> says what to do. Neither ever holds a secret.
/// </summary>
public sealed class PureDumpException : Exception
{
    /// <summary>An error of <paramref name="kind"/>.</summary>
    /// <param name="kind">What went wrong; decides the exit code.</param>
    /// <param name="message">Lower case, no full stop at the end.</param>
    /// <param name="hint">What the user can do about it, or null.</param>
    /// <param name="inner">The cause, or null.</param>
    public PureDumpException(ErrorKind kind, string message, string? hint = null, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Hint = hint;
    }

    /// <summary>What went wrong.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What the user can do about it, or null.</summary>
    public string? Hint { get; }

    /// <summary>The SQLSTATE where the error came from a server, else null.</summary>
    public string? SqlState { get; init; }

    /// <summary>This error, with <paramref name="where"/> (an object, a file, an entry) put before its message.</summary>
    public PureDumpException Named(string where) =>
        new(Kind, $"{where}: {Message}", Hint, this) { SqlState = SqlState };
}
