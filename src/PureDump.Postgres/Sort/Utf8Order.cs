namespace PureDump.Postgres.Sort;

/// <summary>
/// Compares names as pg_dump's strcmp does: byte for byte in UTF-8. UTF-16 order differs, because its surrogates
/// (characters beyond U+FFFF) stand before U+E000..U+FFFF there, and after them in UTF-8.
/// </summary>
internal static class Utf8Order
{
    /// <summary>Less than, equal to or greater than 0, as the bytes of <paramref name="left"/> stand to those of <paramref name="right"/>.</summary>
    public static int Compare(string left, string right)
    {
        int length = Math.Min(left.Length, right.Length);
        for (int i = 0; i < length; i++)
        {
            char a = left[i];
            char b = right[i];
            if (a != b)
            {
                bool surrogateLeft = char.IsSurrogate(a);
                bool surrogateRight = char.IsSurrogate(b);
                return surrogateLeft == surrogateRight ? a - b
                    : surrogateLeft ? (b >= 0xE000 ? 1 : a - b)
                    : a >= 0xE000 ? -1 : a - b;
            }
        }

        return left.Length - right.Length;
    }
}
