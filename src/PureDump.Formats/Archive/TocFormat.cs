using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>The serialized Toc: formats/pdump.md, section 6.</summary>
internal static partial class TocFormat
{
    private const ulong Version = 1;

    /// <summary>The most memory that a Toc may ask for, counted as section 7 says: a few bytes sent cannot ask for gigabytes.</summary>
    /// <param name="storedLength">Of the payloads it comes out of, in bytes.</param>
    public static long MemoryMax(long storedLength) =>
        Math.Min(ArchiveLimits.TocMemoryMax, Math.Max(ArchiveLimits.TocMemoryFree, storedLength * ArchiveLimits.TocMemoryRatioMax));

    private static PureDumpException Damaged(string what) =>
        new(ErrorKind.ArchiveDamaged, $"the table of contents of the archive is damaged: {what}");
}
