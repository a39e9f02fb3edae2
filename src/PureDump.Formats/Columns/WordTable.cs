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
    /// <param name="codes">The word of each value.</param>
    /// <returns>False where they are too many or too long.</returns>
    public bool TryNumber(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, Span<byte> codes)
    {
        Array.Clear(_slots);
        Count = 0;
        TotalLength = 0;

        // Eight bytes are loaded from where a value begins. Those of which the rows have fewer are the last ones, and shorter.
        int inner = starts.Length;
        while (inner > 0 && starts[inner - 1] > rows.Length - sizeof(ulong))
        {
            inner--;
        }

        int trialCount = Math.Min(inner, TrialCount);
        return TryNumberInner(rows, starts[..trialCount], codes)
            && (trialCount < TrialCount || Count <= TrialWordMax)
            && TryNumberInner(rows, starts[trialCount..inner], codes[trialCount..])
            && TryNumberLast(rows, starts[inner..], codes[inner..]);
    }

    // What is looked at of a value stays in registers: a Word for each of them would pass through memory.
    private bool TryNumberInner(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, Span<byte> codes)
    {
        ref byte origin = ref MemoryMarshal.GetReference(rows);
        ref short slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref Word words = ref MemoryMarshal.GetArrayDataReference(_words);
        codes = codes[..starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            int start = starts[i];
            int length = ColumnRows.LengthAt(ref origin, start);
            if (length > WordLengthMax)
            {
                return false;
            }

            ref byte at = ref Unsafe.Add(ref origin, start);
            ulong first = Unsafe.ReadUnaligned<ulong>(ref at);
            ulong last;
            if (length >= sizeof(ulong))
            {
                last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, length - sizeof(ulong)));
            }
            else
            {
                last = first & ((1ul << (8 * length)) - 1);
                first = 0;
            }

            int slot = SlotOf(first, last, length);
            int number = Unsafe.Add(ref slots, slot) - 1;
            if (number < 0)
            {
                number = FindOrAdd(rows, new Word(first, last, start, length), slot);
            }
            else
            {
                ref Word word = ref Unsafe.Add(ref words, number);
                if (((word.Last ^ last) | (word.First ^ first) | (uint)(word.Length ^ length)) != 0 || !AreEqual(rows, start, word))
                {
                    number = FindOrAdd(rows, new Word(first, last, start, length), slot);
                }
            }

            if (number < 0)
            {
                return false;
            }

            codes[i] = (byte)number;
        }

        return true;
    }

    private bool TryNumberLast(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, Span<byte> codes)
    {
        for (int i = 0; i < starts.Length; i++)
        {
            int length = ColumnRows.LengthAt(rows, starts[i]);
            ulong last = 0;
            for (int place = 0; place < length; place++)
            {
                last |= (ulong)rows[starts[i] + place] << (8 * place);
            }

            int number = FindOrAdd(rows, new Word(0, last, starts[i], length), SlotOf(0, last, length));
            if (number < 0)
            {
                return false;
            }

            codes[i] = (byte)number;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(ulong first, ulong last, int length) =>
        (int)(((BitOperations.RotateLeft(first, 29) ^ last) + (uint)length) * HashFactor >> 54);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindOrAdd(ReadOnlySpan<byte> rows, Word value, int slot)
    {
        for (; ; slot = (slot + 1) & (SlotCount - 1))
        {
            int number = _slots[slot] - 1;
            if (number < 0)
            {
                return Add(slot, value);
            }

            Word word = _words[number];
            if (word.Last == value.Last && word.First == value.First && word.Length == value.Length && AreEqual(rows, value.Start, word))
            {
                return number;
            }
        }
    }

    // Values of one length whose first and last eight bytes are equal; of up to 32 bytes the first and the last sixteen are all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual(ReadOnlySpan<byte> rows, int start, in Word word)
    {
        if (word.Length <= 2 * sizeof(ulong))
        {
            return true;
        }

        if (word.Length > 2 * Vector128<byte>.Count)
        {
            return rows.Slice(start, word.Length).SequenceEqual(rows.Slice(word.Start, word.Length));
        }

        ref byte left = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), start);
        ref byte right = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), word.Start);
        nuint behind = (nuint)(word.Length - Vector128<byte>.Count);
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

    // The first eight bytes (0 of fewer than eight), the last eight or all of fewer, and where the word stands.
    private readonly record struct Word(ulong First, ulong Last, int Start, int Length);
}
