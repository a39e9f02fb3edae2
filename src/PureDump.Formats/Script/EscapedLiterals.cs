namespace PureDump.Formats.Script;

/// <summary>
/// Looks at the literals with escapes (<c>E'…'</c>) of a statement whose parts a server quoted first and translated then. The
/// conversion to SJIS makes a backslash of a yen sign (U+00A5): behind a doubled backslash it escapes the quote, and what follows
/// the literal for the one is inside for the other.
/// </summary>
internal static class EscapedLiterals
{
    /// <summary>Whether every backslash in such a literal is one of two, as quoting leaves them.</summary>
    /// <param name="sql">Statements, with <c>standard_conforming_strings</c> on.</param>
    public static bool AreQuoted(string sql)
    {
        int at = 0;
        while ((at = sql.AsSpan(at).IndexOfAny("'\"$-/") is var next && next < 0 ? -1 : at + next) >= 0)
        {
            ReadOnlySpan<char> rest = sql.AsSpan(at);
            if (rest[0] == '\'' && IsEscaped(sql, at))
            {
                at = EscapedEnd(sql, at + 1);
                if (at < 0)
                {
                    return false;
                }
            }
            else if (rest[0] is '\'' or '"')
            {
                at = EndOf(sql, at + 1, rest[..1]);
            }
            else if (rest.StartsWith("--"))
            {
                at = EndOf(sql, at, "\n");
            }
            else if (rest.StartsWith("/*"))
            {
                at = CommentEnd(sql, at + 2);
            }
            else if (rest[0] == '$' && !IsOfName(sql, at - 1) && TagLength(rest) is > 0 and var length)
            {
                at = EndOf(sql, at + length, rest[..length]);
            }
            else
            {
                at++;
            }
        }

        return true;
    }

    private static bool IsEscaped(string sql, int quote) => quote > 0 && sql[quote - 1] is 'E' or 'e' && !IsOfName(sql, quote - 2);

    private static bool IsOfName(string sql, int at) =>
        at >= 0 && (char.IsAsciiLetterOrDigit(sql[at]) || sql[at] is '_' or '$' or >= '\u0080');

    private static int EndOf(string sql, int start, ReadOnlySpan<char> mark)
    {
        int found = sql.AsSpan(start).IndexOf(mark);
        return found < 0 ? sql.Length : start + found + mark.Length;
    }

    // Behind the quote that closes it; -1 where a backslash escapes something else than another.
    private static int EscapedEnd(string sql, int at)
    {
        for (; at < sql.Length; at++)
        {
            char next = at + 1 < sql.Length ? sql[at + 1] : '\0';
            if (sql[at] == '\'' && next != '\'')
            {
                return at + 1;
            }

            if (sql[at] == '\\' && next != '\\')
            {
                return -1;
            }

            at += sql[at] is '\'' or '\\' ? 1 : 0;
        }

        return -1;
    }

    private static int CommentEnd(string sql, int at)
    {
        for (int depth = 1; depth > 0 && at < sql.Length; at++)
        {
            ReadOnlySpan<char> rest = sql.AsSpan(at);
            int change = rest.StartsWith("/*") ? 1 : rest.StartsWith("*/") ? -1 : 0;
            depth += change;
            at += Math.Abs(change);
        }

        return Math.Min(at, sql.Length);
    }

    // $tag$ or $$; 0 where it is none.
    private static int TagLength(ReadOnlySpan<char> rest)
    {
        int at = 1;
        while (at < rest.Length
            && (char.IsAsciiLetter(rest[at]) || rest[at] is '_' or >= '\u0080' || (at > 1 && char.IsAsciiDigit(rest[at]))))
        {
            at++;
        }

        return at < rest.Length && rest[at] == '$' ? at + 1 : 0;
    }
}
