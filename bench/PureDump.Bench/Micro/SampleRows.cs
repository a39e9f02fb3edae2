using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Rows;

namespace PureDump.Bench.Micro;

/// <summary>
/// Rows as binary COPY has them, of a table people have: a growing bigint, a timestamp close to the one before, an
/// integer of few values, a float, a status word and a line of words. Always the same ones.
/// </summary>
internal static class SampleRows
{
    private delegate void Write(Span<byte> target, long value);

    private const long FirstTime = 700_000_000_000_000;
    private static readonly string[] s_statuses = ["new", "paid", "shipped", "returned"];
    private static readonly string[] s_words =
    [
        "order",
        "customer",
        "green",
        "tea",
        "Zürich",
        "express",
        "gift",
        "the",
        "of",
        "box",
        "12 pieces",
        "fragile",
        "北京",
        "late",
        "again",
    ];

    /// <summary>One block full of them.</summary>
    public static byte[] Block()
    {
        byte[] block = new byte[RowBlock.Capacity];
        return block[..Fill(block).Sum()];
    }

    /// <summary>Fills <paramref name="target"/> with whole rows.</summary>
    /// <returns>The length of each row.</returns>
    public static List<int> Fill(Span<byte> target)
    {
        var random = new Random(20260101);
        var lengths = new List<int>();
        long time = FirstTime;
        while (true)
        {
            time += random.Next(2_000_000);
            byte[] note = Encoding.UTF8.GetBytes(
                string.Join(' ', Enumerable.Range(0, random.Next(3, 12)).Select(_ => s_words[random.Next(s_words.Length)])));
            byte[] status = Encoding.UTF8.GetBytes(s_statuses[random.Next(s_statuses.Length)]);
            int length = 2 + (4 + 8) + (4 + 8) + (4 + 4) + (4 + 8) + (4 + status.Length) + (4 + note.Length);
            if (length > target.Length)
            {
                return lengths;
            }

            Span<byte> row = target[..length];
            BinaryPrimitives.WriteInt16BigEndian(row, 6);
            row = row[2..];
            row = Field(row, BinaryPrimitives.WriteInt64BigEndian, 1_000_000 + lengths.Count);
            row = Field(row, BinaryPrimitives.WriteInt64BigEndian, time);
            BinaryPrimitives.WriteInt32BigEndian(row, 4);
            BinaryPrimitives.WriteInt32BigEndian(row[4..], random.Next(300));
            row = row[8..];
            row = Field(
                row,
                BinaryPrimitives.WriteInt64BigEndian,
                BitConverter.DoubleToInt64Bits(Math.Round(random.NextDouble() * 500, 2)));
            row = Field(row, status);
            _ = Field(row, note);
            lengths.Add(length);
            target = target[length..];
        }
    }

    private static Span<byte> Field(Span<byte> row, Write write, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(row, 8);
        write(row[4..], value);
        return row[12..];
    }

    private static Span<byte> Field(Span<byte> row, byte[] value)
    {
        BinaryPrimitives.WriteInt32BigEndian(row, value.Length);
        value.CopyTo(row[4..]);
        return row[(4 + value.Length)..];
    }
}
