using System.Text.RegularExpressions;
using PureDump.Engine.Sinks;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Sinks;

/// <summary>
/// Finds the commands in statements of an archive that begin or end a transaction, or a part of one. Where everything is in one transaction
/// they are not sent: the server says only afterwards what they have done, and <c>COMMIT AND CHAIN</c> leaves it as if nothing were.
/// </summary>
internal static partial class TransactionCommands
{
    /// <summary>The first of them.</summary>
    /// <param name="sql">Statements of an entry.</param>
    /// <param name="origin">Says the encoding and how strings are written.</param>
    /// <returns>Its first word in upper case; null where there is none.</returns>
    public static string? Find(string sql, DumpOrigin origin)
    {
        // Nearly no text has such a word; then nothing is cut.
        if (!Word().IsMatch(sql))
        {
            return null;
        }

        foreach (string statement in StatementTexts.Of(sql, origin))
        {
            Match match = Beginning().Match(statement, AfterComments(statement));
            if (match.Success)
            {
                return match.Groups["word"].Value.ToUpperInvariant();
            }
        }

        return null;
    }

    // Comments before the first word; block comments nest.
    private static int AfterComments(string sql)
    {
        int at = 0;
        int depth = 0;
        while (at < sql.Length)
        {
            ReadOnlySpan<char> rest = sql.AsSpan(at);
            if (rest.StartsWith("/*"))
            {
                (at, depth) = (at + 2, depth + 1);
            }
            else if (depth > 0)
            {
                bool isEnd = rest.StartsWith("*/");
                (at, depth) = isEnd ? (at + 2, depth - 1) : (at + 1, depth);
            }
            else if (rest.StartsWith("--"))
            {
                int end = rest.IndexOfAny('\n', '\r');
                at = end < 0 ? sql.Length : at + end;
            }
            else if (char.IsWhiteSpace(sql[at]) || sql[at] == ';')
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    [GeneratedRegex(
        @"\b(BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|TRANSACTION)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\G((?<word>BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE)\b|(?<word>PREPARE)\s+TRANSACTION\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
