using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PureDump.Formats.Columns;

/// <summary>
/// Writes a series of numbers: formats/pdump.md, section 4.4. Numbers or the differences of neighbours, whichever need fewer bits; packed
/// where their bits are noise, as planes of bytes where the codec will find something.
/// </summary>
internal sealed class SeriesWriter
{
    // A plane whose bytes have less than a bit of redundancy is not worth the codec's time.
    private const float RedundancyMin = 1;

    private const int TrialCount = 64;

    private readonly ByteSample _sample = new();
    private readonly ulong[] _few = new ulong[ByteSample.SizeMax];

    /// <summary>What a series would take, in bits for each number.</summary>
    public readonly record struct Plan(bool IsDelta, int Bits, ulong Base, ulong Start = 0);

    /// <summary>Finds the range of the numbers, taken as signed, and of their differences.</summary>
    public static Plan Measure(ReadOnlySpan<ulong> numbers)
    {
        if (numbers.IsEmpty)
        {
            return new Plan(false, 0, 0);
        }

        (long min, long max) = RangeOf(MemoryMarshal.Cast<ulong, long>(numbers));
        int bits = BitsOf((ulong)max - (ulong)min);
        if (bits > 0 && MayHaveSmallDifferences(numbers, bits))
        {
            (long deltaMin, long deltaMax) = DifferenceRangeOf(MemoryMarshal.Cast<ulong, long>(numbers));
            int deltaBits = BitsOf((ulong)deltaMax - (ulong)deltaMin);
            if (deltaBits < bits)
            {
                return new Plan(true, deltaBits, (ulong)deltaMin, numbers[0] - (ulong)deltaMin);
            }
        }

        // Nothing is won by a base then, and differences of floating-point numbers would spoil their patterns.
        return bits > ColumnLimits.PackedBitsMax ? new Plan(false, 64, 0) : new Plan(false, bits, (ulong)min);
    }

    /// <summary>Writes the numbers as measured; they may be overwritten.</summary>
    public void Write(Span<ulong> numbers, Plan plan, ImageOutput output)
    {
        output.Write((byte)(plan.IsDelta ? 1 : 0));
        output.Write((byte)plan.Bits);
        output.Write(plan.Base);
        if (plan.IsDelta)
        {
            output.Write(plan.Start);
        }

        if (plan.Bits == 0)
        {
            return;
        }

        ulong minimum = plan.Base;
        if (plan.IsDelta)
        {
            TakeDifferences(numbers, plan);
            minimum = 0;
        }

        int width = (plan.Bits + 7) / 8;
        uint plainPlanes = ChoosePlanes(numbers, minimum, plan.Bits, width, out bool isNoise);
        if (isNoise && plan.Bits <= ColumnLimits.PackedBitsMax)
        {
            output.Write((byte)0);
            Pack(numbers, minimum, plan.Bits, output.Take(isPlain: true, PackedLength(numbers.Length, plan.Bits)));
            return;
        }

        output.Write((byte)1);
        output.Write((byte)plainPlanes);
        for (int plane = 0; plane < width; plane++)
        {
            WritePlane(numbers, minimum, plane * 8, output.Take((plainPlanes >> plane & 1) != 0, numbers.Length));
        }
    }

    /// <summary>Writes the numbers from zero on that stand for the words of a dictionary, of which each appears.</summary>
    /// <param name="codes">The numbers.</param>
    /// <param name="count">How many words there are.</param>
    /// <param name="room">For as many numbers, where it takes them wider.</param>
    /// <param name="output">Takes the series.</param>
    public void Write(ReadOnlySpan<byte> codes, int count, Span<ulong> room, ImageOutput output)
    {
        int bits = BitsOf((ulong)count - 1);
        if (bits > 0 && MayHaveSmallDifferences(Widen(codes[..Math.Min(codes.Length, TrialCount)], room), bits))
        {
            Span<ulong> numbers = Widen(codes, room);
            Write(numbers, Measure(numbers), output);
            return;
        }

        output.Write((byte)0);
        output.Write((byte)bits);
        output.Write(0ul);
        if (bits == 0)
        {
            return;
        }

        (int runCount, int runLength, int step) = ByteSample.RunsOf(codes.Length);
        for (int run = 0; run < runCount; run++)
        {
            Widen(codes.Slice(run * step, runLength), _few.AsSpan(run * runLength));
        }

        uint plainPlanes = ChoosePlanes(_few.AsSpan(0, runCount * runLength), minimum: 0, bits, width: 1, out bool isNoise);
        if (isNoise)
        {
            output.Write((byte)0);
            PackBytes(codes, bits, output.Take(isPlain: true, PackedLength(codes.Length, bits)));
            return;
        }

        output.Write((byte)1);
        output.Write((byte)plainPlanes);
        codes.CopyTo(output.Take(plainPlanes != 0, codes.Length));
    }

    /// <summary>Packs numbers of at most 56 bits into a stream of bits, the lowest first.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="minimum">Is taken from each.</param>
    /// <param name="bits">Of what is left.</param>
    /// <param name="target">Eight bytes more than the stream takes.</param>
    public static void Pack(ReadOnlySpan<ulong> numbers, ulong minimum, int bits, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, PackedLength(numbers.Length, bits) + sizeof(ulong));
        ref byte at = ref MemoryMarshal.GetReference(target);
        int length = 0;
        ulong pending = 0;
        int filled = 0;
        foreach (ulong number in numbers)
        {
            pending |= (number - minimum) << filled;
            filled += bits;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, length), ToLittleEndian(pending));
            int whole = filled >> 3;
            length += whole;
            pending >>= whole * 8;
            filled &= 7;
        }
    }

    /// <summary>Packs numbers of at most 8 bits in the same way, eight at a time.</summary>
    /// <param name="target">Eight bytes more than the stream takes.</param>
    public static void PackBytes(ReadOnlySpan<byte> numbers, int bits, Span<byte> target)
    {
        for (; numbers.Length >= sizeof(ulong); numbers = numbers[sizeof(ulong)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target, PackEight(BinaryPrimitives.ReadUInt64LittleEndian(numbers), bits));
            target = target[bits..];
        }

        Span<byte> rest = stackalloc byte[sizeof(ulong)];
        rest.Clear();
        numbers.CopyTo(rest);
        BinaryPrimitives.WriteUInt64LittleEndian(target, PackEight(BinaryPrimitives.ReadUInt64LittleEndian(rest), bits));
    }

    /// <summary>The bytes that so many packed numbers take.</summary>
    public static int PackedLength(int count, int bits) => (int)(((long)count * bits + 7) / 8);

    // Neighbours move together: bytes, then pairs, then fours.
    private static ulong PackEight(ulong bytes, int bits)
    {
        ulong pairs = (bytes & 0x00FF00FF00FF00FF) | ((bytes & 0xFF00FF00FF00FF00) >> (8 - bits));
        ulong fours = (pairs & 0x0000FFFF0000FFFF) | ((pairs & 0xFFFF0000FFFF0000) >> (16 - 2 * bits));
        return (fours & uint.MaxValue) | (fours >> 32 << (4 * bits));
    }

    private static Span<ulong> Widen(ReadOnlySpan<byte> codes, Span<ulong> numbers)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            numbers[i] = codes[i];
        }

        return numbers[..codes.Length];
    }

    private static ulong ToLittleEndian(ulong value) =>
        BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);

    // A look at the first numbers saves the pass over all of them where they are in no order.
    private static bool MayHaveSmallDifferences(ReadOnlySpan<ulong> numbers, int bits)
    {
        ReadOnlySpan<long> few = MemoryMarshal.Cast<ulong, long>(numbers[..Math.Min(numbers.Length, TrialCount)]);
        if (few.Length < 2)
        {
            return false;
        }

        (long min, long max) = DifferenceRangeOf(few);
        return BitsOf((ulong)max - (ulong)min) < bits;
    }

    // Two pairs at a time, so that one need not wait for the other.
    private static (long Min, long Max) RangeOf(ReadOnlySpan<long> numbers)
    {
        Vector128<long> min = Vector128.Create(numbers[0]);
        Vector128<long> max = min;
        Vector128<long> minOther = min;
        Vector128<long> maxOther = min;
        ref long at = ref MemoryMarshal.GetReference(numbers);
        nuint i = 0;
        for (; (int)i <= numbers.Length - 2 * Vector128<long>.Count; i += 2 * (nuint)Vector128<long>.Count)
        {
            Vector128<long> values = Vector128.LoadUnsafe(ref at, i);
            Vector128<long> others = Vector128.LoadUnsafe(ref at, i + (nuint)Vector128<long>.Count);
            min = Vector128.Min(min, values);
            max = Vector128.Max(max, values);
            minOther = Vector128.Min(minOther, others);
            maxOther = Vector128.Max(maxOther, others);
        }

        for (; (int)i < numbers.Length; i++)
        {
            Vector128<long> value = Vector128.Create(numbers[(int)i]);
            min = Vector128.Min(min, value);
            max = Vector128.Max(max, value);
        }

        return Across(Vector128.Min(min, minOther), Vector128.Max(max, maxOther));
    }

    // Of every number but the first less the one before it; at least two numbers.
    private static (long Min, long Max) DifferenceRangeOf(ReadOnlySpan<long> numbers)
    {
        Vector128<long> min = Vector128.Create(numbers[^1] - numbers[^2]);
        Vector128<long> max = min;
        ref long at = ref MemoryMarshal.GetReference(numbers);
        for (int i = 1; i <= numbers.Length - Vector128<long>.Count; i += Vector128<long>.Count)
        {
            Vector128<long> values = Vector128.LoadUnsafe(ref at, (nuint)i) - Vector128.LoadUnsafe(ref at, (nuint)i - 1);
            min = Vector128.Min(min, values);
            max = Vector128.Max(max, values);
        }

        return Across(min, max);
    }

    private static (long Min, long Max) Across(Vector128<long> min, Vector128<long> max) =>
        (Math.Min(min[0], min[1]), Math.Max(max[0], max[1]));

    private static int BitsOf(ulong range) => 64 - BitOperations.LeadingZeroCount(range);

    private static void TakeDifferences(Span<ulong> numbers, Plan plan)
    {
        ulong minimum = plan.Base;
        ulong previous = plan.Start;
        foreach (ref ulong number in numbers)
        {
            ulong value = number;
            number = value - previous - minimum;
            previous = value;
        }
    }

    private static void WritePlane(ReadOnlySpan<ulong> numbers, ulong minimum, int shift, Span<byte> target)
    {
        target = target[..numbers.Length];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (byte)((numbers[i] - minimum) >> shift);
        }
    }

    // The planes that are noise; and whether all of them are.
    private uint ChoosePlanes(ReadOnlySpan<ulong> numbers, ulong minimum, int bits, int width, out bool isNoise)
    {
        (int runCount, int runLength, int step) = ByteSample.RunsOf(numbers.Length);
        int equal = 0;
        for (int run = 0; run < runCount; run++)
        {
            ReadOnlySpan<ulong> part = numbers.Slice(run * step, runLength);
            for (int i = 1; i < part.Length; i++)
            {
                equal += part[i] == part[i - 1] ? 1 : 0;
            }
        }

        // Runs: the codec takes them for next to nothing, whatever the bytes are.
        isNoise = equal <= runCount * runLength / 2;
        if (!isNoise)
        {
            return 0;
        }

        uint plain = 0;
        for (int plane = 0; plane < width; plane++)
        {
            _sample.Clear();
            for (int run = 0; run < runCount; run++)
            {
                foreach (ulong number in numbers.Slice(run * step, runLength))
                {
                    _sample.Add((byte)((number - minimum) >> (plane * 8)));
                }
            }

            int planeBits = Math.Min(8, bits - plane * 8);
            if (planeBits - _sample.Entropy < RedundancyMin)
            {
                plain |= 1u << plane;
            }
            else
            {
                isNoise = false;
            }
        }

        return plain;
    }
}
