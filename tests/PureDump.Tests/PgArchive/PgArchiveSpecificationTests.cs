using PureDump.Formats.PgArchive;
using PureDump.Tests.Archive;

namespace PureDump.Tests.PgArchive;

/// <summary>The tables of formats/pg-archive.md and the constants of the code say the same.</summary>
public sealed class PgArchiveSpecificationTests
{
    private const string Specification = "pg-archive.md";

    [Fact]
    public void The_header_is_laid_out_as_specified() => SpecificationTable.AssertOffsets(
        Specification, "### 2.1", PgArchiveHeader.FixedSize,
        [
            0, PgArchiveHeader.MajorOffset, PgArchiveHeader.MinorOffset, PgArchiveHeader.RevisionOffset, PgArchiveHeader.IntSizeOffset,
            PgArchiveHeader.OffsetSizeOffset, PgArchiveHeader.FormatOffset,
        ]);

    [Fact]
    public void A_tar_header_is_laid_out_as_specified() =>
        SpecificationTable.AssertOffsets(
            Specification,
            "### 6.1",
            TarHeader.Size,
            [
                TarHeader.NameOffset,
                TarHeader.ModeOffset,
                TarHeader.UserOffset,
                TarHeader.GroupOffset,
                TarHeader.LengthOffset,
                TarHeader.TimeOffset,
                TarHeader.ChecksumOffset,
                TarHeader.TypeOffset,
                TarHeader.TypeOffset + 1,
                TarHeader.MagicOffset,
                TarHeader.UserNameOffset,
                TarHeader.GroupNameOffset,
                TarHeader.GroupNameOffset + 32,
            ]);

    [Fact]
    public void Blocks_have_the_specified_types() =>
        Assert.Equal(
            [CustomArchive.DataBlock, CustomArchive.LargeObjectsBlock],
            SpecificationTable
                .Rows(Specification, "## 4.")
                .Select(static row => byte.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_versions_are_the_specified_ones() =>
        Assert.Equal(
            Enumerable
                .Range(PgArchiveVersion.Oldest.Minor, PgArchiveVersion.Newest.Minor - PgArchiveVersion.Oldest.Minor + 1)
                .Select(static minor => $"1.{minor}"),
            SpecificationTable.Rows(Specification, "### 2.3").Select(static row => row[0]));

    [Fact]
    public void The_limits_are_the_specified_ones()
    {
        string[] due =
        [
            $"1 GiB ({PgArchiveLimits.TocLengthMax})", $"128 MiB ({PgArchiveLimits.TocLengthFree})", $"{PgArchiveLimits.TocRatioMax}",
            $"256 MiB ({PgArchiveLimits.TextLengthMax})", $"64 KiB ({PgArchiveLimits.NameLengthMax})", $"{PgArchiveLimits.EntryCost}",
            $"{PgArchiveLimits.EntryCountMax}", $"{PgArchiveLimits.IntSizeMax}", $"{PgArchiveLimits.OffsetSizeMax}",
            $"{PgArchiveLimits.ColumnCountMax}", $"{PgArchiveLimits.LargeObjectCountMax}", $"{PgArchiveLimits.LargeObjectGroupMax}",
            $"{PgArchiveLimits.LargeObjectLineMax}", $"{PgArchiveLimits.TarMemberCountMax}",
        ];
        Assert.Equal(due, SpecificationTable.Rows(Specification, "## 9.").Select(static row => row[1]));
    }
}
