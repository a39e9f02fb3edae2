using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PureDump.Formats.Columns;

/// <summary>Finds out whether a column has few different values, and numbers them in the order in which they appear.</summary>
internal sealed class WordTable
{
    /// <summary>Longer values are left to the codec, which finds their repetitions itself.</summary>
    public const int WordLengthMax = 128;

    private const int SlotCount = 1024;

    // After so many values a column that is worth a dictionary has shown it.
    private const int TrialCount = 128;
    private const int TrialWordMax = 96;

    private readonly short[] _slots = new short[SlotCount];
    private readonly ulong[] _hashes = new ulong[ColumnLimits.WordCountMax];
    private readonly int[] _starts = new int[ColumnLimits.WordCountMax];
    private readonly int[] _lengths = new int[ColumnLimits.WordCountMax];

    /// <summary>How many different values there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of all of them together.</summary>
    public int TotalLength { get; private set; }

    /// <summary>Where a word begins in the rows.</summary>
    public int StartOf(int word) => _starts[word];

    /// <summary>How long a word is.</summary>
    public int LengthOf(int word) => _lengths[word];

    /// <summary>Numbers the values.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="starts">Where the values begin in them; the int32 before each is its length.</param>
    /// <param name="numbers">The word of each value.</param>
    /// <returns>False where they are too many or too long.</returns>
    public bool TryNumber(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, Span<ulong> numbers)
    {
        Array.Clear(_slots);
        Count = 0;
        TotalLength = 0;
        numbers = numbers[..starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            int start = starts[i];
            int length = ColumnRows.LengthAt(rows, start);
            if (length > WordLengthMax)
            {
                return false;
            }

            int word = Find(rows, start, length);
            if (word < 0 || (i == TrialCount && Count > TrialWordMax))
            {
                return false;
            }

            numbers[i] = (uint)word;
        }

        return true;
    }

    private int Find(ReadOnlySpan<byte> rows, int start, int length)
    {
        ReadOnlySpan<byte> value = rows.Slice(start, length);
        ulong hash = HashOf(value);
        for (int slot = (int)(hash >> 54); ; slot = (slot + 1) & (SlotCount - 1))
        {
            int word = _slots[slot] - 1;
            if (word < 0)
            {
                return Add(slot, hash, start, length);
            }

            if (_hashes[word] == hash && _lengths[word] == length
                && (length <= sizeof(ulong) || value.SequenceEqual(rows.Slice(_starts[word], length))))
            {
                return word;
            }
        }
    }

    private int Add(int slot, ulong hash, int start, int length)
    {
        if (Count == ColumnLimits.WordCountMax)
        {
            return -1;
        }

        _hashes[Count] = hash;
        _starts[Count] = start;
        _lengths[Count] = length;
        TotalLength += length;
        _slots[slot] = (short)++Count;
        return Count - 1;
    }

    // Up to eight bytes the hash tells values of one length apart: multiplying by an odd number loses nothing.
    private static ulong HashOf(ReadOnlySpan<byte> value)
    {
        const ulong factor = 0x9E3779B97F4A7C15;
        ref byte at = ref MemoryMarshal.GetReference(value);
        int length = value.Length;
        ulong last = 0;
        switch (length)
        {
            case >= 8:
                last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, length - 8));
                break;
            case >= 4:
                last = Unsafe.ReadUnaligned<uint>(ref at) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref at, length - 4)) << 32);
                break;
            case > 0:
                last = at | ((ulong)Unsafe.Add(ref at, length >> 1) << 8) | ((ulong)Unsafe.Add(ref at, length - 1) << 16);
                break;
        }

        ulong hash = last * factor;
        for (int i = 0; i + 8 < length; i += 8)
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, i))) * factor;
        }

        return hash;
    }
}
