using System.Text.RegularExpressions;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine.Selection;

/// <summary>A pattern for names where no server is asked: matched here as a server matches it, in time that grows with the name
/// alone.</summary>
internal static class LocalPattern
{
    /// <summary>The expression of a part of a <see cref="NamePattern"/>, as the runtime's.</summary>
    /// <param name="expression">Anchored at both ends, as it is for the server: <c>^(…)$</c>.</param>
    /// <exception cref="PureDumpException">It is no regular expression, or one that looks back or ahead (<see
    /// cref="ErrorKind.Usage"/>).</exception>
    public static Regex Of(string expression)
    {
        try
        {
            // To a server a line feed is a character like any other, and the end is the end.
            return new Regex(
                expression[..^1] + @"\z",
                RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new PureDumpException(
                ErrorKind.Usage, $"a name pattern is not a valid regular expression: {e.Message}", "put literal names in double quotes", e);
        }
    }
}
