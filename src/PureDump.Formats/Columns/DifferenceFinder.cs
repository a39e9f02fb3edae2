using System.Numerics;

namespace PureDump.Formats.Columns;

/// <summary>
/// Finds the earlier column whose numbers are nearest to those of another one, row by row: the date of an order to that of its delivery.
/// A few rows of each are compared; who uses the guess measures all of them.
/// </summary>
internal sealed class DifferenceFinder
{
    /// <summary>What a difference must save, in bits for each number, to be worth its pass.</summary>
    public const int GainMin = 2;

    private const int CandidateMax = 16;
    private const int SampleSize = 64;
    private const int RowCountMin = 16;

    private readonly ulong[] _samples = new ulong[CandidateMax * SampleSize];
    private readonly Candidate[] _candidates = new Candidate[CandidateMax];
    private int _count;

    /// <summary>Forgets all columns.</summary>
    public void Clear() => _count = 0;

    /// <summary>Keeps a column as one that later ones may be the difference to; the sixteen last ones are kept.</summary>
    /// <param name="column">Its number.</param>
    /// <param name="width">Of its values, in bytes.</param>
    /// <param name="numbers">Of all rows.</param>
    public void Add(int column, int width, ReadOnlySpan<ulong> numbers)
    {
        int slot = _count++ % CandidateMax;
        _candidates[slot] = new Candidate(column, width);
        Sample(numbers, SampleOf(slot));
    }

    /// <summary>The column that a column of such numbers is best written as the difference to; -1 where none saves enough.</summary>
    /// <param name="width">Of its values, in bytes.</param>
    /// <param name="numbers">Of all rows.</param>
    /// <param name="bits">What each of them takes without.</param>
    public int Find(int width, ReadOnlySpan<ulong> numbers, int bits)
    {
        int best = -1;
        if (bits <= GainMin || numbers.Length < RowCountMin || _count == 0)
        {
            return best;
        }

        Span<ulong> own = stackalloc ulong[SampleSize];
        int size = Sample(numbers, own);
        int bitsBest = bits - GainMin + 1;
        for (int slot = 0; slot < Math.Min(_count, CandidateMax); slot++)
        {
            if (_candidates[slot].Width == width)
            {
                int bitsThere = BitsOfDifferences(own[..size], SampleOf(slot)[..size]);
                if (bitsThere < bitsBest)
                {
                    bitsBest = bitsThere;
                    best = _candidates[slot].Column;
                }
            }
        }

        return best;
    }

    private Span<ulong> SampleOf(int slot) => _samples.AsSpan(slot * SampleSize, SampleSize);

    // The same rows of every column.
    private static int Sample(ReadOnlySpan<ulong> numbers, Span<ulong> target)
    {
        int size = Math.Min(SampleSize, numbers.Length);
        int step = numbers.Length / Math.Max(1, size);
        for (int i = 0; i < size; i++)
        {
            target[i] = numbers[i * step];
        }

        return size;
    }

    private static int BitsOfDifferences(ReadOnlySpan<ulong> numbers, ReadOnlySpan<ulong> others)
    {
        long min = long.MaxValue;
        long max = long.MinValue;
        for (int i = 0; i < numbers.Length; i++)
        {
            long difference = (long)(numbers[i] - others[i]);
            min = Math.Min(min, difference);
            max = Math.Max(max, difference);
        }

        return 64 - BitOperations.LeadingZeroCount((ulong)max - (ulong)min);
    }

    private readonly record struct Candidate(int Column, int Width);
}
