namespace PureDump.Postgres.Sort;

/// <summary>
/// Compares names as pg_dump's strcmp does: byte for byte in UTF-8. UTF-16 order differs, because its surrogates
/// (characters beyond U+FFFF) stand before U+E000..U+FFFF there, and after them in UTF-8.
/// </summary>
internal static class Utf8Order
{
    /// <summary>Less than, equal to or greater than 0, as the bytes of <paramref name="left"/> stand to those of <paramref
    /// name="right"/>.</summary>
    public static int Compare(string left, string right)
    {
        int at = left.AsSpan().CommonPrefixLength(right);
        if (at < left.Length && at < right.Length)
        {
            char a = left[at];
            char b = right[at];
            bool isAstralLeft = char.IsSurrogate(a);
            return isAstralLeft == char.IsSurrogate(b) ? a - b
                : isAstralLeft ? (b >= 0xE000 ? 1 : a - b)
                : a >= 0xE000 ? -1 : a - b;
        }

        return left.Length - right.Length;
    }
}
