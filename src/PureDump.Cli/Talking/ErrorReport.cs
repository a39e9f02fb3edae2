using PureDump.Formats.Errors;

namespace PureDump.Cli.Talking;

/// <summary>Writes an error the way the program ends with it.</summary>
internal static class ErrorReport
{
    /// <summary>Writes it.</summary>
    public static void Write(PureDumpException error, bool isJson, TextWriter output, string speaker = "puredump")
    {
        if (isJson)
        {
            JsonEvent.Write(output, "error", fields => JsonEvent.WriteError(fields, error));
        }
        else
        {
            WriteText("error", error, output, speaker);
        }

        if (error.Kind == ErrorKind.Internal)
        {
            output.WriteLine((error.InnerException ?? error).ToString());
        }
    }

    /// <summary>Writes an error as text: the message and the hint, each on lines of its own.</summary>
    public static void WriteText(string label, PureDumpException error, TextWriter output, string speaker = "puredump")
    {
        if (speaker != Verb.Root.Name && error.ClientText is { } text)
        {
            output.WriteLine($"{speaker}: {label}: {text}");
            return;
        }

        output.WriteLine($"{speaker}: {label}: {(speaker == Verb.Root.Name ? Sentence(error) : error.Message)}");
        if (!string.IsNullOrEmpty(error.Hint))
        {
            output.WriteLine($"{speaker}: hint: {error.Hint}");
        }
    }

    // The server's code is what people look up; some messages have it already. The clients of PostgreSQL do not say it.
    private static string Sentence(PureDumpException error) =>
        error.SqlState is null || error.Message.Contains(error.SqlState, StringComparison.Ordinal)
            ? error.Message
            : $"{error.Message} (SQLSTATE {error.SqlState})";
}
