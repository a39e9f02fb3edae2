using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Tests.Archive;

public sealed class ArchiveDamageTests
{
    private static readonly byte[][] Rows =
    [
        SampleArchive.Row(1, 2, 3),
        SampleArchive.Row(new byte[300]),
        SampleArchive.Row([.. Enumerable.Range(0, 200).Select(i => (byte)(i * 7))]),
    ];

    public static TheoryData<string> Codecs => ["none", "lz4", "zstd"];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Any_flipped_bit_is_an_error_and_never_other_data(string codec)
    {
        byte[] archive = SampleArchive.Write(CodecSetting.Parse(codec), Rows);
        string path = Path.GetTempFileName();
        try
        {
            for (int at = 0; at < archive.Length; at++)
            {
                byte[] damaged = [.. archive];
                damaged[at] ^= (byte)(1 << (at % 8));
                PureDumpException? fromPipe = Record(() => SampleArchive.ReadStream(new MemoryStream(damaged)));
                Assert.True(fromPipe is not null, $"byte {at} of {archive.Length} was flipped and nobody noticed");
                Assert.True(fromPipe.Kind is ErrorKind.ArchiveDamaged or ErrorKind.ArchiveVersion, fromPipe.ToString());

                var verifier = new ArchiveVerifier();
                PureDumpException? refused = Record(() =>
                    verifier.Verify(new MemoryStream(damaged), null, TestContext.Current.CancellationToken));
                Assert.True(refused is not null || verifier.Findings.Count > 0, $"verify did not see that byte {at} was flipped");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Any_flipped_bit_is_found_when_read_by_the_index()
    {
        byte[] archive = SampleArchive.Write(CodecSetting.Default, Rows);
        string path = Path.GetTempFileName();
        try
        {
            for (int at = 0; at < archive.Length; at++)
            {
                byte[] damaged = [.. archive];
                damaged[at] ^= 0x10;
                File.WriteAllBytes(path, damaged);
                PureDumpException? error = Record(() => SampleArchive.ReadFile(path));
                Assert.True(error is not null, $"byte {at} of {archive.Length} was flipped and nobody noticed");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_archive_cut_anywhere_is_an_error_that_names_the_offset()
    {
        byte[] archive = SampleArchive.Write(CodecSetting.Default, Rows);
        string path = Path.GetTempFileName();
        try
        {
            for (int length = 0; length < archive.Length; length++)
            {
                byte[] cut = archive[..length];
                PureDumpException? fromPipe = Record(() => SampleArchive.ReadStream(new MemoryStream(cut)));
                Assert.True(fromPipe is { Kind: ErrorKind.ArchiveDamaged }, $"cut to {length} of {archive.Length} bytes: {fromPipe}");
                File.WriteAllBytes(path, cut);
                PureDumpException? fromFile = Record(() => SampleArchive.ReadFile(path));
                Assert.True(fromFile is { Kind: ErrorKind.ArchiveDamaged }, $"cut to {length} of {archive.Length} bytes: {fromFile}");
                var verifier = new ArchiveVerifier();
                PureDumpException? refused = Record(() =>
                    verifier.Verify(new MemoryStream(cut), null, TestContext.Current.CancellationToken));
                Assert.True(
                    refused is not null || verifier.Findings.Count > 0,
                    $"verify took an archive cut to {length} of {archive.Length} bytes");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Bytes_behind_the_footer_are_an_error()
    {
        byte[] archive = [.. SampleArchive.Write(CodecSetting.Default, Rows), 0];
        Assert.NotNull(Record(() => SampleArchive.ReadStream(new MemoryStream(archive))));
    }

    [Fact]
    public void A_block_that_was_taken_out_is_named()
    {
        byte[] archive = SampleArchive.Write(SampleArchive.NoCodec, Rows);
        int first = archive.AsSpan().IndexOf("PDRC"u8);
        int second = NextRecord(archive, first);
        int third = NextRecord(archive, second);
        byte[] without = [.. archive[..second], .. archive[third..]];
        PureDumpException? error = Record(() => SampleArchive.ReadStream(new MemoryStream(without)));
        Assert.Contains("TABLE DATA public.orders: block 0 is missing", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_is_there_twice_is_named()
    {
        byte[] archive = SampleArchive.Write(SampleArchive.NoCodec, Rows);
        int first = archive.AsSpan().IndexOf("PDRC"u8);
        int second = NextRecord(archive, first);
        int third = NextRecord(archive, second);
        byte[] twice = [.. archive[..third], .. archive[second..third], .. archive[third..]];
        PureDumpException? error = Record(() => SampleArchive.ReadStream(new MemoryStream(twice)));
        Assert.Contains("block 0 at offset", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Salvage_takes_every_whole_block_and_tells_the_lost_one()
    {
        byte[] archive = SampleArchive.Write(SampleArchive.NoCodec, Rows);
        int at = archive.AsSpan().IndexOf(Rows[2]);
        archive[at + 5] ^= 1;
        var lost = new List<ArchiveFinding>();
        using var reader = new ArchiveStreamReader(new MemoryStream(archive), lost.Add);
        int blockCount = 0;
        var ended = new List<int>();
        while (reader.Read(out DumpId entry) is RecordType type && type != RecordType.Footer)
        {
            blockCount += type == RecordType.Rows ? 1 : 0;
            if (type == RecordType.End)
            {
                ended.Add(entry.Value);
            }
        }

        Assert.Equal(2, blockCount);
        Assert.Contains(lost, finding => finding is { Entry: 3, Block: 2 });

        // The end of the damaged entry too: a restore waits for it.
        Assert.Equal([3, 4], ended);
    }

    [Fact]
    public void An_archive_of_a_newer_version_is_refused_as_such()
    {
        byte[] archive = SampleArchive.Write(CodecSetting.Default, Rows);
        archive[8] = 2;
        BitConverter.TryWriteBytes(archive.AsSpan(56), System.IO.Hashing.XxHash3.HashToUInt64(archive.AsSpan(0, 56)));
        Assert.Equal(ErrorKind.ArchiveVersion, Record(() => SampleArchive.ReadStream(new MemoryStream(archive)))?.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PGDMP")]
    [InlineData("--\n-- PostgreSQL database dump\n--\n")]
    [InlineData("\u0089PDUMP\r\n")]
    public void What_is_no_archive_is_refused(string text)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);
        Assert.Equal(ErrorKind.ArchiveDamaged, Record(() => SampleArchive.ReadStream(new MemoryStream(bytes)))?.Kind);
    }

    private static int NextRecord(byte[] archive, int at) =>
        at + RecordHeader.Size + RecordHeader.Read(archive.AsSpan(at), at).StoredLength;

    private static PureDumpException? Record(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (PureDumpException e)
        {
            return e;
        }
    }
}
