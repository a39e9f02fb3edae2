namespace PureDump.Formats.Entries;

/// <summary>What an archive says of itself, whatever its format, for the head of a list (pg_backup_archiver.c, PrintTOCSummary).</summary>
/// <param name="Format">What it is: <c>PDUMP</c>, <c>CUSTOM</c>, <c>DIRECTORY</c>, <c>TAR</c>.</param>
/// <param name="Version">The version of the format.</param>
/// <param name="Created">When it was made, or null where it does not say.</param>
internal sealed record ArchiveSummary(string Format, string Version, DateTime? Created)
{
    /// <summary>The one compression of all its rows, or null where each block has its own.</summary>
    public string? Compression { get; init; }

    /// <summary>The bytes of a number in it, or null where there is no such measure.</summary>
    public int? IntegerSize { get; init; }

    /// <summary>The bytes of an offset in it, or null where there is no such measure.</summary>
    public int? OffsetSize { get; init; }
}
