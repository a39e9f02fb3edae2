using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Archive;

public sealed class ArchiveRoundTripTests
{
    public static TheoryData<string> Codecs => ["none", "lz4", "lz4:9", "zstd:1", "zstd:19"];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void What_is_written_is_read_from_a_pipe_and_by_the_index(string codec)
    {
        byte[][] rows = [Bytes(100, 1), Bytes((1 << 20) - 14, 2), SampleArchive.Row(new byte[5000]), Bytes(3_500_000, 3), Bytes(1, 4)];
        byte[] archive = SampleArchive.Write(CodecSetting.Parse(codec), rows, threadCount: 3);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, archive);
            string stream = SampleArchive.ReadStream(new MemoryStream(archive));
            string file = SampleArchive.ReadFile(path);
            foreach (byte[] row in rows)
            {
                string first = Convert.ToHexString(row.AsSpan(0, Math.Min(row.Length, 1 << 20)));
                Assert.Contains(first, stream, StringComparison.Ordinal);
                Assert.Contains(first, file, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_toc_comes_back_as_it_was()
    {
        using var reader = new ArchiveStreamReader(new MemoryStream(SampleArchive.Write(CodecSetting.Default, [])));
        for (int i = 0; i < SampleArchive.Toc.Entries.Count; i++)
        {
            TocEntry due = SampleArchive.Toc.Entries[i];
            TocEntry entry = reader.Toc.Entries[i];
            Assert.Equal(
                due with
                {
                    Dependencies = [],
                    Rows = null,
                    LargeObjectOids = [],
                },
                entry with
                {
                    Dependencies = [],
                    Rows = null,
                    LargeObjectOids = [],
                }
            );
            Assert.Equal(due.Dependencies, entry.Dependencies);
            Assert.Equal(due.Rows?.Columns, entry.Rows?.Columns);
            Assert.Equal(due.Rows?.TableEntry, entry.Rows?.TableEntry);
        }

        Assert.Equal(SampleArchive.Toc.Origin, reader.Toc.Origin);
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_number_of_threads()
    {
        byte[][] rows = [.. Enumerable.Range(0, 40).Select(i => Bytes(200_000 + i, i))];
        byte[] one = SampleArchive.Write(CodecSetting.Default, rows, threadCount: 1);
        byte[] four = SampleArchive.Write(CodecSetting.Default, rows, threadCount: 4);
        Assert.Equal(one, four);
    }

    [Fact]
    public void A_whole_archive_has_no_findings()
    {
        var verifier = new ArchiveVerifier();
        verifier.Verify(
            new MemoryStream(SampleArchive.Write(CodecSetting.Default, [Bytes(3_000_000, 1), Bytes(10, 2)])),
            null,
            TestContext.Current.CancellationToken);
        Assert.Empty(verifier.Findings);
        Assert.Equal(2, verifier.RowCount);
    }

    [Fact]
    public void An_output_that_fails_stops_the_writer_and_says_why()
    {
        for (int failAt = 1; failAt < 12; failAt++)
        {
            var output = new FailingStream(failAt);
            var error = Assert.ThrowsAny<Exception>(() => WriteTo(output));
            Assert.Contains("no space", error.ToString(), StringComparison.Ordinal);
        }
    }

    private static void WriteTo(Stream output)
    {
        using var pool = new Formats.Rows.RowBlockPool(8);
        using var writer = new ArchiveWriter(output, new ArchiveHeader(null), CodecSetting.Default, 1);
        writer.WriteToc(SampleArchive.Toc);
        for (int i = 0; i < 3; i++)
        {
            Formats.Rows.RowBlock block = pool.Rent(CancellationToken.None);
            block.Entry = new DumpId(3);
            block.Length = 10;
            writer.Append(block);
        }

        writer.EndEntry(new DumpId(3));
        writer.EndEntry(new DumpId(4));
        writer.Complete();
    }

    private static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return SampleArchive.Row(bytes);
    }

    private sealed class FailingStream(int failAt) : MemoryStream
    {
        private int _count;

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (++_count == failAt)
            {
                throw new IOException("no space left on device");
            }

            base.Write(buffer);
        }
    }
}
