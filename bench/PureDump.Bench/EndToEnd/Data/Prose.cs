using System.Text;

namespace PureDump.Bench.EndToEnd.Data;

/// <summary>
/// English-looking text. A pool of sentences is made once, and texts are cut out of it at random places, which is how
/// TPC-H makes its comments (specification 4.2.2.10): they compress like prose, and no two are alike.
/// </summary>
internal sealed class Prose
{
    private const int SentenceSizeMax = 400;
    private readonly byte[] _pool;

    /// <summary>Makes a pool.</summary>
    /// <param name="size">In bytes; much larger than a compressor's window, or texts would be found in one another.</param>
    /// <param name="seed">Of the words.</param>
    public Prose(int size, ulong seed)
    {
        _pool = new byte[size];
        var random = new Prng(seed, "prose");
        var sentence = new StringBuilder(SentenceSizeMax);
        for (int length = 0; length < size;)
        {
            sentence.Clear();
            AppendSentence(sentence, random);
            byte[] bytes = Encoding.ASCII.GetBytes(sentence.ToString());
            int taken = Math.Min(bytes.Length, size - length);
            bytes.AsSpan(0, taken).CopyTo(_pool.AsSpan(length));
            length += taken;
        }
    }

    /// <summary>A text in ASCII.</summary>
    /// <param name="random">Says from where, and how long.</param>
    /// <param name="lengthMin">At least so many bytes.</param>
    /// <param name="lengthMax">At most so many; no more than the pool has.</param>
    public ReadOnlySpan<byte> Text(Prng random, int lengthMin, int lengthMax)
    {
        int length = (int)random.Between(lengthMin, lengthMax);
        return _pool.AsSpan((int)random.Below(_pool.Length - length + 1), length);
    }

    private static void AppendSentence(StringBuilder text, Prng random)
    {
        AppendSubject(text, random);
        text.Append(' ').Append(random.Pick(Words.Verbs)).Append(' ');
        switch (random.Below(4))
        {
            case 0:
                text.Append(random.Pick(Words.Prepositions)).Append(" the ");
                AppendSubject(text, random);
                break;
            case 1:
                text.Append(random.Pick(Words.Adverbs)).Append(", and ");
                AppendSubject(text, random);
                text.Append(' ').Append(random.Pick(Words.Verbs));
                break;
            case 2:
                text.Append(random.Pick(Words.Adverbs));
                break;
            default:
                text.Append("the ");
                AppendSubject(text, random);
                text.Append(' ').Append(random.Pick(Words.Prepositions)).Append(" the ").Append(random.Pick(Words.Nouns));
                break;
        }

        text.Append(random.Pick(Words.Endings)).Append(' ');
    }

    private static void AppendSubject(StringBuilder text, Prng random)
    {
        if (random.Chance(60))
        {
            if (random.Chance(30))
            {
                text.Append(random.Pick(Words.Adverbs)).Append(' ');
            }

            text.Append(random.Pick(Words.Adjectives)).Append(' ');
        }

        text.Append(random.Pick(Words.Nouns));
    }
}
