using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Columns;

/// <summary>Binary COPY rows seen column by column: where each value begins.</summary>
internal sealed class ColumnRows
{
    // So often a column may have another length than in the row before until it is taken for one whose lengths differ.
    private const int SurpriseMax = 8;

    private int[] _starts = [];

    // The length of a column in the row before, and how many surprises it has left.
    private readonly int[] _usual = new int[RowLimits.ColumnCountMax];
    private readonly int[] _surprises = new int[RowLimits.ColumnCountMax];
    private int _rowCount;

    /// <summary>The number of fields of every row.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>The length before a value, -1 for null.</summary>
    public static int LengthAt(ReadOnlySpan<byte> rows, int start) =>
        BinaryPrimitives.ReadInt32BigEndian(rows.Slice(start - sizeof(int), sizeof(int)));

    /// <summary>The same, where it is sure to be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthAt(ref byte rows, int start) => ReadInt32(ref rows, start - sizeof(int));

    /// <summary>Finds the values.</summary>
    /// <param name="rows">Whole rows.</param>
    /// <param name="rowCount">How many they are said to be.</param>
    /// <returns>False where they are not so many rows of one number of fields.</returns>
    public bool TryRead(ReadOnlySpan<byte> rows, int rowCount)
    {
        if (rowCount < 1 || rows.Length < sizeof(short))
        {
            return false;
        }

        int columnCount = BinaryPrimitives.ReadInt16BigEndian(rows);
        if (columnCount is < 1 or > RowLimits.ColumnCountMax || (long)rowCount * (2 + 4 * columnCount) > rows.Length)
        {
            return false;
        }

        ColumnCount = columnCount;
        _rowCount = rowCount;
        if (_starts.Length < rowCount * columnCount)
        {
            _starts = GC.AllocateUninitializedArray<int>(Math.Max(rowCount * columnCount, 1 << 16));
        }

        _usual.AsSpan(0, columnCount).Clear();
        _surprises.AsSpan(0, columnCount).Fill(SurpriseMax);
        return Index(rows, rowCount, columnCount);
    }

    /// <summary>Where the values of a column begin; may be written to.</summary>
    public Span<int> StartsOf(int column) => _starts.AsSpan(column * _rowCount, _rowCount);

    /// <summary>Whether all values of a column have the length of the first one, which is not null.</summary>
    public bool IsUniform(ReadOnlySpan<byte> rows, int column)
    {
        // The first length is a surprise where it is not zero.
        int length = LengthAt(rows, StartsOf(column)[0]);
        return length >= 0 && length == _usual[column] && _surprises[column] >= SurpriseMax - 1;
    }

    // The one pass over all fields: everything after it relies on what it has checked. Where a column has the length of the row before, the
    // processor goes on with that one while it waits for the length itself.
    private bool Index(ReadOnlySpan<byte> rows, int rowCount, int columnCount)
    {
        ref byte origin = ref MemoryMarshal.GetReference(rows);
        ref int target = ref MemoryMarshal.GetArrayDataReference(_starts);
        ref int usual = ref MemoryMarshal.GetArrayDataReference(_usual);
        int end = rows.Length;
        int at = 0;
        for (int row = 0; row < rowCount; row++)
        {
            if (end - at < sizeof(short) || ReadInt16(ref origin, at) != columnCount)
            {
                return false;
            }

            at += sizeof(short);
            nint slot = row;
            for (int column = 0; column < columnCount; column++)
            {
                if (end - at < sizeof(int))
                {
                    return false;
                }

                int length = ReadInt32(ref origin, at);
                at += sizeof(int);
                Unsafe.Add(ref target, slot) = at;
                slot += rowCount;
                int expected = Unsafe.Add(ref usual, column);
                if (length == expected && (uint)expected <= (uint)(end - at))
                {
                    at += expected;
                    continue;
                }

                if (length < -1 || length > end - at)
                {
                    return false;
                }

                at += Math.Max(0, length);
                Unsafe.Add(ref usual, column) = --_surprises[column] > 0 ? length : int.MinValue;
            }
        }

        return at == end;
    }

    private static int ReadInt16(ref byte origin, int at)
    {
        short value = Unsafe.ReadUnaligned<short>(ref Unsafe.Add(ref origin, at));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    private static int ReadInt32(ref byte origin, int at)
    {
        int value = Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref origin, at));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }
}
