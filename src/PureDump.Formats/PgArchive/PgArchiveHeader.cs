using PureDump.Formats.Codec;

namespace PureDump.Formats.PgArchive;

/// <summary>The header of an archive: formats/pg-archive.md, section 2 (pg_backup_archiver.c, WriteHead).</summary>
internal sealed record PgArchiveHeader
{
    internal const int MajorOffset = 5;
    internal const int MinorOffset = 6;
    internal const int RevisionOffset = 7;
    internal const int IntSizeOffset = 8;
    internal const int OffsetSizeOffset = 9;
    internal const int FormatOffset = 10;
    internal const int FixedSize = 11;

    /// <summary>The size of the integers a writer of today makes.</summary>
    internal const int IntSize = 4;

    /// <summary>The size of the offsets a writer of today makes.</summary>
    internal const int OffsetSize = 8;

    /// <summary>The version of the layout.</summary>
    public required PgArchiveVersion Version { get; init; }

    /// <summary>What the archive is.</summary>
    public required PgArchiveFormat Format { get; init; }

    /// <summary>How data is compressed; of a directory, what its writer was told (each file says by its name what it is).</summary>
    public required StreamMethod Compression { get; init; }

    /// <summary>The zlib level that versions before 1.15 hold: -1 = the default of zlib; null where the version holds none.</summary>
    public int? CompressionLevel { get; init; }

    /// <summary>When the dump began, on the clock of the machine that made it; null where it is no date.</summary>
    public DateTime? Created { get; init; }

    /// <summary><c>tm_isdst</c> of <see cref="Created"/>: positive = daylight saving time, 0 = not, negative = not known.</summary>
    public int DaylightSaving { get; init; }

    /// <summary>The name of the dumped database.</summary>
    public required string Database { get; init; }

    /// <summary>The source's <c>server_version</c>.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The version of the pg_dump that made it, without the name of the program.</summary>
    public required string ProducerVersion { get; init; }

    /// <summary>The first bytes of every archive.</summary>
    internal static ReadOnlySpan<byte> Magic => "PGDMP"u8;
}
