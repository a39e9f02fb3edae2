using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump;

/// <summary>
/// The one error type of PureDump. <see cref="Exception.Message"/> is lower case and says what happened, to which
/// object, actual and expected; <see cref="Hint"/> says what to do. Neither ever holds a secret (<see cref="SecretText"/>).
/// </summary>
public sealed class PureDumpException : Exception
{
    /// <summary>An error of <paramref name="kind"/>.</summary>
    /// <param name="kind">What went wrong; decides the exit code.</param>
    /// <param name="message">Lower case, no full stop at the end.</param>
    /// <param name="hint">What the user can do about it, or null.</param>
    /// <param name="inner">The cause, or null.</param>
    public PureDumpException(ErrorKind kind, string message, string? hint = null, Exception? inner = null)
        : base(SecretText.Masked(message), inner)
    {
        Kind = kind;
        Hint = hint is null ? null : SecretText.Masked(hint);
    }

    /// <summary>What went wrong.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What the user can do about it, or null.</summary>
    public string? Hint { get; }

    /// <summary>The SQLSTATE where the error came from a server, else null.</summary>
    public string? SqlState { get; init; }

    /// <summary>What the server said, word for word, where the error came from one and its words are known; else null.</summary>
    internal ServerReport? Report { get; init; }

    /// <summary>
    /// Message and hint in the words of libpq, for the commands that stand for PostgreSQL's own; null where it has no others.
    /// </summary>
    internal string? ClientText
    {
        get;
        init => field = value is null ? null : SecretText.Masked(value);
    }

    /// <summary>The entry of a dump that it is about, or null.</summary>
    internal EntryName? Entry { get; init; }

    /// <summary>This error, with <paramref name="where"/> (an object, a file, an entry) put before its message.</summary>
    internal PureDumpException Named(string where) =>
        new(Kind, $"{where}: {Message}", Hint, this)
        {
            SqlState = SqlState,
            Report = Report,
            ClientText = ClientText is null ? null : $"{where}: {ClientText}",
            Entry = Entry,
        };

    /// <summary>This error, with what the server was asked to do.</summary>
    /// <param name="statement">The text that was sent, or null where rows were on their way.</param>
    /// <param name="action">What could not be done, where that is not to run the statement.</param>
    internal PureDumpException Of(string? statement, string? action = null)
    {
        IReadOnlyList<string> secrets = [];
        if (statement is not null)
        {
            _ = SecretText.MaskedStatement(statement, 0, out _, out secrets);
        }

        return new PureDumpException(
            Kind,
            SecretText.Without(Message, secrets),
            Hint is null ? null : SecretText.Without(Hint, secrets),
            this)
        {
            SqlState = SqlState,
            Report = Report is null ? null : Report.Of(statement) with { Action = action ?? Report.Action },
            ClientText = ClientText is null ? null : SecretText.Without(ClientText, secrets),
            Entry = Entry,
        };
    }

    /// <summary>This error, with what the user can do about it where that is known better; null: as it is.</summary>
    internal PureDumpException Hinted(string? hint) => hint is null
        ? this
        : new PureDumpException(Kind, Message, hint, this) { SqlState = SqlState, Report = Report, ClientText = ClientText, Entry = Entry };

    /// <summary>This error, as one about an entry of a dump, whose label is put before its message where it does not stand there.</summary>
    internal PureDumpException About(EntryName entry)
    {
        PureDumpException named = Message.StartsWith(entry.Label, StringComparison.Ordinal) ? this : Named(entry.Label);
        return new PureDumpException(named.Kind, named.Message, named.Hint, this)
        {
            SqlState = SqlState,
            Report = Report,
            ClientText = named.ClientText,
            Entry = entry,
        };
    }
}
