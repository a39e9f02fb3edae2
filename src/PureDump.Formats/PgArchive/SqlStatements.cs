namespace PureDump.Formats.PgArchive;

/// <summary>Takes pg_dump's own privilege statements apart: nothing is quoted in them but names, in double quotes.</summary>
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
}
