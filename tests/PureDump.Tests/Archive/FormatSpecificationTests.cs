using System.Globalization;
using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.TestSupport;

namespace PureDump.Tests.Archive;

/// <summary>The tables of formats/pdump.md and the constants of the code say the same.</summary>
public sealed class FormatSpecificationTests
{
    [Fact]
    public void The_file_header_is_laid_out_as_specified() => AssertOffsets(
        "## 2.", ArchiveHeader.Size,
        [0, ArchiveHeader.MajorOffset, ArchiveHeader.MinorOffset, ArchiveHeader.FlagsOffset, ArchiveHeader.CreatedOffset, ArchiveHeader.ReservedOffset, ArchiveHeader.ChecksumOffset]);

    [Fact]
    public void The_record_header_is_laid_out_as_specified() => AssertOffsets(
        "## 3.", RecordHeader.Size,
        [
            0, RecordHeader.TypeOffset, RecordHeader.CodecOffset, RecordHeader.FormatOffset, RecordHeader.LayoutOffset, RecordHeader.FlagsOffset,
            RecordHeader.EntryOffset, RecordHeader.SequenceOffset, RecordHeader.RawOffset, RecordHeader.StoredOffset, RecordHeader.RowsOffset,
            RecordHeader.EncodingOffset, RecordHeader.ContentHashOffset, RecordHeader.PayloadChecksumOffset, RecordHeader.HeaderChecksumOffset,
        ]);

    [Fact]
    public void An_index_item_is_laid_out_as_specified() => AssertOffsets(
        "### 4.2", IndexItem.Size,
        [0, IndexItem.FlagsOffset, IndexItem.SequenceOffset, IndexItem.OffsetOffset, IndexItem.RawOffset, IndexItem.StoredOffset, IndexItem.RowsOffset, IndexItem.ReservedOffset]);

    [Fact]
    public void The_footer_is_laid_out_as_specified() =>
        AssertOffsets("### 4.3", ArchiveTotals.Size, [0, 8, 16, 24, 32, 40, 48, 56]);

    [Fact]
    public void Record_types_and_codecs_have_the_specified_numbers()
    {
        Assert.Equal(
            Enum.GetValues<RecordType>().Select(type => $"{(byte)type} {type.ToString().ToLowerInvariant()}"),
            Rows("## 4.").Select(row => $"{row[0]} {row[1]}"));
        Assert.Equal(
            Enum.GetValues<PayloadCodec>().Select(codec => $"{(byte)codec} {codec.ToString().ToLowerInvariant()}"),
            Rows("## 5.").Select(row => $"{row[0]} {row[1]}"));
    }

    [Fact]
    public void The_limits_are_the_specified_ones()
    {
        string[] due =
        [
            $"1 MiB ({ArchiveLimits.RecordLengthMax})", $"1 GiB ({ArchiveLimits.TocLengthMax})", $"{ArchiveLimits.EntryCountMax}",
            $"{ArchiveLimits.ColumnCountMax}", $"{ArchiveLimits.LargeObjectCountMax}", $"256 KiB ({ArchiveLimits.LargeObjectPieceMax})",
            $"{ArchiveLimits.IndexRecordCountMax}",
        ];
        Assert.Equal(due, Rows("## 7.").Select(row => row[1]));
    }

    private static void AssertOffsets(string heading, int size, int[] due)
    {
        string[][] rows = Rows(heading);
        int[] offsets = [.. rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture))];
        Assert.Equal(due, offsets);
        int[] sizes = [.. rows.Select(row => int.Parse(row[1], CultureInfo.InvariantCulture))];
        for (int i = 0; i < due.Length; i++)
        {
            int end = i + 1 < due.Length ? due[i + 1] : size;
            Assert.Equal(end, offsets[i] + sizes[i]);
        }
    }

    // The rows of the first table below a heading.
    private static string[][] Rows(string heading) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "formats", "pdump.md"))
            .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];
}
