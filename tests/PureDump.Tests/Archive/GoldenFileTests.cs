using System.Text;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.TestSupport;
using PureDump.Tests.Columns;

namespace PureDump.Tests.Archive;

/// <summary>
/// The archives of formats/golden: every reader delivers of each just what stands in the text beside it. They are
/// never written again; a format that changes gets new ones.
/// </summary>
public sealed class GoldenFileTests
{
    private const int ColumnRowCount = 200;
    private const int SymbolRowCount = 600;
    private const int DifferenceRowCount = 40;

    private static readonly byte[][] Rows =
    [
        SampleArchive.Row(65),
        SampleArchive.Row([.. Enumerable.Range(0, 1000).Select(i => (byte)(i / 10))]),
    ];

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.pdump").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.PathOf("formats", "golden");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_archive_delivers_what_stands_beside_it(string name)
    {
        using FileStream archive = File.OpenRead(Path.Combine(Folder, name + ".pdump"));
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, name + ".txt")), Describe(archive));
    }

    [Fact]
    public void There_is_a_golden_archive_for_every_codec_and_for_damage() =>
        Assert.Equal(
            [
                "cluster-damaged-directory",
                "cluster-damaged-member",
                "cluster-missing-member",
                "cluster-swapped-members",
                "cluster-truncated",
                "cluster-valid",
                "damaged-extra",
                "damaged-header",
                "damaged-missing-block",
                "damaged-payload",
                "damaged-record-header",
                "damaged-truncated",
                "newer-version",
                "valid-columns-difference",
                "valid-columns-lz4",
                "valid-columns-symbols",
                "valid-columns-zstd",
                "valid-empty",
                "valid-lz4",
                "valid-none",
                "valid-zstd",
            ],
            Names.Select(row => row.Data));

    [Fact]
    public void The_writer_writes_the_golden_archive_byte_for_byte() =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "valid-none.pdump")), SampleArchive.Write(SampleArchive.NoCodec, Rows));

    [Fact]
    public void The_writer_writes_the_golden_cluster_byte_for_byte() =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "cluster-valid.pdump")), SampleCluster.Write(Rows));

    /// <summary>No test but the maker of the files: run with <c>-explicit only</c>, it makes those that are not there yet.</summary>
    [Fact(Explicit = true)]
    public void Make_missing_golden_archives()
    {
        byte[] none = SampleArchive.Write(SampleArchive.NoCodec, Rows);
        int first = none.AsSpan().IndexOf("PDRC"u8);
        int second = first + RecordHeader.Size + RecordHeader.Read(none.AsSpan(first), first).StoredLength;
        int third = second + RecordHeader.Size + RecordHeader.Read(none.AsSpan(second), second).StoredLength;
        byte[] newer = [.. none];
        newer[8] = 2;
        BitConverter.TryWriteBytes(newer.AsSpan(56), System.IO.Hashing.XxHash3.HashToUInt64(newer.AsSpan(0, 56)));
        Make("valid-empty", SampleArchive.Write(SampleArchive.NoCodec, []));
        Make("valid-none", none);
        Make("valid-lz4", SampleArchive.Write(CodecSetting.Parse("lz4"), Rows));
        Make("valid-zstd", SampleArchive.Write(CodecSetting.Parse("zstd:3"), Rows));
        Make("damaged-header", Flipped(none, 17));
        Make("damaged-record-header", Flipped(none, second + 20));
        Make("damaged-payload", Flipped(none, second + RecordHeader.Size + 2));
        Make("damaged-missing-block", [.. none[..second], .. none[third..]]);
        Make("damaged-truncated", none[..(third + 70)]);
        Make("damaged-extra", [.. none, 0]);
        Make("newer-version", newer);
        byte[] columns = SampleColumns();
        Make("valid-columns-lz4", SampleArchive.Write(CodecSetting.Parse("lz4"), [columns], rowCount: ColumnRowCount));
        Make("valid-columns-zstd", SampleArchive.Write(CodecSetting.Parse("zstd:1"), [columns], rowCount: ColumnRowCount));
        Make(
            "valid-columns-difference",
            SampleArchive.Write(CodecSetting.Parse("zstd:1"), [SampleDifferences()], rowCount: DifferenceRowCount));
        Make("valid-columns-symbols", SampleArchive.Write(CodecSetting.Parse("zstd:1"), [SampleSymbols()], rowCount: SymbolRowCount));
        MakeClusters();
    }

    // A column for every encoding, and for every place of a series and an area.
    private static byte[] SampleColumns()
    {
        var random = new Random(1);
        byte[] Noise(int length)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }

        return RowBuilder.Rows(
            RowBuilder.Column(ColumnRowCount, i => RowBuilder.Int64(5_000_000_000 + i * 3)),
            RowBuilder.Column(ColumnRowCount, i => i % 4 == 0 ? null : RowBuilder.Int32(random.Next(200_000))),
            RowBuilder.Column(ColumnRowCount, i => RowBuilder.Int16(i / 50)),
            RowBuilder.Column(ColumnRowCount, _ => RowBuilder.Numeric(0, 0x4000, 2, random.Next(1, 9999), random.Next(1, 99) * 100)),
            RowBuilder.Column(ColumnRowCount, i => Encoding.ASCII.GetBytes(i % 3 == 0 ? "MAIL" : "REG AIR")),
            RowBuilder.Column(ColumnRowCount, _ => Noise(16)),
            RowBuilder.Column(ColumnRowCount, i => Encoding.ASCII.GetBytes($"order {i} of {random.Next(9)}")),
            RowBuilder.Column(ColumnRowCount, _ => Encoding.ASCII.GetBytes(Convert.ToHexString(Noise(20)))),
            RowBuilder.Column(ColumnRowCount, i => Noise(40 + i % 7)),
            RowBuilder.Column(ColumnRowCount, _ => null));
    }

    // An order, its date, and two dates near it; the last one is the difference to a difference.
    private static byte[] SampleDifferences()
    {
        var random = new Random(2);
        int[] ordered = [.. Enumerable.Range(0, DifferenceRowCount).Select(_ => random.Next(8000, 12_000))];
        int[] shipped = [.. ordered.Select(day => day + random.Next(120))];
        return RowBuilder.Rows(
            RowBuilder.Column(DifferenceRowCount, RowBuilder.Int32),
            RowBuilder.Column(DifferenceRowCount, i => RowBuilder.Int32(ordered[i])),
            RowBuilder.Column(DifferenceRowCount, i => RowBuilder.Int32(shipped[i])),
            RowBuilder.Column(DifferenceRowCount, i => RowBuilder.Int32(shipped[i] + random.Next(30))));
    }

    // Texts of few words, and of so many that some share their codes.
    private static byte[] SampleSymbols()
    {
        var random = new Random(3);
        string Words(int different, int count) =>
            string.Join(
                ' ',
                Enumerable
                    .Range(0, count)
                    .Select(_ => random.Next(different))
                    .Select(number => $"{(char)('a' + number % 26)}{(char)('A' + number / 26)}lpha,"));
        return RowBuilder.Rows(
            RowBuilder.Column(SymbolRowCount, RowBuilder.Int32),
            RowBuilder.Column(SymbolRowCount, i => i % 9 == 0 ? null : Encoding.ASCII.GetBytes(Words(60, i % 16))),
            RowBuilder.Column(SymbolRowCount, i => Encoding.ASCII.GetBytes(Words(500, i % 20))));
    }

    private static void MakeClusters()
    {
        byte[] cluster = SampleCluster.Write(Rows);
        IReadOnlyList<ClusterMember> members = SampleCluster.MembersOf(cluster);
        int first = (int)members[1].Offset;
        int second = (int)members[2].Offset;
        int end = (int)members[2].End;
        Make("cluster-valid", cluster);
        Make("cluster-damaged-member", Flipped(cluster, second - 400));
        Make("cluster-damaged-directory", Flipped(cluster, end + RecordHeader.Size + 3));
        Make("cluster-missing-member", [.. cluster[..first], .. cluster[second..]]);
        Make("cluster-swapped-members", [.. cluster[..first], .. cluster[second..end], .. cluster[first..second], .. cluster[end..]]);
        Make("cluster-truncated", cluster[..(second + 300)]);
    }

    private static byte[] Flipped(byte[] archive, int at)
    {
        byte[] result = [.. archive];
        result[at] ^= 4;
        return result;
    }

    private static void Make(string name, byte[] archive)
    {
        string path = Path.Combine(Folder, name);
        if (!File.Exists(path + ".pdump"))
        {
            File.WriteAllBytes(path + ".pdump", archive);
            File.WriteAllText(path + ".txt", Describe(new MemoryStream(archive)));
        }
    }

    private static string Describe(Stream archive)
    {
        byte[] head = new byte[ArchiveHeader.Size];
        bool isCluster = ArchiveHeader.IsOfCluster(head.AsSpan(0, archive.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
        archive.Position = 0;
        string read;
        try
        {
            read = isCluster ? SampleCluster.ReadStream(archive) : SampleArchive.ReadStream(archive);
        }
        catch (PureDumpException e)
        {
            read = $"{e.Kind}: {e.Message}\n";
        }

        try
        {
            archive.Position = 0;
            if (isCluster)
            {
                return read + SampleCluster.Verify(archive);
            }

            var verifier = new ArchiveVerifier();
            verifier.Verify(archive, null, CancellationToken.None);
            return $"{read}verify: {verifier.Findings.Count} "
                + $"findings\n{string.Concat(verifier.Findings.Select(finding => $"  {finding.Offset}: {finding.Message}\n"))}";
        }
        catch (PureDumpException e)
        {
            return $"{read}verify: {e.Kind}: {e.Message}\n";
        }
    }
}
