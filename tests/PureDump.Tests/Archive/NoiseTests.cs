using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Tests.Columns;

namespace PureDump.Tests.Archive;

/// <summary>What no codec makes smaller is stored; noise that was there before is not taken for such.</summary>
public sealed class NoiseTests
{
    private const int LargeLength = 3_000_000;

    private static readonly Random s_random = new(1);

    [Fact]
    public void A_large_value_of_noise_is_stored()
    {
        byte[] rows = RowBuilder.Rows(RowBuilder.Column(1, _ => Noise(LargeLength)));
        Assert.All(RecordsOf(Write(rows, 1)), record => Assert.Equal(PayloadCodec.None, record.Codec));
    }

    [Fact]
    public void A_large_value_of_noise_that_comes_again_is_compressed()
    {
        byte[] noise = Noise(5000);
        byte[] rows = RowBuilder.Rows(
            RowBuilder.Column(1, _ => [.. Enumerable.Repeat(noise, LargeLength / noise.Length).SelectMany(part => part)]));
        Assert.InRange(Write(rows, 1).Length, 0, LargeLength / 50);
    }

    [Fact]
    public void A_large_value_of_text_is_compressed()
    {
        byte[] rows = RowBuilder.Rows(
            RowBuilder.Column(1, _ => [.. Enumerable.Range(0, LargeLength).Select(_ => (byte)('a' + s_random.Next(16)))]));
        Assert.InRange(Write(rows, 1).Length, 0, LargeLength * 6 / 10);
    }

    [Fact]
    public void Values_of_noise_are_stored()
    {
        byte[] rows = RowBuilder.Rows(RowBuilder.Column(200, RowBuilder.Int32), RowBuilder.Column(200, i => Noise(2000 + i)));
        RecordHeader record = Assert.Single(RecordsOf(Write(rows, 200)));
        Assert.Equal(RowLayout.Columns, record.Layout);
        Assert.InRange(record.StoredLength, 200 * 2000, rows.Length);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(200)]
    public void Values_of_noise_of_which_there_are_few_are_compressed(int length)
    {
        byte[][] few = [.. Enumerable.Range(0, 5).Select(i => Noise(length + i))];
        byte[] rows = RowBuilder.Rows(RowBuilder.Column(200, RowBuilder.Int32), RowBuilder.Column(200, _ => few[s_random.Next(5)]));
        Assert.InRange(Assert.Single(RecordsOf(Write(rows, 200))).StoredLength, 0, rows.Length / 10);
    }

    private static byte[] Write(byte[] rows, int rowCount)
    {
        byte[] archive = SampleArchive.Write(CodecSetting.Default, [rows], rowCount: rowCount);
        Assert.Equal(
            SampleArchive.ReadStream(new MemoryStream(SampleArchive.Write(SampleArchive.NoCodec, [rows], rowCount: rowCount))),
            SampleArchive.ReadStream(new MemoryStream(archive)));
        return archive;
    }

    private static List<RecordHeader> RecordsOf(byte[] archive)
    {
        var records = new List<RecordHeader>();
        int at = archive.AsSpan().IndexOf("PDRC"u8);
        while (at < archive.Length)
        {
            RecordHeader record = RecordHeader.Read(archive.AsSpan(at), at);
            at += RecordHeader.Size + record.StoredLength;
            if (record.Type == RecordType.Rows)
            {
                records.Add(record);
            }
        }

        Assert.NotEmpty(records);
        return records;
    }

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        s_random.NextBytes(bytes);
        return bytes;
    }
}
