using System.Text;

namespace PureDump.TestSupport;

/// <summary>
/// What is left of a script where comments, literals, quoted names and rows of COPY are taken out, by psql's rules (psqlscan.l): what psql
/// and the server take for SQL and for commands. Written beside the program's lexer, to look at the same text with other eyes.
/// </summary>
public static class PsqlSkeleton
{
    /// <summary>The rest of a script, blanks as one.</summary>
    public static string Of(string script)
    {
        var rest = new StringBuilder();
        int at = 0;
        int statement = 0;
        while (at < script.Length)
        {
            if (Stands("--"))
            {
                // Only these two end one.
                at = IndexOf(["\n", "\r"], at);
            }
            else if (Stands("/*"))
            {
                int depth = 0;
                do
                {
                    depth += Stands("/*") ? 1 : Stands("*/") ? -1 : 0;
                    at += Stands("/*") || Stands("*/") ? 2 : 1;
                }
                while (depth > 0 && at < script.Length);
            }
            else if (script[at] is '"' or '\'')
            {
                char quote = script[at];
                bool isEscaped = quote == '\'' && at > 0 && script[at - 1] is 'E' or 'e';
                for (at++; at < script.Length && script[at] != quote; at++)
                {
                    at += isEscaped && script[at] == '\\' ? 1 : 0;
                }

                // A doubled quote is two with nothing between them.
                at++;
                if (rest.Length == 0 || rest[^1] != quote)
                {
                    rest.Append(quote);
                }
            }
            else if (script[at] == '$' && DollarTag() is { } tag)
            {
                at = IndexOf([tag], at + tag.Length) + tag.Length;
                rest.Append("$$");
            }
            else if (
                script[at] == ';'
                && rest.ToString(statement, rest.Length - statement) is var text
                && text.Contains("COPY", StringComparison.Ordinal)
                && text.EndsWith("FROM stdin", StringComparison.Ordinal))
            {
                at = IndexOf(["\n\\.\n"], at) + 4;
                rest.Append(";\n");
                statement = rest.Length;
            }
            else
            {
                bool isBlank = script[at] is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';
                if (!isBlank || (rest.Length > 0 && rest[^1] != ' '))
                {
                    rest.Append(isBlank ? ' ' : script[at]);
                }

                statement = script[at] == ';' ? rest.Length : statement;
                at++;
            }
        }

        return rest.ToString();

        bool Stands(string mark) => string.CompareOrdinal(script, at, mark, 0, mark.Length) == 0;

        int IndexOf(string[] marks, int from)
        {
            int[] found =
            [
                .. marks
                    .Select(mark => script.IndexOf(mark, Math.Min(from, script.Length), StringComparison.Ordinal))
                    .Where(static place => place >= 0),
            ];
            return found.Length == 0 ? script.Length : found.Min();
        }

        string? DollarTag()
        {
            int end = at + 1;
            while (end < script.Length && (char.IsLetterOrDigit(script[end]) || script[end] == '_'))
            {
                end++;
            }

            return end < script.Length && script[end] == '$' && (at == 0 || !char.IsLetterOrDigit(script[at - 1]))
                ? script[at..(end + 1)]
                : null;
        }
    }
}
