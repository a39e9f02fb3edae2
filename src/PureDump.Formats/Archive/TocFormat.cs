using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>The serialized Toc: formats/pdump.md, section 6.</summary>
public static partial class TocFormat
{
    private const ulong Version = 1;

    private static PureDumpException Damaged(string what) =>
        new(ErrorKind.ArchiveDamaged, $"the table of contents of the archive is damaged: {what}");
}
