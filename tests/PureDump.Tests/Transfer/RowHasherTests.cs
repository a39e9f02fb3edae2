using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Tests.Transfer;

/// <summary>Digests of rows: the same for the same rows, whatever their order and their blocks.</summary>
public sealed class RowHasherTests : IDisposable
{
    private readonly RowBlockPool _pool = new(1);

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(RowFormat.Text)]
    [InlineData(RowFormat.Binary)]
    public void The_order_and_the_blocks_do_not_matter(Enum format)
    {
        byte[][] rows = [.. Enumerable.Range(0, 50).Select(i => Row(format, $"value {i % 20}"))];

        RowDigest together = Digest(format, rows);
        RowDigest apart = rows.Reverse().Aggregate(default(RowDigest), (sum, row) => sum + Digest(format, row));

        Assert.Equal(together, apart);
        Assert.Equal(50, together.RowCount);
        Assert.Equal(Digest(format, rows[..49]), together - Digest(format, rows[49]));
    }

    [Theory]
    [InlineData(RowFormat.Text)]
    [InlineData(RowFormat.Binary)]
    public void Any_other_byte_and_any_row_more_is_another_digest(Enum format)
    {
        byte[][] rows = [Row(format, "one"), Row(format, "two"), Row(format, "two")];
        RowDigest digest = Digest(format, rows);

        Assert.NotEqual(digest, Digest(format, Row(format, "one"), Row(format, "two"), Row(format, "twp")));
        Assert.NotEqual(digest.Sum, Digest(format, rows[..2]).Sum);
        Assert.NotEqual(digest.Sum, Digest(format, Row(format, "one"), Row(format, "one"), Row(format, "two")).Sum);
    }

    [Fact]
    public void A_row_in_frames_counts_once_and_as_in_one_piece()
    {
        byte[] row = Row(RowFormat.Binary, new string('x', 3000));
        var hasher = new RowHasher();
        RowDigest sum =
            Add(hasher, row[..1000], continues: true)
            + Add(hasher, row[1000..2000], isContinuation: true, continues: true)
            + Add(hasher, row[2000..], isContinuation: true);

        Assert.Equal(Digest(RowFormat.Binary, row), sum);
    }

    [Theory]
    [InlineData(RowFormat.Text, "no end")]
    [InlineData(RowFormat.Binary, "\0")]
    [InlineData(RowFormat.Binary, "\0\x1\0\0")]
    [InlineData(RowFormat.Binary, "\0\x1\0\0\0\x9short")]
    public void What_is_no_whole_row_is_named(Enum format, string bytes)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => Digest(format, Encoding.Latin1.GetBytes(bytes)));
        Assert.Equal(ErrorKind.Protocol, error.Kind);
    }

    private static byte[] Row(Enum format, string value)
    {
        if ((RowFormat)format == RowFormat.Text)
        {
            return Encoding.UTF8.GetBytes(value + "\n");
        }

        // A null and a value.
        byte[] row = new byte[10 + value.Length];
        BinaryPrimitives.WriteInt16BigEndian(row, 2);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(2), -1);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(6), value.Length);
        Encoding.UTF8.GetBytes(value, row.AsSpan(10));
        return row;
    }

    private RowDigest Digest(Enum format, params byte[][] rows) =>
        Add(new RowHasher(), [.. rows.SelectMany(static row => row)], format: (RowFormat)format);

    private RowDigest Add(
        RowHasher hasher,
        byte[] bytes,
        bool isContinuation = false,
        bool continues = false,
        RowFormat format = RowFormat.Binary)
    {
        using RowBlock block = _pool.Rent(CancellationToken.None);
        bytes.CopyTo(block.Buffer, 0);
        block.Length = bytes.Length;
        block.Format = format;
        block.IsContinuation = isContinuation;
        block.Continues = continues;
        return hasher.Add(block);
    }
}
