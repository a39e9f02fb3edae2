using System.Buffers;
using System.Buffers.Binary;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Rows;

/// <summary>
/// Walks rows as they are read and holds them to what is said of them: whole rows, as many as are announced, each with the fields of
/// its table, and no end of a COPY among them. What is counted is counted from the bytes. A row larger than a block is followed from
/// block to block; whether its blocks are there, and in order, is for whoever delivers them. One per thread.
/// </summary>
internal sealed class RowWalker
{
    /// <summary>The most that the server takes for one value, in bytes (memutils.h, MaxAllocSize).</summary>
    internal const int FieldLengthMax = 0x3fffffff;

    // Where the row stands that goes on in the next block: fields not begun, bytes left of the one that was begun.
    private bool _isInRow;
    private int _fieldsLeft;
    private int _valueLeft;

    // A length that is torn between two blocks.
    private int _length;
    private int _lengthSize;

    // Of text: the fields that have ended, and whether the byte before was a backslash that escapes the next one.
    private int _tabCount;
    private bool _isEscaped;

    /// <summary>Walks the rows of a block.</summary>
    /// <param name="block">What is said of them.</param>
    /// <param name="bytes">They themselves.</param>
    /// <exception cref="PureDumpException">They are something else (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Walk(in WalkedBlock block, ReadOnlySpan<byte> bytes)
    {
        int count = Count(block, bytes);
        if (count != block.RowCount)
        {
            throw Damaged($"it holds {count} rows, {block.RowCount} are announced");
        }
    }

    /// <summary>Walks the rows of a block, of which nobody has said how many there are.</summary>
    /// <returns>How many begin in it.</returns>
    /// <exception cref="PureDumpException">They are not such rows (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public int Count(in WalkedBlock block, ReadOnlySpan<byte> bytes)
    {
        bool isFollowed = _isInRow;
        _isInRow = false;
        if (block is { Characters: not null, Format: RowFormat.Text })
        {
            return CountCharacters(block, bytes);
        }

        if (block.IsContinuation && !isFollowed)
        {
            // Of a row whose first block was damaged nothing is known.
            return block.RowCount;
        }

        if (!block.IsContinuation && !block.Continues)
        {
            return block.Format == RowFormat.Binary ? CountBinary(bytes, block.ColumnCount) : CountText(bytes, block.ColumnCount);
        }

        bool isInRow = block.IsContinuation;
        int count = block.Format == RowFormat.Binary
            ? FollowBinary(bytes, block.ColumnCount, ref isInRow)
            : FollowText(bytes, block.ColumnCount, ref isInRow);
        if (isInRow != block.Continues)
        {
            throw Damaged(isInRow ? "its last row is not whole" : "it is said to end inside a row, and does not");
        }

        _isInRow = isInRow;
        return count;
    }

    /// <summary>Forgets the row that goes on: the block that follows is not the next one of it.</summary>
    public void Forget() => _isInRow = false;

    // A byte of a character may be a backslash by its number. No byte of one is a line feed: where a row goes on over blocks, and a
    // character with it, rows are counted by their ends alone.
    private static int CountCharacters(in WalkedBlock block, ReadOnlySpan<byte> bytes)
    {
        if (block.IsContinuation || block.Continues)
        {
            int ends = bytes.Count((byte)'\n');
            return ends + (block.Continues ? 1 : 0) - (block.IsContinuation ? 1 : 0);
        }

        byte[] marks = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            block.Characters!.Mask(bytes, marks.AsSpan(0, bytes.Length), isLast: true);
            return CountText(marks.AsSpan(0, bytes.Length), block.ColumnCount);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(marks);
        }
    }

    // A line feed in a value is written \n, so that each that stands ends a row.
    private static int CountText(ReadOnlySpan<byte> rows, int columnCount)
    {
        if (!rows.IsEmpty && rows[^1] != (byte)'\n')
        {
            throw Damaged("its last row is not whole");
        }

        int count = 0;
        while (!rows.IsEmpty)
        {
            ReadOnlySpan<byte> line = rows[..rows.IndexOf((byte)'\n')];
            CheckFields((line.Contains((byte)'\\') ? CountTabs(rows[..(line.Length + 1)]) : line.Count((byte)'\t')) + 1, columnCount);
            rows = rows[(line.Length + 1)..];
            count++;
        }

        return count;
    }

    // Of a line with its end: a backslash escapes what follows it.
    private static int CountTabs(ReadOnlySpan<byte> line)
    {
        int count = 0;
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == (byte)'\\')
            {
                CheckEscaped(line[++at]);
            }
            else if (line[at] == (byte)'\t')
            {
                count++;
            }
        }

        return count;
    }

    private static int CountBinary(ReadOnlySpan<byte> rows, int columnCount)
    {
        int count = 0;
        int at = 0;
        while (at < rows.Length)
        {
            at = BeginRow(rows, at, columnCount);
            for (int left = columnCount; left > 0; left--)
            {
                if (rows.Length - at < sizeof(int))
                {
                    throw Damaged("its last row is not whole");
                }

                int length = BinaryPrimitives.ReadInt32BigEndian(rows[at..]);
                at += sizeof(int);
                if ((uint)length > (uint)(rows.Length - at))
                {
                    length = CheckLength(length) < 0 ? 0 : throw Damaged($"a field of {length} bytes ends behind the last row");
                }

                at += length;
            }

            count++;
        }

        return count;
    }

    // Gives the rows that begin in the bytes; where the last one goes on, what is known of it stays.
    private int FollowBinary(ReadOnlySpan<byte> bytes, int columnCount, ref bool isInRow)
    {
        int count = 0;
        int at = 0;
        if (!isInRow)
        {
            _valueLeft = _fieldsLeft = _lengthSize = _length = 0;
        }

        while (true)
        {
            if (!isInRow)
            {
                if (at == bytes.Length)
                {
                    return count;
                }

                at = BeginRow(bytes, at, columnCount);
                _fieldsLeft = columnCount;
                isInRow = true;
                count++;
            }

            int part = Math.Min(_valueLeft, bytes.Length - at);
            at += part;
            _valueLeft -= part;
            while (_valueLeft == 0 && _fieldsLeft > 0 && at < bytes.Length)
            {
                _length = (_length << 8) | bytes[at++];
                if (++_lengthSize == sizeof(int))
                {
                    _valueLeft = Math.Max(0, CheckLength(_length));
                    _fieldsLeft--;
                    _length = _lengthSize = 0;
                }
            }

            if (_valueLeft == 0 && _fieldsLeft == 0 && _lengthSize == 0)
            {
                isInRow = false;
            }
            else if (at == bytes.Length)
            {
                return count;
            }
        }
    }

    private int FollowText(ReadOnlySpan<byte> bytes, int columnCount, ref bool isInRow)
    {
        if (!isInRow)
        {
            _tabCount = 0;
            _isEscaped = false;
        }

        int count = 0;
        foreach (byte one in bytes)
        {
            count += isInRow ? 0 : 1;
            isInRow = true;
            if (_isEscaped)
            {
                CheckEscaped(one);
                _isEscaped = false;
            }
            else if (one == (byte)'\n')
            {
                CheckFields(_tabCount + 1, columnCount);
                _tabCount = 0;
                isInRow = false;
            }
            else
            {
                _tabCount += one == (byte)'\t' ? 1 : 0;
                _isEscaped = one == (byte)'\\';
            }
        }

        return count;
    }

    private static int BeginRow(ReadOnlySpan<byte> rows, int at, int columnCount)
    {
        int fieldCount =
            rows.Length - at >= sizeof(short)
                ? BinaryPrimitives.ReadInt16BigEndian(rows[at..])
                : throw Damaged("its last row is not whole");
        return fieldCount == columnCount
            ? at + sizeof(short)
            : throw Damaged(
                fieldCount == -1
                    ? "the end of a COPY stands among its rows"
                    : $"a row has {fieldCount} fields, the table has {columnCount} columns");
    }

    // -1 is null.
    private static int CheckLength(int length) =>
        length is >= -1 and <= FieldLengthMax ? length : throw Damaged($"a field has the impossible length {length}");

    // The server ends the rows at \. wherever it stands in a line, and takes nothing of what follows (copyfromparse.c, CopyReadLineText).
    private static void CheckEscaped(byte escaped)
    {
        if (escaped is (byte)'.' or (byte)'\n')
        {
            throw Damaged(
                escaped == (byte)'.' ? "the end of a COPY stands among its rows" : "a line feed in a value is not written as \\n");
        }
    }

    private static void CheckFields(int fieldCount, int columnCount)
    {
        if (fieldCount != columnCount && columnCount > 0)
        {
            throw Damaged($"a row has {fieldCount} fields, the table has {columnCount} columns");
        }
    }

    private static PureDumpException Damaged(string what) => new(ErrorKind.ArchiveDamaged, what);
}
