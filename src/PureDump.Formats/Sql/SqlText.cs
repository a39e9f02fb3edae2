using System.Collections.Frozen;
using System.Text;

namespace PureDump.Formats.Sql;

/// <summary>Writes names and literals into SQL. The only place where PureDump quotes anything.</summary>
/// <remarks>
/// A comment in a script is made by <c>SqlText.Comment</c>, and statements about large objects are cut where they end: a name with a line
/// break begins no line of SQL, on the way out of any archive either.
/// </remarks>
internal static class SqlText
{
    // Every keyword of PostgreSQL 18 that is not unreserved: pg_get_keywords() with catcode R, C or T. The newest
    // server's list is used for all, as pg_dump does, so that a dump also fits newer servers.
    private static readonly FrozenSet<string> QuotedKeywords = new[]
    {
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between",
        "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce",
        "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog",
        "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "dec",
        "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists", "extract",
        "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group",
        "grouping", "having", "ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect",
        "interval", "into", "is", "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists",
        "json_object", "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table", "json_value",
        "lateral", "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "merge_action",
        "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric", "offset",
        "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing", "position", "precision",
        "primary", "real", "references", "returning", "right", "row", "select", "session_user", "setof", "similar",
        "smallint", "some", "substring", "symmetric", "system_user", "table", "tablesample", "then", "time",
        "timestamp", "to", "trailing", "treat", "trim", "true", "union", "unique", "user", "using", "values",
        "varchar", "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat",
        "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize",
        "xmltable",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Flows with the execution context, into the threads that are started inside the scope, and nowhere else.
    private static readonly AsyncLocal<bool> s_quotesAll = new();

    /// <summary>
    /// Makes <see cref="Name(string)"/> quote every name until the result is disposed of, for the caller and for the threads
    /// it starts meanwhile (<c>--quote-all-identifiers</c>).
    /// </summary>
    /// <param name="quotesAll">False changes nothing.</param>
    public static IDisposable QuotingAll(bool quotesAll = true) => new QuotingScope(quotesAll);

    /// <summary>The name as an SQL identifier: quoted only where it must be (pg_dump's <c>fmtId</c>).</summary>
    public static string Name(string name)
    {
        if (!s_quotesAll.Value && IsPlain(name) && !QuotedKeywords.Contains(name))
        {
            return name;
        }

        return QuotedName(name);
    }

    /// <summary>True for a keyword of PostgreSQL 18 that cannot be a bare name everywhere; older releases know fewer.</summary>
    public static bool IsQuotedKeyword(string name) => QuotedKeywords.Contains(name);

    /// <summary>The name as an SQL identifier in double quotes.</summary>
    public static string QuotedName(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The schema-qualified name; without the schema where it is null.</summary>
    public static string Name(string? schema, string name) =>
        schema is null ? Name(name) : $"{Name(schema)}.{Name(name)}";

    /// <summary>
    /// The text as an SQL literal under <c>standard_conforming_strings = on</c>: single quotes doubled, nothing else.
    /// </summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>
    /// The text as a literal that means the same whatever <c>standard_conforming_strings</c> says: <c>E''</c> where it
    /// holds a backslash.
    /// </summary>
    public static string LiteralAnywhere(string text) =>
        text.Contains('\\', StringComparison.Ordinal)
            ? $"E'{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
            : Literal(text);

    /// <summary>
    /// The text in dollar quotes, with a tag that does not occur in it: <c>$prefix$</c>, then <c>$prefix_XYZ…$</c>
    /// (pg_dump's <c>appendStringLiteralDQ</c>).
    /// </summary>
    public static string DollarQuoted(string text, string prefix = "")
    {
        const string suffixes = "_XXXXXXX";
        var tag = new StringBuilder("$").Append(prefix);
        int next = 0;
        while (text.Contains(tag.ToString(), StringComparison.Ordinal))
        {
            tag.Append(suffixes[next++]);
            next %= suffixes.Length;
        }

        tag.Append('$');
        return $"{tag}{text}{tag}";
    }

    /// <summary>
    /// The text as an SQL comment, with the end of its line: whatever stands in it, the comment ends there and nowhere before
    /// (dumputils.c, sanitize_line). The only place that makes a comment of text that is not written in the program.
    /// </summary>
    public static string Comment(string text) => $"-- {OneLine(text)}\n";

    /// <summary>
    /// The text as one line, for SQL comments and lists: line breaks become blanks, so that no name can start a line of SQL
    /// (CVE-2025-8715). Null becomes <c>-</c>, an empty text stays empty.
    /// </summary>
    public static string OneLine(string? text) =>
        text is null ? "-" : text.Replace('\n', ' ').Replace('\r', ' ');

    private static bool IsPlain(string name)
    {
        if (name.Length == 0 || !(char.IsAsciiLetterLower(name[0]) || name[0] == '_'))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class QuotingScope : IDisposable
    {
        private readonly bool _before = s_quotesAll.Value;

        public QuotingScope(bool quotesAll) => s_quotesAll.Value |= quotesAll;

        public void Dispose() => s_quotesAll.Value = _before;
    }
}
