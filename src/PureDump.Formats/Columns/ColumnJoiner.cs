using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Columns;

/// <summary>
/// Turns a column image back into binary rows (formats/pdump.md, section 4.4). Its memory is bounded by the rows it is to give, whatever
/// the image says. Not for two threads at once: make one per thread.
/// </summary>
internal sealed partial class ColumnJoiner
{
    private const int Slack = 64;

    // Stands for a column that cannot be one of a difference, as it has nulls.
    private const int NoColumn = -1;

    private readonly byte[] _values = GC.AllocateUninitializedArray<byte>(RowBlock.Capacity + Slack);
    private readonly int[] _positions = new int[RowLimits.ColumnCountMax];

    // Of columns that are integers in every row, 0 of others.
    private readonly byte[] _widths = new byte[RowLimits.ColumnCountMax];
    private readonly int[] _wordStarts = new int[ColumnLimits.WordCountMax];
    private readonly int[] _wordLengths = new int[ColumnLimits.WordCountMax];
    private SymbolTable? _symbols;
    private int[] _lengths = [];
    private ulong[] _numbers = [];
    private int _valueLength;
    private int _valueLengthMax;

    /// <summary>Puts rows together.</summary>
    /// <param name="coded">The coded part, decoded.</param>
    /// <param name="plain">The plain part.</param>
    /// <param name="rowCount">How many rows there must be.</param>
    /// <param name="target">Filled by them to the last byte; at most a record's limit.</param>
    /// <returns>How many fields each row has.</returns>
    /// <exception cref="PureDumpException">The image is not as specified, or not of such rows (<see
    /// cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public int Join(ReadOnlySpan<byte> coded, ReadOnlySpan<byte> plain, int rowCount, Span<byte> target)
    {
        var input = new ImageInput(coded, plain);
        int columnCount = input.ReadUInt16();
        long frame = rowCount * (2L + 4L * columnCount);
        if (
            columnCount is < 1 or > RowLimits.ColumnCountMax
            || rowCount < 1
            || frame > target.Length
            || target.Length > RowBlock.Capacity)
        {
            throw ImageInput.Damaged($"announces {rowCount} rows of {columnCount} fields in {target.Length} bytes");
        }

        _valueLength = 0;
        _valueLengthMax = target.Length - (int)frame;
        Reserve(rowCount, columnCount);
        for (int column = 0; column < columnCount; column++)
        {
            _positions[column] = _valueLength;
            _widths[column] = 0;
            ReadColumn(ref input, column, _lengths.AsSpan(column * rowCount, rowCount));
        }

        if (_valueLength != _valueLengthMax || !input.IsAtEnd)
        {
            throw ImageInput.Damaged($"gives rows of {frame + _valueLength} bytes, {target.Length} were announced, or has bytes left over");
        }

        WriteRows(rowCount, columnCount, target);
        return columnCount;
    }

    private void Reserve(int rowCount, int columnCount)
    {
        if (_lengths.Length < rowCount * columnCount)
        {
            _lengths = GC.AllocateUninitializedArray<int>(Math.Max(rowCount * columnCount, 1 << 16));
        }

        int numberCount = Math.Max(rowCount, ColumnLimits.WordCountMax);
        if (_numbers.Length < numberCount)
        {
            _numbers = GC.AllocateUninitializedArray<ulong>(Math.Max(numberCount, 1 << 14));
        }
    }

    // Lengths are written for all rows, -1 for null; values go to the end of _values.
    private void ReadColumn(ref ImageInput input, int column, Span<int> lengths)
    {
        byte nulls = input.ReadByte();
        int count = lengths.Length;
        switch ((ColumnNulls)nulls)
        {
            case ColumnNulls.None:
                break;
            case ColumnNulls.All:
                lengths.Fill(-1);
                return;
            case ColumnNulls.Bitmap:
                ReadOnlySpan<byte> bitmap = input.Take(isPlain: false, (count + 7) / 8);
                count = ReadValues(ref input, NoColumn, lengths[..(count - NullCountOf(bitmap, count))]);
                SpreadLengths(bitmap, lengths, count);
                return;
            default:
                throw ImageInput.Damaged($"has a column with the unknown kind of nulls {nulls}");
        }

        ReadValues(ref input, column, lengths);
    }

    private static int NullCountOf(ReadOnlySpan<byte> bitmap, int count)
    {
        int nullCount = 0;
        foreach (byte bits in bitmap)
        {
            nullCount += System.Numerics.BitOperations.PopCount(bits);
        }

        return nullCount <= count ? nullCount : throw ImageInput.Damaged($"has {nullCount} nulls in {count} rows");
    }

    // The lengths of the values that are there stand at the front; each moves back to its row, from the last one on.
    private static void SpreadLengths(ReadOnlySpan<byte> bitmap, Span<int> lengths, int count)
    {
        for (int row = lengths.Length - 1; row >= 0; row--)
        {
            bool isNull = (bitmap[row >> 3] >> (row & 7) & 1) != 0;
            if (!isNull && count == 0)
            {
                throw ImageInput.Damaged("has nulls behind the last row");
            }

            lengths[row] = isNull ? -1 : lengths[--count];
        }
    }

    // The lengths of all values together are those of the rows, as Join has made sure: nothing is written behind the target.
    private void WriteRows(int rowCount, int columnCount, Span<byte> target)
    {
        ref int lengths = ref MemoryMarshal.GetArrayDataReference(_lengths);
        ref int positions = ref MemoryMarshal.GetArrayDataReference(_positions);
        int at = 0;
        for (int row = 0; row < rowCount; row++)
        {
            BinaryPrimitives.WriteInt16BigEndian(target[at..], (short)columnCount);
            at += sizeof(short);
            nint slot = row;
            for (int column = 0; column < columnCount; column++, slot += rowCount)
            {
                int length = Unsafe.Add(ref lengths, slot);
                BinaryPrimitives.WriteInt32BigEndian(target[at..], length);
                at += sizeof(int);
                if (length > 0)
                {
                    ref int position = ref Unsafe.Add(ref positions, column);
                    CopyValue(position, target[at..], length);
                    position += length;
                    at += length;
                }
            }
        }
    }

    // Up to 32 bytes are copied whole, beyond the end of the value where the target has room: what stands there is written after it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CopyValue(int position, Span<byte> target, int length)
    {
        if (length <= Slack / 2 && target.Length >= Slack / 2)
        {
            ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), position);
            ref byte room = ref MemoryMarshal.GetReference(target);
            Vector128.LoadUnsafe(ref source).StoreUnsafe(ref room);
            Vector128.LoadUnsafe(ref source, (nuint)Vector128<byte>.Count).StoreUnsafe(ref room, (nuint)Vector128<byte>.Count);
        }
        else
        {
            _values.AsSpan(position, length).CopyTo(target);
        }
    }

    // Short values are copied 16 bytes at a time, beyond their end where both sides have room: what stands there is written after it.
    private static void CopyValue(ReadOnlySpan<byte> source, Span<byte> target, int length)
    {
        if (length <= Vector128<byte>.Count && source.Length >= Vector128<byte>.Count && target.Length >= Vector128<byte>.Count)
        {
            Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(source)).StoreUnsafe(ref MemoryMarshal.GetReference(target));
        }
        else
        {
            source[..length].CopyTo(target);
        }
    }
}
