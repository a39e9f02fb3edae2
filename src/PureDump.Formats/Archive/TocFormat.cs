namespace PureDump.Formats.Archive;

/// <summary>The serialized Toc: formats/pdump.md, section 6.</summary>
public static partial class TocFormat
{
    private const ulong Version = 1;
}
