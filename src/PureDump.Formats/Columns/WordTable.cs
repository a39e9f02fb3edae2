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
        int trialCount = Math.Min(starts.Length, TrialCount);
        return TryNumberPart(rows, starts[..trialCount], codes)
            && (trialCount == starts.Length || Count <= TrialWordMax)
            && TryNumberPart(rows, starts[trialCount..], codes[trialCount..]);
    }

    private bool TryNumberPart(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, Span<byte> codes)
    {
        ref byte origin = ref MemoryMarshal.GetReference(rows);
        ref short slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref Word words = ref MemoryMarshal.GetArrayDataReference(_words);
        int end = rows.Length - sizeof(ulong);
        for (int i = 0; i < starts.Length && i < codes.Length; i++)
        {
            int start = starts[i];
            int length = ColumnRows.LengthAt(rows, start);
            if (length > WordLengthMax)
            {
                return false;
            }

            Word value = start <= end ? WordAt(ref Unsafe.Add(ref origin, start), start, length) : LastWord(rows.Slice(start, length), start);
            int slot = SlotOf(value);
            int number = Unsafe.Add(ref slots, slot) - 1;
            if (number < 0 || !AreEqual(rows, value, Unsafe.Add(ref words, number)))
            {
                number = FindOrAdd(rows, value, slot);
                if (number < 0)
                {
                    return false;
                }
            }

            codes[i] = (byte)number;
        }

        return true;
    }

    // Of at least eight bytes the first and the last eight, of fewer all of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word WordAt(ref byte at, int start, int length)
    {
        ulong first = Unsafe.ReadUnaligned<ulong>(ref at);
        return length >= sizeof(ulong)
            ? new Word(first, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, length - sizeof(ulong))), start, length)
            : new Word(0, first & ((1ul << (8 * length)) - 1), start, length);
    }

    // The same where the rows end behind the value.
    private static Word LastWord(ReadOnlySpan<byte> value, int start)
    {
        Span<byte> room = stackalloc byte[WordLengthMax + sizeof(ulong)];
        value.CopyTo(room);
        return WordAt(ref MemoryMarshal.GetReference(room), start, value.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(in Word word) =>
        (int)(((BitOperations.RotateLeft(word.First, 29) ^ word.Last) + (uint)word.Length) * HashFactor >> 54);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindOrAdd(ReadOnlySpan<byte> rows, in Word value, int slot)
    {
        for (; ; slot = (slot + 1) & (SlotCount - 1))
        {
            int number = _slots[slot] - 1;
            if (number < 0)
            {
                return Add(slot, value);
            }

            if (AreEqual(rows, value, _words[number]))
            {
                return number;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual(ReadOnlySpan<byte> rows, in Word value, in Word word) =>
        word.Last == value.Last && word.First == value.First && word.Length == value.Length
        && (value.Length <= 2 * sizeof(ulong) || AreEqual(rows.Slice(value.Start, value.Length), rows.Slice(word.Start, value.Length)));

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

    // What WordAt gives, and where the word stands.
    private readonly record struct Word(ulong First, ulong Last, int Start, int Length);
}
