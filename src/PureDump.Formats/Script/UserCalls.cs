namespace PureDump.Formats.Script;

/// <summary>
/// Finds calls of functions and operators of users in statements of a dump. Those are written with an empty search_path: what does not
/// belong to the system stands there with its schema.
/// </summary>
internal static class UserCalls
{
    /// <summary>True where an expression anywhere in the text calls one.</summary>
    public static bool AreIn(ReadOnlySpan<char> sql)
    {
        // The last name and whether a dot stood between it and one before it.
        bool isQualified = false;
        bool hasName = false;
        bool isOperator = false;
        bool isCast = false;
        ReadOnlySpan<char> schema = default;
        ReadOnlySpan<char> name = default;
        int at = 0;
        while (at < sql.Length)
        {
            char c = sql[at];
            int end = EndOfToken(sql, at);
            if (IsName(c))
            {
                // The schema of an operator stands alone before it.
                schema = isQualified ? name : default;
                name = sql[at..end];
                hasName = true;
                isQualified = false;
                at = end;
                if (at < sql.Length && sql[at] == '.')
                {
                    isQualified = true;
                    at++;
                    if (isOperator && !IsSystem(name))
                    {
                        return true;
                    }
                }

                continue;
            }

            if (c == '(' && hasName)
            {
                if (!schema.IsEmpty && !isCast && !IsSystem(schema))
                {
                    return true;
                }

                isOperator = name is "OPERATOR";
            }
            else
            {
                isOperator = false;
            }

            isCast = c == ':' || (isCast && c == '.');
            hasName = isQualified = false;
            schema = name = default;
            at = end;
        }

        return false;
    }

    /// <summary>True where what a statement says behind a word, in parentheses, calls one: the CHECKs of a CREATE TABLE, its partition
    /// key.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="isWanted">Says of a word, as it stands there, whether what follows it is to be looked at.</param>
    /// <param name="hasAny">True where there is such an expression at all.</param>
    public static bool AreBehind(ReadOnlySpan<char> sql, Func<string, bool> isWanted, out bool hasAny)
    {
        hasAny = false;
        bool isFound = false;
        string word = "";
        int at = 0;
        while (at < sql.Length)
        {
            char c = sql[at];
            int end = EndOfToken(sql, at);
            if (IsName(c))
            {
                word = sql[at..end].ToString();
            }
            else if (c == '(' && isWanted(word))
            {
                int close = EndOfParentheses(sql, at);
                hasAny = true;
                isFound |= AreIn(sql[(at + 1)..close]);
                word = "";
                end = close;
            }
            else if (!char.IsWhiteSpace(c))
            {
                word = "";
            }

            at = end;
        }

        return isFound;
    }

    /// <summary>True where a statement may speak of a type: the word that is its name stands there, outside of literals. Of a name of
    /// several words (<c>timestamp with time zone</c>) the first counts.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="type">The type, as it is printed.</param>
    public static bool Name(ReadOnlySpan<char> sql, ReadOnlySpan<char> type)
    {
        int end = EndOfToken(type, 0);
        if (end < type.Length && type[end] == '.')
        {
            type = type[(end + 1)..];
            end = EndOfToken(type, 0);
        }

        ReadOnlySpan<char> word = type[..end];
        for (int at = 0; at < sql.Length; at = end)
        {
            end = EndOfToken(sql, at);
            if (sql[at..end].SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSystem(ReadOnlySpan<char> schema) => schema is "pg_catalog";

    private static bool IsName(char c) => c is '"' or '_' || char.IsAsciiLetter(c) || c > '\x7f';

    private static int EndOfParentheses(ReadOnlySpan<char> sql, int at)
    {
        int depth = 0;
        while (at < sql.Length)
        {
            depth += sql[at] == '(' ? 1 : sql[at] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }

            at = EndOfToken(sql, at);
        }

        return sql.Length;
    }

    // Names and literals as the server prints them: a quote in one is written twice.
    private static int EndOfToken(ReadOnlySpan<char> sql, int at)
    {
        char c = sql[at++];
        if (c is '\'' or '"')
        {
            while (at < sql.Length && (sql[at] != c || (at + 1 < sql.Length && sql[at + 1] == c)))
            {
                at += sql[at] == c ? 2 : 1;
            }

            return Math.Min(at + 1, sql.Length);
        }

        if (IsName(c))
        {
            while (at < sql.Length && sql[at] != '"' && (IsName(sql[at]) || char.IsAsciiDigit(sql[at]) || sql[at] == '$'))
            {
                at++;
            }
        }

        return at;
    }
}
