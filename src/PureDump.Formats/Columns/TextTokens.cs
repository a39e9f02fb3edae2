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

    /// <summary>From here on a number is no token's: the bytes are the next ones of <see cref="Rest"/>, as many as the number is larger.</summary>
    public const int RestBase = CountMax;

    private const int HashBits = 13;

    // A value is looked at in pieces, and its tokens are loaded whole: so many bytes beyond its end are read.
    private const int PieceLength = 32;
    private const int Slack = PieceLength + LengthMax;

    // Tokens are marked, then numbered, so many at a time. After the first of them, text that is made of few words has shown it.
    private const int BatchCount = 2048;
    private const int MarkStep = 8;
    private const int MarkSlack = PieceLength + 2;

    // Of a mark, which is a place shifted by one: a value ends there.
    private const int EndMark = 1;

    private const float TrialSavingMin = 0.15f;

    // Where pairs of tokens come again and again a codec finds longer repetitions than these.
    private const float TrialPairShareMax = 0.5f;
    private const int PairBits = 14;

    private readonly ushort[] _slots = new ushort[1 << HashBits];
    private readonly Bytes[] _bytes = new Bytes[CountMax];
    private readonly byte[] _lengths = new byte[CountMax];
    private readonly int[] _counts = new int[CountMax];
    private readonly bool[] _pairs = new bool[1 << PairBits];
    private int[] _marks = [];
    private byte[] _rest = [];
    private byte[] _last = [];
    private ushort[] _tokens = [];
    private int _tokenCount;
    private int _restLength;
    private int _markCount;

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
        Clear(total + starts.Length);
        ref byte origin = ref MemoryMarshal.GetReference(rows);
        int trialLength = 0;
        bool isTrial = true;
        foreach (int start in starts)
        {
            int length = ColumnRows.LengthAt(rows, start);
            trialLength += length;
            if (start + length + Slack > rows.Length)
            {
                CountLast(ref origin, rows.Slice(start, length));
            }
            else
            {
                Mark(ref origin, start, length);
                if (_markCount >= BatchCount)
                {
                    Number(ref origin);
                }
            }

            if (isTrial && _tokenCount >= BatchCount)
            {
                if (!IsWorthIt(trialLength))
                {
                    return false;
                }

                isTrial = false;
            }
        }

        Number(ref origin);

        // A zero byte looks like the end of a value.
        return !isTrial && _counts[End] == starts.Length;
    }

    private void Clear(int tokenCountMax)
    {
        Array.Clear(_slots);
        if (_tokens.Length < tokenCountMax)
        {
            _tokens = GC.AllocateUninitializedArray<ushort>(Math.Max(tokenCountMax, 1 << 16));
        }

        // The token of no bytes: it is found like any other one.
        _bytes[End] = default;
        _lengths[End] = 0;
        _counts[End] = 0;
        Count = 1;
        _tokenCount = 0;
        _restLength = 0;
        _markCount = 0;
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
        ReadOnlySpan<ushort> tokens = Numbers[..Math.Min(_tokenCount, BatchCount)];
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

    // The rows end behind the value: it moves to where there is room.
    private void CountLast(ref byte origin, ReadOnlySpan<byte> value)
    {
        Number(ref origin);
        if (_last.Length < value.Length + Slack)
        {
            _last = new byte[value.Length + Slack];
        }

        value.CopyTo(_last);
        Mark(ref _last[0], 0, value.Length);
        Number(ref _last[0]);
    }

    // Marks where the tokens of a value begin, and where it ends. Where tokens begin in a piece is known at once, and all of its marks are
    // written whether they are there or not: no token waits for the one before, and no branch depends on how many there are.
    private void Mark(ref byte origin, int start, int length)
    {
        int count = _markCount;
        if (_marks.Length < count + length + MarkSlack)
        {
            Array.Resize(ref _marks, Math.Max(2 * _marks.Length, count + length + MarkSlack));
        }

        ref int marks = ref MemoryMarshal.GetArrayDataReference(_marks);
        ref byte value = ref Unsafe.Add(ref origin, start);
        uint lettersBefore = 0;
        uint spacesBefore = 1;
        for (int at = 0; at < length; at += PieceLength)
        {
            var low = Vector128.LoadUnsafe(ref value, (nuint)at);
            var high = Vector128.LoadUnsafe(ref value, (nuint)at + (nuint)Vector128<byte>.Count);
            uint letters = LettersOf(low) | (LettersOf(high) << Vector128<byte>.Count);
            uint spaces = BytesOf(low, (byte)' ') | (BytesOf(high, (byte)' ') << Vector128<byte>.Count);
            uint begins = (~letters & ~spaces) | (letters & ~((letters << 1) | lettersBefore)) | (spaces & ((spaces << 1) | spacesBefore));
            lettersBefore = letters >> (PieceLength - 1);
            spacesBefore = spaces >> (PieceLength - 1);
            if (length - at < PieceLength)
            {
                begins &= (1u << (length - at)) - 1;
            }

            int next = count + BitOperations.PopCount(begins);
            do
            {
                ref int target = ref Unsafe.Add(ref marks, count);
                target = TakeMark(start + at, ref begins);
                Unsafe.Add(ref target, 1) = TakeMark(start + at, ref begins);
                Unsafe.Add(ref target, 2) = TakeMark(start + at, ref begins);
                Unsafe.Add(ref target, 3) = TakeMark(start + at, ref begins);
                Unsafe.Add(ref target, 4) = TakeMark(start + at, ref begins);
                Unsafe.Add(ref target, 5) = TakeMark(start + at, ref begins);
                Unsafe.Add(ref target, 6) = TakeMark(start + at, ref begins);
                Unsafe.Add(ref target, 7) = TakeMark(start + at, ref begins);
                count += MarkStep;
            }
            while (count < next);
            count = next;
        }

        Unsafe.Add(ref marks, count) = ((start + length) << 1) | EndMark;
        _markCount = count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeMark(int start, ref uint begins)
    {
        int mark = (start + BitOperations.TrailingZeroCount(begins)) << 1;
        begins &= begins - 1;
        return mark;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint LettersOf(Vector128<byte> bytes) => BytesOf(Vector128.Max(bytes, Vector128.Create((byte)'A')), bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BytesOf(Vector128<byte> bytes, byte value) => BytesOf(bytes, Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BytesOf(Vector128<byte> bytes, Vector128<byte> values) => Vector128.Equals(bytes, values).ExtractMostSignificantBits();

    // Gives a number to each token that is marked, and forgets the marks.
    private void Number(ref byte origin)
    {
        if (_markCount == 0)
        {
            return;
        }

        // The last mark ends a value: its token has no bytes, whatever stands behind it.
        ref int marks = ref MemoryMarshal.GetArrayDataReference(_marks);
        ref ushort target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_tokens), _tokenCount);
        ref ushort slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref Bytes known = ref MemoryMarshal.GetArrayDataReference(_bytes);
        ref int counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        ref byte masks = ref MemoryMarshal.GetReference(Masks);
        int mark = marks;
        int added = 0;
        for (int i = 1; i <= _markCount; i++)
        {
            int next = Unsafe.Add(ref marks, i);
            int start = mark >> 1;
            int length = ((next >> 1) - start) & ((mark & EndMark) - 1);
            mark = next;
            if (length > LengthMax)
            {
                for (; length > LengthMax; length -= LengthMax, start += LengthMax)
                {
                    Unsafe.Add(ref target, added++) = (ushort)FindOrAdd(Load(ref Unsafe.Add(ref origin, start), ref masks), LengthMax);
                }
            }

            Bytes bytes = Load(ref Unsafe.Add(ref origin, start), ref Unsafe.Add(ref masks, LengthMax - length));
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
        _markCount = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Bytes Load(ref byte from, ref byte mask) => new(
        Unsafe.ReadUnaligned<ulong>(ref from) & Unsafe.ReadUnaligned<ulong>(ref mask),
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, sizeof(ulong))) & Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref mask, sizeof(ulong))));

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
