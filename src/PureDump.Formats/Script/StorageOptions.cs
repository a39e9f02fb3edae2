using System.Text;

namespace PureDump.Formats.Script;

/// <summary>
/// Takes the storage parameters out of a statement that makes a relation, so that one that a server does not know costs that parameter
/// and not the relation. What is read is pg_dump's text, or anybody's: where the clause cannot be told the statement stays whole.
/// </summary>
/// <remarks>
/// An option that begins with <c>pg_</c> is never written: PostgreSQL 15.20 and its siblings keep <c>pg_attver</c> with every column; no
/// other server takes it.
/// </remarks>
internal static class StorageOptions
{
    /// <summary>Cuts the first <c>WITH (…)</c> that stands outside quotes and parentheses.</summary>
    /// <param name="statement">One statement, e.g. <c>CREATE TABLE t (a int) WITH (fillfactor='70', toast.x='1')</c>.</param>
    /// <param name="options">The parameters one by one, as they stand there.</param>
    /// <returns>The statement without the clause; null where there is none.</returns>
    public static string? Without(string statement, out IReadOnlyList<string> options)
    {
        options = [];
        int depth = 0;
        int at = 0;
        while (at < statement.Length)
        {
            char letter = statement[at];
            if (EndOfQuoted(statement, at) is int end and > 0)
            {
                at = end;
                continue;
            }

            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth == 0 && IsWith(statement, at) && OpenOf(statement, at + 4) is int open and > 0)
            {
                return Cut(statement, at, open, out options);
            }

            at++;
        }

        return null;
    }

    private static string? Cut(string statement, int with, int open, out IReadOnlyList<string> options)
    {
        var found = new List<string>();
        options = found;
        int from = open + 1;
        int depth = 1;
        for (int at = from; at < statement.Length;)
        {
            if (EndOfQuoted(statement, at) is int end and > 0)
            {
                at = end;
                continue;
            }

            char letter = statement[at];
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth == 0 || (depth == 1 && letter == ','))
            {
                found.Add(statement[from..at].Trim());
                from = at + 1;
            }

            if (depth == 0)
            {
                return new StringBuilder(statement.Length)
                    .Append(statement.AsSpan(0, with).TrimEnd())
                    .Append(' ')
                    .Append(statement.AsSpan(at + 1).TrimStart())
                    .ToString();
            }

            at++;
        }

        return null;
    }

    private static bool IsWith(string text, int at) =>
        string.Compare(text, at, "WITH", 0, 4, StringComparison.OrdinalIgnoreCase) == 0
        && (at == 0 || !IsWord(text[at - 1]))
        && at + 4 < text.Length && !IsWord(text[at + 4]);

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$';

    // Where the parenthesis stands that follows; 0 where something else does.
    private static int OpenOf(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length && text[at] == '(' ? at : 0;
    }

    // Behind the literal, the quoted name or the comment that begins here; 0 where none does.
    private static int EndOfQuoted(string text, int at)
    {
        char mark = text[at];
        if (mark is '\'' or '"')
        {
            bool hasEscapes = mark == '\'' && at > 0 && text[at - 1] is 'E' or 'e' && (at == 1 || !IsWord(text[at - 2]));
            for (int i = at + 1; i < text.Length; i++)
            {
                if (hasEscapes && text[i] == '\\')
                {
                    i++;
                }
                else if (text[i] == mark)
                {
                    return i + 1;
                }
            }

            return text.Length;
        }

        if (mark == '-' && at + 1 < text.Length && text[at + 1] == '-')
        {
            int end = text.IndexOf('\n', at);
            return end < 0 ? text.Length : end + 1;
        }

        return 0;
    }
}
