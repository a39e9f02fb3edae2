using PureDump.Formats.Script;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// The COPY statement of a TABLE DATA entry, taken apart: <c>COPY schema.table (columns) FROM stdin;</c>
/// (pg_dump.c, dumpTableData). Before version 1.13 without the schema.
/// </summary>
/// <param name="Schema">The bare name of the schema, or null.</param>
/// <param name="Table">The bare name of the table that is loaded.</param>
/// <param name="Columns">Bare names, in the order of the fields; empty where none are named.</param>
internal sealed record CopyFromStatement(string? Schema, string Table, IReadOnlyList<string> Columns)
{
    private const string Head = "COPY ";
    private const string Tail = " FROM stdin;\n";

    /// <summary>Takes a statement apart; null where it is not one of pg_dump's.</summary>
    public static CopyFromStatement? Parse(string text)
    {
        if (
            text.Length < Head.Length + Tail.Length
            || !text.StartsWith(Head, StringComparison.Ordinal)
            || !text.EndsWith(Tail, StringComparison.Ordinal))
        {
            return null;
        }

        string rest = text[Head.Length..^Tail.Length];
        int at = 0;
        if (SqlStatements.TakeName(rest, ref at) is not string table)
        {
            return null;
        }

        string? schema = null;
        if (At(rest, at) == '.')
        {
            at++;
            (schema, string? second) = (table, SqlStatements.TakeName(rest, ref at));
            if (second is null)
            {
                return null;
            }

            table = second;
        }

        // Without columns there is one blank more before FROM.
        return rest.AsSpan(at).Trim(' ') is "" or "()" ? new CopyFromStatement(schema, table, [])
            : At(rest, at) == ' ' && At(rest, at + 1) == '(' && ColumnsOf(rest, at + 2) is { } columns
                ? new CopyFromStatement(schema, table, columns)
            : null;
    }

    private static List<string>? ColumnsOf(string text, int at)
    {
        var columns = new List<string>();
        while (columns.Count < PgArchiveLimits.ColumnCountMax && SqlStatements.TakeName(text, ref at) is string column)
        {
            columns.Add(column);
            if (At(text, at) == ')')
            {
                return at + 1 == text.Length ? columns : null;
            }

            if (At(text, at) != ',' || At(text, at + 1) != ' ')
            {
                return null;
            }

            at += 2;
        }

        return null;
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';
}
