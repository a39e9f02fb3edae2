using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PureDump.Formats.Columns;

/// <summary>
/// Writes text as codes for the words that it is made of (formats/pdump.md, section 4.4): the most frequent have a byte of their own, the
/// others one that they share with up to 255 about as frequent and a second byte. What would not pay stays as it is.
/// </summary>
internal sealed class SymbolWriter
{
    private const int TotalMin = 1 << 14;

    // What a codec needs, about, in bits: for a letter, for a code, for a code with the byte behind it, for a length among the words.
    private const int LetterBits = 5;
    private const int OwnCodeBits = 8;
    private const int SharedCodeBits = 12;
    private const int LengthBits = 3;

    // With fewer words that have a byte of their own it is not worth it.
    private const int SingleMin = 32;

    // Counts fall into four buckets for each power of two.
    private const int BucketSteps = 4;
    private const int BucketCount = 32 * BucketSteps;

    private readonly TextTokens _tokens = new();
    private readonly int[] _buckets = new int[BucketCount + 1];
    private readonly ushort[] _words = new ushort[TextTokens.CountMax];
    private readonly ushort[] _ranked = new ushort[TextTokens.CountMax];
    private readonly byte[] _free = new byte[256];
    private readonly ulong[] _lengths = new ulong[TextTokens.CountMax];

    // What is written for each token: its bytes or its code, how many they are, and of codes with a byte behind them that byte.
    private readonly Written[] _written = new Written[TextTokens.CountMax];

    private int _wordCount;
    private int _singleCount;

    private readonly record struct Written(ulong Low, ulong High, int Length, byte Place, byte PlaceCount);

    /// <summary>Writes a column.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="starts">Where its values begin in them.</param>
    /// <param name="total">The bytes of all values.</param>
    /// <param name="series">Writes the lengths of words.</param>
    /// <param name="output">Takes encoding and values.</param>
    /// <returns>False, and nothing is written, where the values are not made of few words.</returns>
    public bool TryWrite(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int total, SeriesWriter series, ImageOutput output)
    {
        if (total < TotalMin || !_tokens.TryCount(rows, starts, total) || !TryChoose())
        {
            return false;
        }

        WriteWords(series, output);
        WriteCodes(starts.Length + total, output);
        return true;
    }

    // The words are those that save something. Where they are more than there are bytes left, the rarest share them.
    private bool TryChoose()
    {
        int count = 0;
        Span<bool> isLiteral = stackalloc bool[256];
        isLiteral.Clear();
        MarkBytes(_tokens.Rest, isLiteral);
        for (int token = 1; token < _tokens.Count; token++)
        {
            if (SavingOf(token, OwnCodeBits) > 0)
            {
                _words[count++] = (ushort)token;
            }
            else
            {
                MarkBytes(_tokens.BytesOf(token)[.._tokens.LengthOf(token)], isLiteral);
            }
        }

        int freeCount = FindFree(isLiteral);
        _wordCount = count;
        _singleCount = count;
        return count < freeCount || TryShare(isLiteral);
    }

    // Any of the words may be left out now that is not worth two bytes.
    private bool TryShare(Span<bool> isLiteral)
    {
        int count = _wordCount;
        foreach (ushort token in _words.AsSpan(0, count))
        {
            if (SavingOf(token, SharedCodeBits) <= 0)
            {
                MarkBytes(_tokens.BytesOf(token)[.._tokens.LengthOf(token)], isLiteral);
            }
        }

        _singleCount = FindFree(isLiteral) - 1 - (count + 255) / 256;
        if (_singleCount < SingleMin)
        {
            return false;
        }

        Rank(_words.AsSpan(0, count));
        _wordCount = _singleCount;
        for (int word = _singleCount; word < count; word++)
        {
            if (SavingOf(_words[word], SharedCodeBits) > 0)
            {
                _words[_wordCount++] = _words[word];
            }
        }

        return true;
    }

    // In bits, where the token becomes a word whose code takes so many.
    private int SavingOf(int token, int codeBits)
    {
        int count = _tokens.CountOf(token);
        return (count - 1) * _tokens.LengthOf(token) * LetterBits - count * codeBits - LengthBits;
    }

    private static void MarkBytes(ReadOnlySpan<byte> bytes, Span<bool> isMarked)
    {
        foreach (byte value in bytes)
        {
            isMarked[value] = true;
        }
    }

    // The bytes that may be codes, those that are no ASCII first.
    private int FindFree(ReadOnlySpan<bool> isLiteral)
    {
        int count = 0;
        for (int i = 0; i < 256; i++)
        {
            byte value = (byte)(i + 128);
            if (!isLiteral[value])
            {
                _free[count++] = value;
            }
        }

        return count;
    }

    // Those that save most first, in steps of a quarter of a power of two; within a step they keep their order.
    private void Rank(Span<ushort> words)
    {
        Array.Clear(_buckets);
        foreach (ushort word in words)
        {
            _buckets[BucketOf(word) + 1]++;
        }

        for (int i = 1; i < _buckets.Length; i++)
        {
            _buckets[i] += _buckets[i - 1];
        }

        foreach (ushort word in words)
        {
            _ranked[_buckets[BucketOf(word)]++] = word;
        }

        _ranked.AsSpan(0, words.Length).CopyTo(words);
    }

    private int BucketOf(int word)
    {
        uint saving = (uint)SavingOf(word, OwnCodeBits);
        int log = BitOperations.Log2(saving);
        int step = (int)(((ulong)saving << 2 >> log) & (BucketSteps - 1));
        return BucketCount - 1 - (log * BucketSteps + step);
    }

    private void WriteWords(SeriesWriter series, ImageOutput output)
    {
        int pageCount = (_wordCount - _singleCount + 255) / 256;
        int codeCount = 1 + _singleCount + pageCount;
        output.Write((byte)ColumnEncoding.Symbols);
        output.Write((ushort)_wordCount);
        output.Write((byte)_singleCount);
        _free.AsSpan(0, codeCount).CopyTo(output.Take(isPlain: false, codeCount));

        Span<ulong> lengths = _lengths.AsSpan(0, _wordCount);
        int total = 0;
        for (int word = 0; word < _wordCount; word++)
        {
            int length = _tokens.LengthOf(_words[word]);
            lengths[word] = (uint)length;
            total += length;
        }

        series.Write(lengths, SeriesWriter.Measure(lengths), output);
        output.Write((byte)AreaPlace.Coded);
        Span<byte> area = output.Take(isPlain: false, total);
        foreach (ushort word in _words.AsSpan(0, _wordCount))
        {
            _tokens.BytesOf(word).CopyTo(area);
            area = area[_tokens.LengthOf(word)..];
        }
    }

    private void PlanWriting()
    {
        for (int token = 1; token < _tokens.Count; token++)
        {
            ref readonly TextTokens.Bytes bytes = ref _tokens.At(token);
            _written[token] = new Written(bytes.Low, bytes.High, _tokens.LengthOf(token), 0, 0);
        }

        _written[TextTokens.End] = new Written(_free[0], 0, 1, 0, 0);
        for (int word = 0; word < _singleCount; word++)
        {
            _written[_words[word]] = new Written(_free[1 + word], 0, 1, 0, 0);
        }

        for (int word = _singleCount; word < _wordCount; word++)
        {
            int at = word - _singleCount;
            _written[_words[word]] = new Written(_free[1 + _singleCount + (at >> 8)], 0, 1, (byte)at, 1);
        }
    }

    // Sixteen bytes are written for each token, and as many count as it has: no branch depends on what a token is.
    private void WriteCodes(int total, ImageOutput output)
    {
        PlanWriting();
        ref byte codes = ref MemoryMarshal.GetReference(output.Peek(isPlain: false, sizeof(uint) + total + TextTokens.LengthMax));
        ref byte places = ref MemoryMarshal.GetReference(output.Peek(isPlain: true, total));
        ref Written written = ref MemoryMarshal.GetArrayDataReference(_written);
        ReadOnlySpan<byte> rest = _tokens.Rest;
        int length = sizeof(uint);
        int placeCount = 0;
        foreach (ushort token in _tokens.Numbers)
        {
            if (token >= TextTokens.RestBase)
            {
                int count = token - TextTokens.RestBase;
                rest[..count].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref codes, length), count));
                rest = rest[count..];
                length += count;
                continue;
            }

            ref Written form = ref Unsafe.Add(ref written, token);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref codes, length), form.Low);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref codes, length + sizeof(ulong)), form.High);
            length += form.Length;
            Unsafe.Add(ref places, placeCount) = form.Place;
            placeCount += form.PlaceCount;
        }

        output.Write((uint)(length - sizeof(uint)));
        output.Take(isPlain: false, length - sizeof(uint));
        output.Take(isPlain: true, placeCount);
    }
}
