using PureDump.Formats.Errors;

namespace PureDump.Engine.Replay;

/// <summary>
/// What follows <c>\copy</c>: a table or a query in parentheses, FROM or TO, where the rows are, and options (psql's copy.c,
/// parse_slash_copy). Rows of the script and rows that are printed make it a statement; those of a file or a program do not.
/// </summary>
internal static class CopyArguments
{
    /// <summary>The COPY that is sent; null where a file or a program is asked for.</summary>
    /// <param name="line">All of it behind the name.</param>
    /// <param name="hasRows">True where its rows stand behind the line.</param>
    /// <exception cref="PureDumpException">It is none (<see cref="ErrorKind.Usage"/>).</exception>
    public static string? Read(string line, out bool hasRows)
    {
        int at = 0;
        string word = Next(line, ref at);
        if (word.Length == 0)
        {
            throw new PureDumpException(ErrorKind.Usage, "\\copy: arguments required");
        }

        if (word == "(")
        {
            PassParentheses(line, ref at);
            word = Next(line, ref at);
        }
        else
        {
            word = Next(line, ref at);
            while (word == ".")
            {
                Needed(line, ref at);
                word = Next(line, ref at);
            }

            if (word == "(")
            {
                PassParentheses(line, ref at);
                word = Next(line, ref at);
            }
        }

        hasRows = Is(word, "from");
        if (!hasRows && !Is(word, "to"))
        {
            throw Wrong(word);
        }

        string source = line[..(at - word.Length)];
        word = Needed(line, ref at);
        bool isStream = Is(word, "stdin") || Is(word, "stdout");
        return isStream ? $"COPY {source}{(hasRows ? "FROM STDIN" : "TO STDOUT")} {line[at..].Trim()}" : null;
    }

    private static bool Is(string word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private static PureDumpException Wrong(string word) =>
        new(ErrorKind.Usage, word.Length == 0 ? "\\copy: parse error at end of line" : $"\\copy: parse error at \"{word}\"");

    private static string Needed(string line, ref int at) => Next(line, ref at) is { Length: > 0 } word ? word : throw Wrong("");

    // Behind the first one.
    private static void PassParentheses(string line, ref int at)
    {
        for (int depth = 1; depth > 0;)
        {
            string word = Needed(line, ref at);
            depth += word == "(" ? 1 : word == ")" ? -1 : 0;
        }
    }

    // One of . , ( ) or a word up to one of them or a blank, in which quotes hold everything together. Empty at the end.
    private static string Next(string line, ref int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
        {
            at++;
        }

        int start = at;
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
        {
            char letter = line[at];
            if (letter is '.' or ',' or '(' or ')')
            {
                at += at == start ? 1 : 0;
                break;
            }

            bool isEscaping = letter == '\'' && at - start == 1 && line[start] is 'e' or 'E';
            at++;
            if (letter is '\'' or '"')
            {
                PassQuoted(line, letter, isEscaping, ref at);
            }
        }

        return line[start..at];
    }

    private static void PassQuoted(string line, char quote, bool isEscaping, ref int at)
    {
        while (at < line.Length && line[at] != quote)
        {
            at += isEscaping && line[at] == '\\' ? 2 : 1;
        }

        at = Math.Min(at + 1, line.Length);
    }
}
