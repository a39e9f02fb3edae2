using System.Buffers.Binary;

namespace PureDump.Formats.Columns;

/// <summary>Writes numbers as values of one width, big-endian, one behind the other.</summary>
internal static class NumberWriter
{
    /// <summary>Writes the low bytes of each number.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="width">1, 2, 4 or 8.</param>
    /// <param name="target">At least <paramref name="width"/> bytes for each.</param>
    public static void Write(ReadOnlySpan<ulong> numbers, int width, Span<byte> target)
    {
        switch (width)
        {
            case 1:
                for (int i = 0; i < numbers.Length; i++)
                {
                    target[i] = (byte)numbers[i];
                }

                break;
            case 2:
                for (int i = 0; i < numbers.Length; i++)
                {
                    BinaryPrimitives.WriteUInt16BigEndian(target[(2 * i)..], (ushort)numbers[i]);
                }

                break;
            case 4:
                for (int i = 0; i < numbers.Length; i++)
                {
                    BinaryPrimitives.WriteUInt32BigEndian(target[(4 * i)..], (uint)numbers[i]);
                }

                break;
            default:
                for (int i = 0; i < numbers.Length; i++)
                {
                    BinaryPrimitives.WriteUInt64BigEndian(target[(8 * i)..], numbers[i]);
                }

                break;
        }
    }

    /// <summary>Adds values of one width, as <see cref="Write"/> gives them, to numbers; of the sums only the low bytes count.</summary>
    public static void Add(ReadOnlySpan<byte> values, int width, Span<ulong> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> value = values[(i * width)..];
            numbers[i] += width switch
            {
                1 => value[0],
                2 => BinaryPrimitives.ReadUInt16BigEndian(value),
                4 => BinaryPrimitives.ReadUInt32BigEndian(value),
                _ => BinaryPrimitives.ReadUInt64BigEndian(value),
            };
        }
    }
}
