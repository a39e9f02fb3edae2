using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PureDump.Formats.Columns;

/// <summary>
/// Cuts a column of text into tokens, numbers them in the order in which they appear, and counts them. A token is a run of letters (bytes
/// from 'A' on, so all of UTF-8 beyond ASCII) or one other byte, with the space behind it; a space that follows none stands for itself.
/// </summary>
internal sealed class TextTokens
{
    /// <summary>The token that ends each value.</summary>
    public const int End = 0;

    /// <summary>The longest token, in bytes: longer runs are cut.</summary>
    public const int LengthMax = 16;

    /// <summary>How many different ones are numbered, <see cref="End"/> among them.</summary>
    public const int CountMax = 4096;

    /// <summary>From here on a number is no token's: the bytes are the next ones of <see cref="Rest"/>, as many as the number is
    /// larger.</summary>
    public const int RestBase = CountMax;

    private const int HashBits = 13;

    // Values are gathered, marked and numbered in parts of about this many bytes, which stay in the processor's nearest cache.
    private const int PartLength = 1 << 14;
    private const int TrialPartLength = 1 << 9;

    // Text is looked at in pieces, and its tokens are loaded whole: so many bytes beyond its end are read.
    private const int PieceLength = 64;
    private const int Slack = PieceLength + LengthMax;
    private const int MarkStep = 16;

    // After so many tokens, text that is made of few words has shown it.
    private const int TrialCount = 2048;

    private const float TrialSavingMin = 0.15f;

    // Where pairs of tokens come again and again a codec finds longer repetitions than these.
    private const float TrialPairShareMax = 0.5f;
    private const int PairBits = 14;

    private readonly ushort[] _slots = new ushort[1 << HashBits];
    private readonly Bytes[] _bytes = new Bytes[CountMax];
    private readonly byte[] _lengths = new byte[CountMax];
    private readonly int[] _counts = new int[CountMax];
    private readonly bool[] _pairs = new bool[1 << PairBits];
    private byte[] _text = [];
    private int[] _marks = [];
    private byte[] _rest = [];
    private ushort[] _tokens = [];
    private int _tokenCount;
    private int _restLength;

    /// <summary>The bytes of a token, and zeros behind it.</summary>
    /// <param name="Low">The first eight as they stand in memory.</param>
    /// <param name="High">The others.</param>
    public readonly record struct Bytes(ulong Low, ulong High);

    /// <summary>How many different tokens there are, <see cref="End"/> among them.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers of the tokens of all values, in their order.</summary>
    public ReadOnlySpan<ushort> Numbers => _tokens.AsSpan(0, _tokenCount);

    /// <summary>The bytes of tokens that were one too many to be numbered.</summary>
    public ReadOnlySpan<byte> Rest => _rest.AsSpan(0, _restLength);

    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>How often a token appears.</summary>
    public int CountOf(int token) => _counts[token];

    /// <summary>How long a token is; 0 for <see cref="End"/>.</summary>
    public int LengthOf(int token) => _lengths[token];

    /// <summary>A token, <see cref="LengthMax"/> bytes with zeros behind it.</summary>
    public ReadOnlySpan<byte> BytesOf(int token) => MemoryMarshal.AsBytes(_bytes.AsSpan(token, 1));

    /// <summary>The same in two numbers.</summary>
    public ref readonly Bytes At(int token) => ref _bytes[token];

    /// <summary>Counts the tokens of all values.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="starts">Where the values begin in them.</param>
    /// <param name="total">The bytes of all values.</param>
    /// <returns>False where the first ones show that a codec is better off with the text, or where one has a zero byte.</returns>
    public bool TryCount(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int total)
    {
        int valueCount = starts.Length;
        Clear(total + valueCount);
        bool isTrial = true;
        int countedLength = 0;
        while (!starts.IsEmpty)
        {
            int length = Gather(rows, ref starts, isTrial ? TrialPartLength : PartLength);
            countedLength += length;
            Number(Mark(length));
            if (isTrial && _tokenCount >= TrialCount)
            {
                if (!IsWorthIt(countedLength))
                {
                    return false;
                }

                isTrial = false;
            }
        }

        // A zero byte looks like the end of a value.
        return !isTrial && _counts[End] == valueCount;
    }

    private void Clear(int tokenCountMax)
    {
        Array.Clear(_slots);
        if (_tokens.Length < tokenCountMax)
        {
            _tokens = GC.AllocateUninitializedArray<ushort>(Math.Max(tokenCountMax, 1 << 16));
        }

        // A zero byte: it is found like any other one.
        _bytes[End] = default;
        _lengths[End] = 0;
        _counts[End] = 0;
        Count = 1;
        _tokenCount = 0;
        _restLength = 0;
    }

    // What the words of the trial save, about, is a good part of its letters; and few of their pairs were there before.
    private bool IsWorthIt(int length)
    {
        int saving = 0;
        for (int token = 1; token < Count; token++)
        {
            saving += Math.Max(0, (_counts[token] - 1) * _lengths[token] - 2 * _counts[token]);
        }

        if (saving < TrialSavingMin * length)
        {
            return false;
        }

        // Of a long value many more were counted, and among many pairs most were there before.
        ReadOnlySpan<ushort> tokens = Numbers[..Math.Min(_tokenCount, TrialCount)];
        Array.Clear(_pairs);
        int repeated = 0;
        for (int i = 1; i < tokens.Length; i++)
        {
            ref bool isThere = ref _pairs[(tokens[i - 1] * 97 + tokens[i]) & ((1 << PairBits) - 1)];
            repeated += isThere ? 1 : 0;
            isThere = true;
        }

        return repeated < TrialPairShareMax * tokens.Length;
    }

    // Takes values, a zero byte behind each, until they are a part; gives their length.
    private int Gather(ReadOnlySpan<byte> rows, ref ReadOnlySpan<int> starts, int partLength)
    {
        int filled = 0;
        int count = 0;
        for (; count < starts.Length && filled < partLength; count++)
        {
            int start = starts[count];
            int length = ColumnRows.LengthAt(rows, start);
            if (_text.Length < filled + length + 1 + Slack)
            {
                Array.Resize(ref _text, filled + length + 1 + Slack + partLength);
            }

            ValueBytes.Copy(rows, start, length, _text.AsSpan(filled));
            filled += length;
            _text[filled++] = 0;
        }

        starts = starts[count..];
        return filled;
    }

    // Marks where the tokens of the gathered text begin, and its end; gives their number. Where tokens begin in a piece is known at once,
    // and as many marks as most pieces have are written whether they are there or not: no token waits for the one before, and hardly a
    // branch for their number.
    private int Mark(int length)
    {
        if (_marks.Length < length + PieceLength + MarkStep)
        {
            _marks = GC.AllocateUninitializedArray<int>(length + PieceLength + MarkStep);
        }

        ref int marks = ref MemoryMarshal.GetArrayDataReference(_marks);
        ref byte text = ref MemoryMarshal.GetArrayDataReference(_text);
        int count = 0;
        ulong lettersBefore = 0;
        ulong gapsBefore = 1;
        for (int at = 0; at < length; at += PieceLength)
        {
            Masks64(ref Unsafe.Add(ref text, at), out ulong letters, out ulong spaces, out ulong gaps);
            ulong begins = ~(letters | spaces) | (letters & ~((letters << 1) | lettersBefore)) | (spaces & ((gaps << 1) | gapsBefore));
            lettersBefore = letters >> (PieceLength - 1);
            gapsBefore = gaps >> (PieceLength - 1);
            if (length - at < PieceLength)
            {
                begins &= (1ul << (length - at)) - 1;
            }

            int next = count + BitOperations.PopCount(begins);
            do
            {
                ref int target = ref Unsafe.Add(ref marks, count);
                for (int i = 0; i < MarkStep; i++)
                {
                    Unsafe.Add(ref target, i) = TakeMark(at, ref begins);
                }

                count += MarkStep;
            }
            while (count < next);
            count = next;
        }

        Unsafe.Add(ref marks, count) = length;
        return count;
    }

    // Which of 64 bytes are letters, spaces, and spaces or ends of values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Masks64(ref byte text, out ulong letters, out ulong spaces, out ulong gaps)
    {
        letters = 0;
        spaces = 0;
        gaps = 0;
        for (int i = 0; i < PieceLength; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref text, (nuint)i);
            letters |= (ulong)Vector128.Equals(Vector128.Max(bytes, Vector128.Create((byte)'A')), bytes).ExtractMostSignificantBits() << i;
            spaces |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)' ')).ExtractMostSignificantBits() << i;
            gaps |= (ulong)Vector128.Equals(bytes & Vector128.Create((byte)0xDF), Vector128<byte>.Zero).ExtractMostSignificantBits() << i;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeMark(int at, ref ulong begins)
    {
        int mark = at + BitOperations.TrailingZeroCount(begins);
        begins &= begins - 1;
        return mark;
    }

    // Gives a number to each token that is marked.
    private void Number(int markCount)
    {
        ref int marks = ref MemoryMarshal.GetArrayDataReference(_marks);
        ref byte text = ref MemoryMarshal.GetArrayDataReference(_text);
        ref ushort target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_tokens), _tokenCount);
        ref ushort slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref Bytes known = ref MemoryMarshal.GetArrayDataReference(_bytes);
        ref int counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        ref byte masks = ref MemoryMarshal.GetReference(Masks);
        int start = marks;
        int added = 0;
        for (int i = 1; i <= markCount; i++)
        {
            int next = Unsafe.Add(ref marks, i);
            int length = next - start;
            for (; length > LengthMax; length -= LengthMax, start += LengthMax)
            {
                Unsafe.Add(ref target, added++) = (ushort)FindOrAdd(Load(ref Unsafe.Add(ref text, start), ref masks), LengthMax);
            }

            Bytes bytes = Load(ref Unsafe.Add(ref text, start), ref Unsafe.Add(ref masks, LengthMax - length));
            start = next;
            int token = Unsafe.Add(ref slots, SlotOf(bytes));
            ref Bytes there = ref Unsafe.Add(ref known, token);
            if (((there.Low ^ bytes.Low) | (there.High ^ bytes.High)) == 0)
            {
                Unsafe.Add(ref counts, token)++;
            }
            else
            {
                token = FindOrAdd(bytes, length);
            }

            Unsafe.Add(ref target, added++) = (ushort)token;
        }

        _tokenCount += added;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Bytes Load(ref byte from, ref byte mask) =>
        new(
            Unsafe.ReadUnaligned<ulong>(ref from) & Unsafe.ReadUnaligned<ulong>(ref mask),
            Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, sizeof(ulong)))
                & Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref mask, sizeof(ulong))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(Bytes bytes) => (int)((bytes.Low * 0x9E3779B97F4A7C15 + bytes.High * 0xD6E8FEB86659FD93) >> (64 - HashBits));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindOrAdd(Bytes bytes, int length)
    {
        // The first place is that of End. There are more places than tokens, so that every search ends.
        int slot = Math.Max(1, SlotOf(bytes));
        for (; _slots[slot] != 0; slot = Math.Max(1, (slot + 1) & (_slots.Length - 1)))
        {
            int token = _slots[slot];
            if (_bytes[token] == bytes)
            {
                _counts[token]++;
                return token;
            }
        }

        if (Count == CountMax)
        {
            return AddRest(bytes, length);
        }

        _slots[slot] = (ushort)Count;
        _bytes[Count] = bytes;
        _lengths[Count] = (byte)length;
        _counts[Count] = 1;
        return Count++;
    }

    private int AddRest(Bytes bytes, int length)
    {
        if (_rest.Length < _restLength + LengthMax)
        {
            Array.Resize(ref _rest, Math.Max(2 * _rest.Length, 1 << 16));
        }

        MemoryMarshal.Write(_rest.AsSpan(_restLength), in bytes);
        _restLength += length;
        return RestBase + length;
    }
}
