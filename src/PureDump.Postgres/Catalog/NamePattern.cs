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

    /// <summary>A pattern for schemas: <c>name</c>.</summary>
    /// <exception cref="PureDumpException">It has a dot (<see cref="ErrorKind.Usage"/>).</exception>
    public static NamePattern ForSchema(string text)
    {
        List<(string Regex, string Literal)> parts = Split(text);
        return parts.Count switch
        {
            1 => new NamePattern { Text = text, Name = parts[0].Regex },
            2 => throw new PureDumpException(ErrorKind.Usage, $"cross-database references are not implemented: {text}"),
            _ => throw new PureDumpException(ErrorKind.Usage, $"improper qualified name (too many dotted names): {text}"),
        };
    }

    /// <summary>A pattern for foreign servers: <c>name</c>.</summary>
    /// <exception cref="PureDumpException">It has a dot (<see cref="ErrorKind.Usage"/>).</exception>
    public static NamePattern ForForeignServer(string text)
    {
        List<(string Regex, string Literal)> parts = Split(text);
        return parts.Count == 1
            ? new NamePattern { Text = text, Name = parts[0].Regex }
            : throw new PureDumpException(ErrorKind.Usage, $"improper qualified name (too many dotted names): {text}");
    }

    /// <summary>A pattern for relations: <c>name</c>, <c>schema.name</c> or <c>database.schema.name</c>.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="database">The database the session is connected to, the only one a pattern may name.</param>
    /// <exception cref="PureDumpException">It has too many parts, or names another database (<see cref="ErrorKind.Usage"/>).</exception>
    public static NamePattern ForRelation(string text, string database)
    {
        List<(string Regex, string Literal)> parts = Split(text);
        if (parts.Count > 3)
        {
            throw new PureDumpException(ErrorKind.Usage, $"improper relation name (too many dotted names): {text}");
        }

        if (parts.Count == 3 && parts[0].Literal != database)
        {
            throw new PureDumpException(ErrorKind.Usage, $"cross-database references are not implemented: {text}");
        }

        return new NamePattern
        {
            Text = text,
            Database = parts.Count == 3 ? parts[0].Literal : null,
            Schema = parts.Count > 1 ? parts[^2].Regex : null,
            Name = parts[^1].Regex,
        };
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
