using PureDump.Formats.Rows;

namespace PureDump.Formats.Archive;

/// <summary>The limits of formats/pdump.md, sections 7 and 10.4.</summary>
internal static class ArchiveLimits
{
#pragma warning disable CS1591 // the table of the specification documents them
    public const int RecordLengthMax = RowBlock.Capacity;
    public const int CodedLengthMax = 2 * RecordLengthMax;
    public const int TocLengthMax = 1 << 30;
    public const int EntryCountMax = 1 << 24;
    public const long TocMemoryMax = 1L << 31;
    public const int TocMemoryFree = 1 << 27;
    public const int TocMemoryRatioMax = 64;
    public const int EntryCost = 256;
    public const int ColumnCost = 64;
    public const int NumberCost = 4;
    public const int NameLengthMax = 1 << 16;
    public const int StatementLengthMax = 1 << 28;
    public const int ColumnCountMax = RowLimits.ColumnCountMax;
    public const int LargeObjectCountMax = 1_000_000;
    public const int LargeObjectPieceMax = RowLimits.LargeObjectPieceMax;
    public const int IndexRecordCountMax = 1 << 20;
    public const int MemberCountMax = 1 << 16;
    public const int DirectoryLengthMax = 1 << 26;
    public const int DatabaseNameLengthMax = 1024;
#pragma warning restore CS1591
}
