namespace PureDump.Formats.Script;

/// <summary>Passes over what says nothing in a statement.</summary>
internal static class SqlComments
{
    /// <summary>Where the next word of a statement stands: behind blanks, semicolons and comments. Block comments nest.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="at">Where to begin.</param>
    public static int After(string sql, int at = 0)
    {
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
}
