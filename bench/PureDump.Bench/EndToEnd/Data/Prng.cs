using System.Buffers.Binary;
using System.Text;

namespace PureDump.Bench.EndToEnd.Data;

/// <summary>
/// Numbers that are the same on every machine and with every release of .NET: xoshiro256**, seeded through SplitMix64
/// (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021).
/// </summary>
internal sealed class Prng
{
    private const ulong GoldenGamma = 0x9e3779b97f4a7c15;
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>A sequence of its own for each seed.</summary>
    public Prng(ulong seed) => Reseed(seed);

    /// <summary>A sequence of its own for each part of a data set.</summary>
    /// <param name="seed">That of the whole.</param>
    /// <param name="part">Such as the name of a table.</param>
    public Prng(ulong seed, string part)
        : this(Mix(seed, part))
    {
    }

    /// <summary>A seed out of another and a name (FNV-1a over its UTF-8).</summary>
    public static ulong Mix(ulong seed, string part)
    {
        ulong hash = 0xcbf29ce484222325 ^ seed;
        foreach (byte character in Encoding.UTF8.GetBytes(part))
        {
            hash = (hash ^ character) * 0x100000001b3;
        }

        return hash;
    }

    /// <summary>Begins the sequence of another seed.</summary>
    public void Reseed(ulong seed)
    {
        _a = Split(ref seed);
        _b = Split(ref seed);
        _c = Split(ref seed);
        _d = Split(ref seed);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong result = ulong.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>From 0 to <paramref name="end"/> - 1.</summary>
    public long Below(long end) => (long)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>From <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public long Between(long first, long last) => first + Below(last - first + 1);

    /// <summary>From 0 to 1, without 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>True in <paramref name="percent"/> of 100 cases.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)Below(choices.Count)];

    /// <summary>Fills <paramref name="target"/> with noise.</summary>
    public void Fill(Span<byte> target)
    {
        for (; target.Length >= sizeof(ulong); target = target[sizeof(ulong)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target, Next());
        }

        for (int index = 0; index < target.Length; index++)
        {
            target[index] = (byte)Next();
        }
    }

    private static ulong Split(ref ulong state)
    {
        state += GoldenGamma;
        ulong mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
}
