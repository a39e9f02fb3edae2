using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PureDump.Formats.Columns;

/// <summary>Finds out whether a column has few different values, and numbers them in the order in which they appear.</summary>
internal sealed class WordTable
{
    /// <summary>Longer values are left to the codec, which finds their repetitions itself.</summary>
    public const int WordLengthMax = 128;

    private const int SlotCount = 1024;

    private const ulong HashFactor = 0x9E3779B97F4A7C15;

    // After so many values a column that is worth a dictionary has shown it.
    private const int TrialCount = 128;
    private const int TrialWordMax = 96;

    private readonly short[] _slots = new short[SlotCount];
    private readonly Word[] _words = new Word[ColumnLimits.WordCountMax];

    /// <summary>How many different values there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of all of them together.</summary>
    public int TotalLength { get; private set; }

    /// <summary>Where a word begins in the rows.</summary>
    public int StartOf(int word) => _words[word].Start;

    /// <summary>How long a word is.</summary>
    public int LengthOf(int word) => _words[word].Length;

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
        ref byte at = ref MemoryMarshal.GetReference(rows.Slice(start, length));
        ulong last = LastOf(ref at, length);
        ulong first = length > sizeof(ulong) ? Unsafe.ReadUnaligned<ulong>(ref at) : 0;
        ulong hash = ((BitOperations.RotateLeft(first, 29) ^ last) + (uint)length) * HashFactor;
        for (int slot = (int)(hash >> 54); ; slot = (slot + 1) & (SlotCount - 1))
        {
            int number = _slots[slot] - 1;
            if (number < 0)
            {
                return Add(slot, new Word(first, last, start, length));
            }

            ref Word word = ref _words[number];
            if (word.Last == last && word.First == first && word.Length == length
                && (length <= 2 * sizeof(ulong) || AreEqual(rows.Slice(start, length), rows.Slice(word.Start, length))))
            {
                return number;
            }
        }
    }

    // Of up to 32 bytes the first and the last sixteen are all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual(ReadOnlySpan<byte> value, ReadOnlySpan<byte> word)
    {
        if (value.Length > 2 * Vector128<byte>.Count)
        {
            return value.SequenceEqual(word);
        }

        ref byte left = ref MemoryMarshal.GetReference(value);
        ref byte right = ref MemoryMarshal.GetReference(word);
        nuint behind = (nuint)(value.Length - Vector128<byte>.Count);
        Vector128<byte> difference = (Vector128.LoadUnsafe(ref left) ^ Vector128.LoadUnsafe(ref right))
            | (Vector128.LoadUnsafe(ref left, behind) ^ Vector128.LoadUnsafe(ref right, behind));
        return difference == Vector128<byte>.Zero;
    }

    private int Add(int slot, Word word)
    {
        if (Count == ColumnLimits.WordCountMax)
        {
            return -1;
        }

        _words[Count] = word;
        TotalLength += word.Length;
        _slots[slot] = (short)++Count;
        return Count - 1;
    }

    // The last eight bytes; of shorter values all of them, so that they and the length tell values apart.
    private static ulong LastOf(ref byte at, int length) => length switch
    {
        >= 8 => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, length - 8)),
        >= 4 => Unsafe.ReadUnaligned<uint>(ref at) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref at, length - 4)) << 32),
        > 0 => at | ((ulong)Unsafe.Add(ref at, length >> 1) << 8) | ((ulong)Unsafe.Add(ref at, length - 1) << 16),
        _ => 0,
    };

    // The first eight bytes (0 where the last eight are all), the last eight, and where the word stands.
    private readonly record struct Word(ulong First, ulong Last, int Start, int Length);
}
