using System.Buffers.Binary;

namespace PureDump.Fuzz;

/// <summary>Changes an input the way damage, mistakes and malice do.</summary>
internal static class Mutation
{
    private static readonly int[] Edges =
    [
        0,
        1,
        -1,
        4,
        127,
        128,
        255,
        256,
        32767,
        65535,
        65536,
        1 << 20,
        (1 << 20) + 1,
        1 << 30,
        int.MaxValue,
        int.MinValue,
    ];

    /// <summary>A changed copy of <paramref name="input"/>: one to four changes.</summary>
    public static byte[] Apply(byte[] input, IReadOnlyList<byte[]> corpus, Random random)
    {
        byte[] result = [.. input];
        for (int count = random.Next(1, 5); count > 0; count--)
        {
            result = Change(result, corpus, random);
        }

        return result;
    }

    private static byte[] Change(byte[] input, IReadOnlyList<byte[]> corpus, Random random)
    {
        int at = input.Length == 0 ? 0 : random.Next(input.Length);
        switch (random.Next(8))
        {
            case 0 when input.Length > 0:
                input[at] ^= (byte)(1 << random.Next(8));
                return input;
            case 1 when input.Length > 0:
                input[at] = (byte)random.Next(256);
                return input;
            case 2:
                return input[..at];
            case 3:
                int end = Math.Min(input.Length, at + random.Next(1, 64));
                return [.. input[..at], .. input[end..]];
            case 4:
                byte[] noise = new byte[random.Next(1, 64)];
                random.NextBytes(noise);
                return [.. input[..at], .. noise, .. input[at..]];
            case 5 when input.Length - at >= 4:
                BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(at), Edges[random.Next(Edges.Length)]);
                return input;
            case 6 when input.Length - at >= 4:
                BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(at), Edges[random.Next(Edges.Length)]);
                return input;
            default:
                byte[] other = corpus[random.Next(corpus.Count)];
                int from = other.Length == 0 ? 0 : random.Next(other.Length);
                return [.. input[..at], .. other[from..]];
        }
    }
}
