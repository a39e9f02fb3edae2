using PureDump.Formats.Errors;
using PureDump.Formats.Script;

namespace PureDump.Cli.Talking;

/// <summary>Writes an error the way the program ends with it.</summary>
internal static class ErrorReport
{
    /// <summary>Writes it.</summary>
    public static void Write(PureDumpException error, bool isJson, TalkOutput output, string speaker = "puredump")
    {
        if (isJson)
        {
            JsonEvent.Write(output.Raw, "error", fields => JsonEvent.WriteError(fields, error));
        }
        else
        {
            output.WriteLine(TextOf(error, speaker));
        }

        if (error.Kind == ErrorKind.Internal)
        {
            output.WriteLine(ShownText.Of(SecretText.Masked((error.InnerException ?? error).ToString())));
        }
    }

    /// <summary>An error as text: the message and the hint, each on lines of its own.</summary>
    public static ShownText TextOf(PureDumpException error, string speaker = "puredump")
    {
        if (speaker != Verb.Root.Name && error.ClientText is { } text)
        {
            return ShownText.OfClient($"{speaker}: error: {text}", speaker);
        }

        ShownText message = ShownText.By(speaker, $"{speaker}: error: {(speaker == Verb.Root.Name ? Sentence(error) : error.Message)}");
        return string.IsNullOrEmpty(error.Hint) ? message : ShownText.Join([message, ShownText.By(speaker, $"{speaker}: hint: {error.Hint}")]);
    }

    // The server's code is what people look up; some messages have it already. The clients of PostgreSQL do not say it.
    private static string Sentence(PureDumpException error) =>
        error.SqlState is null || error.Message.Contains(error.SqlState, StringComparison.Ordinal)
            ? error.Message
            : $"{error.Message} (SQLSTATE {error.SqlState})";
}
