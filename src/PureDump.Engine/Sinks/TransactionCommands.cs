using System.Text.RegularExpressions;
using PureDump.Engine.Sinks;
using PureDump.Formats.Entries;
using PureDump.Formats.Script;

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
            Match match = Beginning().Match(statement, SqlComments.After(statement));
            if (match.Success)
            {
                return match.Groups["word"].Value.ToUpperInvariant();
            }
        }

        return null;
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
