namespace PureDump.Formats.Script;

/// <summary>Takes pg_dump's own statements apart in which nothing is quoted but names, in double quotes.</summary>
internal static class SqlStatements
{
    /// <summary>The statements, each with its semicolon and the line feed behind it.</summary>
    public static IEnumerable<string> Split(string sql)
    {
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < sql.Length; i++)
        {
            if (sql[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (sql[i] == ';' && !isQuoted)
            {
                int end = i + 1 < sql.Length && sql[i + 1] == '\n' ? i + 2 : i + 1;
                yield return sql[start..end];
                start = end;
            }
        }

        if (start < sql.Length)
        {
            yield return sql[start..];
        }
    }

    /// <summary>Where a text stands outside double quotes; -1 where it does not.</summary>
    public static int IndexOutsideQuotes(string sql, string text)
    {
        bool isQuoted = false;
        for (int i = 0; i + text.Length <= sql.Length; i++)
        {
            if (sql[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && string.CompareOrdinal(sql, i, text, 0, text.Length) == 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The name that begins at a place, bare.</summary>
    /// <param name="text">A statement or a part of one.</param>
    /// <param name="at">The place; afterwards the one behind the name.</param>
    /// <returns>Null where no name begins there, or its quotes do not end.</returns>
    public static string? TakeName(string text, ref int at)
    {
        int start = at;
        if (at >= text.Length || text[at] != '"')
        {
            while (at < text.Length && text[at] is not (' ' or '.' or ',' or '(' or ')' or ';' or '"'))
            {
                at++;
            }

            return at > start ? text[start..at] : null;
        }

        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                continue;
            }

            if (at + 1 >= text.Length || text[at + 1] != '"')
            {
                at++;
                return text[(start + 1)..(at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal);
            }

            at++;
        }

        return null;
    }
}
