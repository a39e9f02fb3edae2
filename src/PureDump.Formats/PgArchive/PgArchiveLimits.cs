using PureDump.Formats.Archive;

namespace PureDump.Formats.PgArchive;

/// <summary>The limits of formats/pg-archive.md, section 9.</summary>
internal static class PgArchiveLimits
{
#pragma warning disable CS1591 // the table of the specification documents them
    public const int TocLengthMax = ArchiveLimits.TocLengthMax;
    public const int TocLengthFree = ArchiveLimits.TocMemoryFree;
    public const int TocRatioMax = ArchiveLimits.TocMemoryRatioMax;
    public const int TextLengthMax = 1 << 28;
    public const int NameLengthMax = ArchiveLimits.NameLengthMax;
    public const int EntryCost = 256;
    public const int EntryCountMax = ArchiveLimits.EntryCountMax;
    public const int IntSizeMax = 8;
    public const int OffsetSizeMax = 8;
    public const int ColumnCountMax = ArchiveLimits.ColumnCountMax;
    public const int LargeObjectCountMax = 1 << 24;
    public const int LargeObjectGroupMax = 1000;
    public const int LargeObjectLineMax = 1024;
    public const int TarMemberCountMax = 1 << 24;
#pragma warning restore CS1591
}
