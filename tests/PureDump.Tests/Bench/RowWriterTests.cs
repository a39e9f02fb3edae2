using System.Text;
using PureDump.Bench.EndToEnd.Data;
using PureDump.Formats.Values;

namespace PureDump.Tests.Bench;

/// <summary>What the bench sends as binary COPY, held against the decoder of binary rows.</summary>
public sealed class RowWriterTests
{
    [Theory]
    [InlineData(0, 2, "0.00")]
    [InlineData(5, 2, "0.05")]
    [InlineData(-99999, 2, "-999.99")]
    [InlineData(10000, 2, "100.00")]
    [InlineData(1000000, 2, "10000.00")]
    [InlineData(123456789, 4, "12345.6789")]
    [InlineData(20000, 0, "20000")]
    [InlineData(7, 1, "0.7")]
    public void A_numeric_is_its_digits_over_a_power_of_ten(long value, int scale, string expected)
    {
        byte[] row = Written(writer =>
        {
            writer.Row(1);
            writer.Numeric(value, scale);
        });
        var reader = new ValueReader(row.AsSpan(6), new PureDump.Formats.Values.ValueType("numeric", ValueKind.Numeric));
        var text = new TextBuffer();
        NumericText.Add(ref reader, text);
        Assert.Equal(expected, Encoding.UTF8.GetString(text.Bytes));
        Assert.Equal(0, reader.Left);
    }

    [Fact]
    public void A_value_larger_than_the_buffer_comes_out_whole()
    {
        byte[] value = new byte[1_000_000];
        new Prng(3).Fill(value);
        byte[] row = Written(writer =>
        {
            writer.Row(2);
            writer.Null();
            writer.Bytes(value);
        });
        Assert.Equal([0, 2, 0xff, 0xff, 0xff, 0xff, 0, 0x0f, 0x42, 0x40], row[..10]);
        Assert.Equal(value, row[10..]);
    }

    private static byte[] Written(Action<RowWriter> write)
    {
        var bytes = new List<byte>();
        var writer = new RowWriter(part => bytes.AddRange(part));
        write(writer);
        writer.Flush();
        return [.. bytes];
    }
}
