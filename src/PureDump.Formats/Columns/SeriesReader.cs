using System.Buffers.Binary;

namespace PureDump.Formats.Columns;

/// <summary>Reads a series of numbers: formats/pdump.md, section 4.4.</summary>
internal static class SeriesReader
{
    /// <summary>Reads as many numbers as there is room for.</summary>
    /// <exception cref="Errors.PureDumpException">It is not written as specified (<see
    /// cref="Errors.ErrorKind.ArchiveDamaged"/>).</exception>
    public static void Read(ref ImageInput input, Span<ulong> numbers)
    {
        byte delta = input.ReadByte();
        int bits = input.ReadByte();
        ulong minimum = input.ReadUInt64();
        if (delta > 1 || bits > 64)
        {
            throw ImageInput.Damaged($"holds a series of the unknown form {delta}, {bits} bits");
        }

        ulong start = delta == 1 ? input.ReadUInt64() : 0;
        if (bits == 0)
        {
            numbers.Clear();
        }
        else
        {
            ReadContent(ref input, numbers, bits);
        }

        if (delta == 1)
        {
            foreach (ref ulong number in numbers)
            {
                start += minimum + number;
                number = start;
            }
        }
        else if (minimum != 0)
        {
            foreach (ref ulong number in numbers)
            {
                number += minimum;
            }
        }
    }

    private static void ReadContent(ref ImageInput input, Span<ulong> numbers, int bits)
    {
        byte place = input.ReadByte();
        if (place > 1 || (place == 0 && bits > ColumnLimits.PackedBitsMax))
        {
            throw ImageInput.Damaged($"holds a series at the unknown place {place}");
        }

        if (place == 0)
        {
            Unpack(input.Take(isPlain: true, SeriesWriter.PackedLength(numbers.Length, bits)), bits, numbers);
            return;
        }

        byte planes = input.ReadByte();
        numbers.Clear();
        for (int plane = 0; plane < (bits + 7) / 8; plane++)
        {
            ReadOnlySpan<byte> bytes = input.Take((planes >> plane & 1) != 0, numbers.Length);
            for (int i = 0; i < bytes.Length; i++)
            {
                numbers[i] |= (ulong)bytes[i] << (plane * 8);
            }
        }
    }

    // Eight bytes hold any number of 56 bits wherever it begins; the last ones are read out of a copy that is long enough.
    private static void Unpack(ReadOnlySpan<byte> packed, int bits, Span<ulong> numbers)
    {
        ulong mask = (1UL << bits) - 1;
        long bit = 0;
        int whole = Math.Max(0, packed.Length - sizeof(ulong));
        int i = 0;
        for (; i < numbers.Length && bit >> 3 < whole; i++, bit += bits)
        {
            numbers[i] = (BinaryPrimitives.ReadUInt64LittleEndian(packed[(int)(bit >> 3)..]) >> (int)(bit & 7)) & mask;
        }

        Span<byte> tail = stackalloc byte[sizeof(ulong) * 2];
        tail.Clear();
        packed[whole..].CopyTo(tail);
        for (; i < numbers.Length; i++, bit += bits)
        {
            numbers[i] = (BinaryPrimitives.ReadUInt64LittleEndian(tail[((int)(bit >> 3) - whole)..]) >> (int)(bit & 7)) & mask;
        }
    }
}
