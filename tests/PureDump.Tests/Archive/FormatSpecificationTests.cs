using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Columns;

namespace PureDump.Tests.Archive;

/// <summary>The tables of formats/pdump.md and the constants of the code say the same.</summary>
public sealed class FormatSpecificationTests
{
    private const string Specification = "pdump.md";

    [Fact]
    public void The_file_header_is_laid_out_as_specified() =>
        SpecificationTable.AssertOffsets(
            Specification,
            "## 2.",
            ArchiveHeader.Size,
            [
                0,
                ArchiveHeader.MajorOffset,
                ArchiveHeader.MinorOffset,
                ArchiveHeader.FlagsOffset,
                ArchiveHeader.CreatedOffset,
                ArchiveHeader.ReservedOffset,
                ArchiveHeader.ChecksumOffset,
            ]);

    [Fact]
    public void The_record_header_is_laid_out_as_specified() =>
        SpecificationTable.AssertOffsets(
            Specification,
            "## 3.",
            RecordHeader.Size,
            [
                0,
                RecordHeader.TypeOffset,
                RecordHeader.CodecOffset,
                RecordHeader.FormatOffset,
                RecordHeader.LayoutOffset,
                RecordHeader.FlagsOffset,
                RecordHeader.EntryOffset,
                RecordHeader.SequenceOffset,
                RecordHeader.RawOffset,
                RecordHeader.StoredOffset,
                RecordHeader.RowsOffset,
                RecordHeader.ReservedOffset,
                RecordHeader.ContentHashOffset,
                RecordHeader.PayloadChecksumOffset,
                RecordHeader.HeaderChecksumOffset,
            ]);

    [Fact]
    public void An_index_item_is_laid_out_as_specified() =>
        SpecificationTable.AssertOffsets(
            Specification,
            "### 4.2",
            IndexItem.Size,
            [
                0,
                IndexItem.FlagsOffset,
                IndexItem.SequenceOffset,
                IndexItem.OffsetOffset,
                IndexItem.RawOffset,
                IndexItem.StoredOffset,
                IndexItem.RowsOffset,
                IndexItem.ReservedOffset,
            ]);

    [Fact]
    public void The_footer_is_laid_out_as_specified() =>
        SpecificationTable.AssertOffsets(Specification, "### 4.3", ArchiveTotals.Size, [0, 8, 16, 24, 32, 40, 48, 56]);

    [Fact]
    public void The_footer_of_a_cluster_is_laid_out_as_specified()
    {
        SpecificationTable.AssertOffsets(Specification, "### 10.3", ClusterTotals.Size, [0, 8, 16, 24, 32, 40, 48, 56]);
        Assert.Equal(
            [$"{ArchiveLimits.MemberCountMax}", $"64 MiB ({ArchiveLimits.DirectoryLengthMax})", $"{ArchiveLimits.DatabaseNameLengthMax}"],
            SpecificationTable.Rows(Specification, "### 10.4").Select(row => row[1]));
    }

    [Fact]
    public void Record_types_and_codecs_have_the_specified_numbers()
    {
        Assert.Equal(
            Enum.GetValues<RecordType>().Select(type => $"{(byte)type} {type.ToString().ToLowerInvariant()}"),
            SpecificationTable.Rows(Specification, "## 4.").Select(row => $"{row[0]} {row[1]}"));
        Assert.Equal(
            Enum.GetValues<PayloadCodec>().Select(codec => $"{(byte)codec} {codec.ToString().ToLowerInvariant()}"),
            SpecificationTable.Rows(Specification, "## 5.").Select(row => $"{row[0]} {row[1]}"));
    }

    [Fact]
    public void Column_encodings_have_the_specified_numbers() => Assert.Equal(
        Enum.GetValues<ColumnEncoding>().Select(encoding => $"{(byte)encoding} {encoding.ToString().ToLowerInvariant()}"),
        SpecificationTable.Rows(Specification, "### 4.4").Select(row => $"{row[0]} {row[1]}"));

    [Fact]
    public void The_limits_are_the_specified_ones()
    {
        string[] due =
        [
            $"1 MiB ({ArchiveLimits.RecordLengthMax})",
            $"2 MiB ({ArchiveLimits.CodedLengthMax})",
            $"1 GiB ({ArchiveLimits.TocLengthMax})",
            $"{ArchiveLimits.EntryCountMax}",
            $"2 GiB ({ArchiveLimits.TocMemoryMax})",
            $"128 MiB ({ArchiveLimits.TocMemoryFree})",
            $"{ArchiveLimits.TocMemoryRatioMax}",
            $"{ArchiveLimits.EntryCost}",
            $"{ArchiveLimits.ColumnCost}",
            $"{ArchiveLimits.NumberCost}",
            $"64 KiB ({ArchiveLimits.NameLengthMax})",
            $"256 MiB ({ArchiveLimits.StatementLengthMax})",
            $"{ArchiveLimits.ColumnCountMax}",
            $"{ArchiveLimits.LargeObjectCountMax}",
            $"256 KiB ({ArchiveLimits.LargeObjectPieceMax})",
            $"{ArchiveLimits.IndexRecordCountMax}",
        ];
        Assert.Equal(due, SpecificationTable.Rows(Specification, "## 7.").Select(row => row[1]));
    }
}
