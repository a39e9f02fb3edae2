using System.IO.Compression;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using ZstdSharp;

namespace PureDump.Tests.Codec;

public sealed class StreamCompressionTests
{
    [Theory]
    [InlineData("", StreamMethod.None, 0, false)]
    [InlineData("0", StreamMethod.None, 0, false)]
    [InlineData("none", StreamMethod.None, 0, false)]
    [InlineData("7", StreamMethod.Gzip, 7, false)]
    [InlineData("-1", StreamMethod.Gzip, -1, false)]
    [InlineData("gzip", StreamMethod.Gzip, -1, false)]
    [InlineData("gzip:level=9", StreamMethod.Gzip, 9, false)]
    [InlineData("lz4:12", StreamMethod.Lz4, 12, false)]
    [InlineData("zstd", StreamMethod.Zstd, 3, false)]
    [InlineData("zstd:-5", StreamMethod.Zstd, -5, false)]
    [InlineData("zstd:long,level=19", StreamMethod.Zstd, 19, true)]
    [InlineData("zstd:long=off", StreamMethod.Zstd, 3, false)]
    public void A_specification_is_read_as_pg_dump_reads_it(string text, Enum method, int level, bool isLong) =>
        Assert.Equal(
            new StreamCompression((StreamMethod)method, level, isLong),
            StreamCompression.Parse(text, static warning => Assert.Fail(warning)));

    [Fact]
    public void Workers_are_accepted_with_a_warning()
    {
        string? warned = null;

        Assert.Equal(
            new StreamCompression(StreamMethod.Zstd, 3, false),
            StreamCompression.Parse("zstd:workers=2", warning => warned = warning));

        Assert.Equal("compression option \"workers\" is not currently supported by pg_dump", warned);
    }

    [Theory]
    [InlineData("gzip:3")]
    [InlineData("zstd:3")]
    [InlineData("zstd:long")]
    [InlineData("lz4")]
    [InlineData("lz4:9")]
    public void A_compressed_stream_gives_back_what_was_written_and_stays_open(string text)
    {
        byte[] content = [.. Enumerable.Range(0, 300_000).Select(static i => (byte)(i * i / 7))];
        using var output = new MemoryStream();
        using (Stream stream = StreamCompression.Parse(text, static _ => { }).Into(output)!)
        {
            stream.Write(content);
        }

        output.Position = 0;
        using Stream reader = text.StartsWith("gzip", StringComparison.Ordinal) ? new GZipStream(output, CompressionMode.Decompress)
            : text.StartsWith("zstd", StringComparison.Ordinal) ? new DecompressionStream(output)
            : new Lz4FrameReader(output);
        using var back = new MemoryStream();
        reader.CopyTo(back);
        Assert.Equal(content, back.ToArray());
    }
}
