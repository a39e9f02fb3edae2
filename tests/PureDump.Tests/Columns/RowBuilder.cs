using System.Buffers.Binary;

namespace PureDump.Tests.Columns;

/// <summary>Makes rows of binary COPY.</summary>
internal static class RowBuilder
{
    /// <summary>Rows out of columns of values; null is null.</summary>
    public static byte[] Rows(params byte[]?[][] columns)
    {
        using var output = new MemoryStream();
        Span<byte> frame = stackalloc byte[4];
        for (int row = 0; row < columns[0].Length; row++)
        {
            BinaryPrimitives.WriteInt16BigEndian(frame, (short)columns.Length);
            output.Write(frame[..2]);
            foreach (byte[]?[] column in columns)
            {
                byte[]? value = column[row];
                BinaryPrimitives.WriteInt32BigEndian(frame, value?.Length ?? -1);
                output.Write(frame);
                output.Write(value ?? []);
            }
        }

        return output.ToArray();
    }

    /// <summary>One column: the value of each row.</summary>
    public static byte[]?[] Column(int count, Func<int, byte[]?> valueOf) => [.. Enumerable.Range(0, count).Select(valueOf)];

    public static byte[] Int16(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)value);
        return bytes;
    }

    public static byte[] Int32(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Int64(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>The server's numeric.</summary>
    public static byte[] Numeric(int weight, int sign, int scale, params int[] digits) =>
        [.. Int16(digits.Length), .. Int16(weight), .. Int16(sign), .. Int16(scale), .. digits.SelectMany(Int16)];
}
