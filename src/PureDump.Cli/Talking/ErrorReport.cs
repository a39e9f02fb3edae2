using PureDump.Cli.Terminals;
using PureDump.Engine.Replay;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

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
        if (speaker != ShownText.Program && error.ClientText is { } text)
        {
            return ShownText.OfClient($"{speaker}: error: {text}", speaker);
        }

        string[] hints = string.IsNullOrEmpty(error.Hint) ? [] : [$"hint: {error.Hint}"];
        if (speaker is "pg_dump" or "pg_dumpall" && ServersWords(error) is { } report)
        {
            // Whoever put words of its own around the server's names what the query does not: a database, a table with its schema.
            string[] around = error.Report is null ? [$"detail: {error.Message}"] : [];

            // The server's own hint is among its words.
            return Join(speaker, [.. Refused(report), .. around, .. error.Hint == report.Hint ? [] : hints]);
        }

        return Join(speaker, [$"error: {(speaker == ShownText.Program ? Sentence(error) : error.Message)}", .. hints]);
    }

    private static ShownText Join(string speaker, IEnumerable<string> messages) =>
        ShownText.Join(messages.Select(message => ShownText.By(speaker, $"{speaker}: {message}")));

    // What a server said of a statement, under whatever was said around it.
    private static ServerReport? ServersWords(Exception? error) => error switch
    {
        null => null,
        PureDumpException { Report: { Statement: not null } report } => report,
        _ => ServersWords(error.InnerException),
    };

    // In pg_dump's words (pg_backup_db.c, die_on_query_failure; pg_dump.c, dumpTableData_copy).
    private static string[] Refused(ServerReport report)
    {
        string said = ServerMessageText.Of(report);
        return report.HasDefaultAction
            ? [$"error: query failed: {said}", $"detail: Query was: {report.Statement}"]
            : [$"error: {report.Action}", $"detail: Error message from server: {said}", $"detail: Command was: {report.Statement}"];
    }

    // The server's code is what people look up; some messages have it already. The clients of PostgreSQL do not say it.
    private static string Sentence(PureDumpException error) =>
        error.SqlState is null || error.Message.Contains(error.SqlState, StringComparison.Ordinal)
            ? error.Message
            : $"{error.Message} (SQLSTATE {error.SqlState})";
}
