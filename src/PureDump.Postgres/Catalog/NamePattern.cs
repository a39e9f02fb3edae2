using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// A pattern for names as psql and pg_dump know them, turned into regular expressions for the server: <c>*</c> and
/// <c>?</c> as in a shell, a dot between the parts, letters folded to lower case outside double quotes, and outside
/// of those all other regular expression syntax passes (fe_utils/string_utils.c, patternToSQLRegex).
/// </summary>
internal sealed record NamePattern
{
    private const string RegexSpecials = @"|*+?()[]{}.^$\";

    /// <summary>The pattern as it was given, for messages.</summary>
    public required string Text { get; init; }

    /// <summary>The database before the schema, taken literally; null = none given.</summary>
    public string? Database { get; init; }

    /// <summary>The anchored regular expression of the schema; null = none given.</summary>
    public string? Schema { get; init; }

    /// <summary>The anchored regular expression of the name.</summary>
    public required string Name { get; init; }

    /// <summary>A pattern for what stands outside schemas (extensions, foreign servers): <c>name</c>.</summary>
    /// <exception cref="PureDumpException">It has a dot (<see cref="ErrorKind.Usage"/>).</exception>
    public static NamePattern ForName(string text) => Of(text, Split(text, 1, "qualified"), null);

    /// <summary>A pattern for schemas: <c>name</c> or <c>database.name</c>.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="database">The database the session is connected to, the only one a pattern may name.</param>
    /// <exception cref="PureDumpException">It has too many parts, or names another database (<see cref="ErrorKind.Usage"/>).</exception>
    public static NamePattern ForSchema(string text, string database)
    {
        List<(string Regex, string Literal)> parts = Split(text, 2, "qualified");
        return Of(text, parts, parts.Count == 2 ? Own(parts[0].Literal, database, text) : null);
    }

    /// <summary>A pattern for relations: <c>name</c>, <c>schema.name</c> or <c>database.schema.name</c>.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="database">The database the session is connected to, the only one a pattern may name.</param>
    /// <exception cref="PureDumpException">It has too many parts, or names another database (<see cref="ErrorKind.Usage"/>).</exception>
    public static NamePattern ForRelation(string text, string database)
    {
        List<(string Regex, string Literal)> parts = Split(text, 3, "relation");
        return Of(text, parts, parts.Count == 3 ? Own(parts[0].Literal, database, text) : null) with
        {
            Schema = parts.Count > 1 ? parts[^2].Regex : null,
        };
    }

    private static NamePattern Of(string text, List<(string Regex, string Literal)> parts, string? database) =>
        new() { Text = text, Database = database, Name = parts[^1].Regex };

    private static string Own(string named, string database, string text) =>
        named == database
            ? named
            : throw new PureDumpException(ErrorKind.Usage, $"cross-database references are not implemented: {text}");

    private static List<(string Regex, string Literal)> Split(string text, int countMax, string what)
    {
        List<(string Regex, string Literal)> parts = Split(text);
        return parts.Count <= countMax
            ? parts
            : throw new PureDumpException(ErrorKind.Usage, $"improper {what} name (too many dotted names): {text}");
    }

    private static List<(string Regex, string Literal)> Split(string text)
    {
        var result = new List<(string, string)>();
        var regex = new StringBuilder("^(");
        var literal = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (c)
            {
                case '"' when quoted && next == '"':
                    regex.Append(c);
                    literal.Append(c);
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '.' when !quoted:
                    result.Add((regex.Append(")$").ToString(), literal.ToString()));
                    regex.Clear().Append("^(");
                    literal.Clear();
                    break;
                case '*' or '?' when !quoted:
                    regex.Append(c == '*' ? ".*" : ".");
                    literal.Append(c);
                    break;
                default:
                    char folded = quoted ? c : char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c;
                    if (MustEscape(c, next, quoted))
                    {
                        regex.Append('\\');
                    }

                    regex.Append(folded);
                    literal.Append(folded);
                    break;
            }
        }

        result.Add((regex.Append(")$").ToString(), literal.ToString()));
        return result;
    }

    // A dollar is part of names everywhere, and "[]" is rather the name of an array type than an empty set.
    private static bool MustEscape(char c, char next, bool quoted) =>
        c == '$' || (quoted && RegexSpecials.Contains(c, StringComparison.Ordinal)) || (c == '[' && next == ']');
}
