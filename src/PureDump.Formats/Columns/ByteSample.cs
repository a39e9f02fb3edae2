namespace PureDump.Formats.Columns;

/// <summary>
/// Guesses from a few hundred values what a codec would find in all of them: runs of 64 neighbours from eight places. Shannon's
/// entropy of single bytes and equal neighbours are enough to tell noise from the rest.
/// </summary>
internal sealed class ByteSample
{
    /// <summary>The values looked at, at most.</summary>
    public const int SizeMax = RunCount * RunLength;

    private const int RunCount = 8;
    private const int RunLength = 64;
    private const float NoiseRedundancyMax = 0.3f;

    private static readonly float[] s_weights =
    [
        .. Enumerable.Range(0, SizeMax + 1).Select(count => count == 0 ? 0f : count * MathF.Log2(count)),
    ];

    private readonly int[] _counts = new int[256];
    private int _size;

    /// <summary>Where the runs of a sample begin, and how long they are.</summary>
    public static (int Count, int Length, int Step) RunsOf(int count) =>
        count <= SizeMax ? (1, count, 0) : (RunCount, RunLength, (count - RunLength) / (RunCount - 1));

    public void Clear()
    {
        Array.Clear(_counts);
        _size = 0;
    }

    public void Add(byte value)
    {
        _counts[value]++;
        _size++;
    }

    /// <summary>How many different bytes there are.</summary>
    public int DifferentCount
    {
        get
        {
            int different = 0;
            foreach (int count in _counts)
            {
                different += count > 0 ? 1 : 0;
            }

            return different;
        }
    }

    /// <summary>Whether the bytes have so little redundancy that a codec's time is not worth it.</summary>
    public bool IsNoise => 8 - Entropy < NoiseRedundancyMax;

    /// <summary>The entropy in bits for each byte, corrected for the size of the sample (Miller and Madow).</summary>
    public float Entropy
    {
        get
        {
            if (_size == 0)
            {
                return 0;
            }

            float sum = 0;
            int different = 0;
            foreach (int count in _counts)
            {
                sum += s_weights[count];
                different += count > 0 ? 1 : 0;
            }

            return MathF.Log2(_size) - sum / _size + (different - 1) / (2 * _size * 0.6931472f);
        }
    }

    /// <summary>The bytes of the sample, ascending, filled up with zeros, and the number of each; of every other byte a number that is
    /// none.</summary>
    public void WriteAlphabet(Span<byte> alphabet, Span<byte> numberOf)
    {
        alphabet.Clear();
        int next = 0;
        for (int value = 0; value < _counts.Length; value++)
        {
            numberOf[value] = byte.MaxValue;
            if (_counts[value] > 0)
            {
                alphabet[next] = (byte)value;
                numberOf[value] = (byte)next++;
            }
        }
    }
}
