namespace PureDump.Formats.PgArchive;

/// <summary>Rows in COPY's text format as they stand in archives.</summary>
internal static class CopyText
{
    /// <summary>What stands behind the last row.</summary>
    public static ReadOnlySpan<byte> End => "\\.\n\n\n"u8;
}
