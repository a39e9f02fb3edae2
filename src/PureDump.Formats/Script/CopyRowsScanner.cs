namespace PureDump.Formats.Script;

/// <summary>
/// Finds where the rows behind a COPY end: at the line <c>\.</c>, or with the script. The same rows come out wherever the bytes
/// are cut.
/// </summary>
internal sealed class CopyRowsScanner
{
    private bool _isAtLineStart;

    /// <summary>The rows have ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The rows ended with their mark; false where the script ended first.</summary>
    public bool HasEndMark { get; private set; }

    /// <summary>The rows of another COPY begin, with a line.</summary>
    public void Begin()
    {
        IsOver = false;
        HasEndMark = false;
        _isAtLineStart = true;
    }

    /// <summary>How many of the bytes are rows for certain; the next call gets what follows them.</summary>
    /// <param name="bytes">Where 0 came back and the rows are not over: the same bytes and more, or with <paramref name="isLast"/>.</param>
    /// <param name="isLast">Nothing follows the bytes.</param>
    /// <param name="endMarkLength">The length of the end mark; 0 but where the bytes begin with it.</param>
    public int Scan(ReadOnlySpan<byte> bytes, bool isLast, out int endMarkLength)
    {
        int length = RowsLength(bytes, isLast, out endMarkLength);
        if (length > 0)
        {
            _isAtLineStart = bytes[length - 1] == (byte)'\n';
            return length;
        }

        HasEndMark = endMarkLength > 0;
        IsOver = HasEndMark || (isLast && bytes.IsEmpty);
        return 0;
    }

    private int RowsLength(ReadOnlySpan<byte> bytes, bool isLast, out int endMarkLength)
    {
        endMarkLength = 0;
        int at = 0;
        if (!_isAtLineStart)
        {
            int line = bytes.IndexOf("\n\\."u8);
            if (line < 0)
            {
                return LengthWithoutTail(bytes, isLast);
            }

            at = line + 1;
        }

        while (true)
        {
            // Here a line begins.
            int length = EndMarkLength(bytes[at..], isLast, out bool needsMore);
            if (length > 0 || needsMore)
            {
                endMarkLength = at == 0 ? length : 0;
                return at;
            }

            int line = bytes[at..].IndexOf("\n\\."u8);
            if (line < 0)
            {
                return at + LengthWithoutTail(bytes[at..], isLast);
            }

            at += line + 1;
        }
    }

    // A backslash that begins the last line may be half of the mark; it is kept so that the mark is seen whole.
    private static int LengthWithoutTail(ReadOnlySpan<byte> bytes, bool isLast) =>
        !isLast && bytes is [.., (byte)'\n', (byte)'\\'] ? bytes.Length - 1 : bytes.Length;

    private static int EndMarkLength(ReadOnlySpan<byte> line, bool isLast, out bool needsMore)
    {
        needsMore = false;
        ReadOnlySpan<byte> mark = "\\.\r\n"u8;
        if (line.StartsWith("\\.\n"u8))
        {
            return 3;
        }

        if (line.StartsWith(mark))
        {
            return 4;
        }

        if ((line.Length < mark.Length && mark.StartsWith(line)) || line.SequenceEqual("\\."u8))
        {
            needsMore = !isLast;
            return isLast && line.Length is 2 or 3 && line.StartsWith("\\."u8) ? line.Length : 0;
        }

        return 0;
    }
}
