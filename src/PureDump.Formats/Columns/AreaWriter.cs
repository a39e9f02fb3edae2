using System.Runtime.InteropServices;

namespace PureDump.Formats.Columns;

/// <summary>Writes values one behind the other, where they belong: to the codec, beside it, or as the numbers of an alphabet.</summary>
internal sealed class AreaWriter
{
    // An alphabet of sixteen is used where a codec does no better: random hexadecimal digits.
    private const float NibbleEntropyMin = 3.6f;
    private const float PlaneRedundancyMin = 1;

    // Of values as long as these a few are compared: a codec finds noise that was there before.
    private const int RepeatLengthMin = 32;
    private const int RepeatCount = 128;

    private readonly ByteSample _sample = new();
    private readonly byte[] _numberOf = new byte[256];

    /// <summary>Guesses the place that suits the values.</summary>
    public AreaPlace Choose(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int total)
    {
        Sample(rows, starts, total);
        if (_sample.IsNoise)
        {
            return total > RepeatLengthMin * starts.Length && HasRepeats(rows, starts) ? AreaPlace.Coded : AreaPlace.Plain;
        }

        return _sample.Entropy >= NibbleEntropyMin && _sample.DifferentCount <= ColumnLimits.AlphabetSize
            ? AreaPlace.Nibbles
            : AreaPlace.Coded;
    }

    /// <summary>Whether the byte at a place of every value is noise.</summary>
    public bool IsNoise(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int offset)
    {
        _sample.Clear();
        (int runCount, int runLength, int step) = ByteSample.RunsOf(starts.Length);
        for (int run = 0; run < runCount; run++)
        {
            foreach (int start in starts.Slice(run * step, runLength))
            {
                _sample.Add(rows[start + offset]);
            }
        }

        return 8 - _sample.Entropy < PlaneRedundancyMin;
    }

    /// <summary>Writes the values; as bytes for the codec where the alphabet turns out to be larger than the sample's.</summary>
    public void Write(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int total, AreaPlace place, ImageOutput output)
    {
        if (place == AreaPlace.Nibbles)
        {
            if (TryWriteNibbles(rows, starts, total, output))
            {
                return;
            }

            place = AreaPlace.Coded;
        }

        output.Write((byte)place);
        Gather(rows, starts, output.Take(place == AreaPlace.Plain, total));
    }

    // Eight bytes from the middle of some values are enough: what files of one kind have in common stands at their ends.
    private static bool HasRepeats(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts)
    {
        Span<ulong> middles = stackalloc ulong[RepeatCount];
        int count = 0;
        int step = (starts.Length + RepeatCount - 1) / RepeatCount;
        for (int i = 0; i < starts.Length; i += step)
        {
            int length = ColumnRows.LengthAt(rows, starts[i]);
            if (length >= RepeatLengthMin)
            {
                middles[count++] = MemoryMarshal.Read<ulong>(rows[(starts[i] + length / 2)..]);
            }
        }

        middles = middles[..count];
        middles.Sort();
        for (int i = 1; i < middles.Length; i++)
        {
            if (middles[i] == middles[i - 1])
            {
                return true;
            }
        }

        return false;
    }

    private static void Gather(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, Span<byte> target)
    {
        int at = 0;
        foreach (int start in starts)
        {
            int length = ColumnRows.LengthAt(rows, start);
            ValueBytes.Copy(rows, start, length, target[at..]);
            at += length;
        }
    }

    private void Sample(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int total)
    {
        // Places evenly over all bytes of the values, found by walking their lengths.
        _sample.Clear();
        int step = Math.Max(1, total / ByteSample.SizeMax + 1);
        int next = 0;
        foreach (int start in starts)
        {
            int length = ColumnRows.LengthAt(rows, start);
            for (; next < length; next += step)
            {
                _sample.Add(rows[start + next]);
            }

            next -= length;
        }
    }

    private bool TryWriteNibbles(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int total, ImageOutput output)
    {
        Span<byte> alphabet = stackalloc byte[ColumnLimits.AlphabetSize];
        _sample.WriteAlphabet(alphabet, _numberOf);
        Span<byte> target = output.Peek(isPlain: true, (total + 1) / 2);
        int at = 0;
        int pending = 0;
        int unknown = 0;
        foreach (int start in starts)
        {
            foreach (byte value in rows.Slice(start, ColumnRows.LengthAt(rows, start)))
            {
                int number = _numberOf[value];
                unknown |= number;
                if ((at & 1) == 0)
                {
                    pending = number;
                }
                else
                {
                    target[at >> 1] = (byte)(pending | (number << 4));
                }

                at++;
            }
        }

        if (unknown >= ColumnLimits.AlphabetSize)
        {
            return false;
        }

        if ((at & 1) != 0)
        {
            target[at >> 1] = (byte)pending;
        }

        output.Write((byte)AreaPlace.Nibbles);
        alphabet.CopyTo(output.Take(isPlain: false, ColumnLimits.AlphabetSize));
        output.Take(isPlain: true, (total + 1) / 2);
        return true;
    }
}
