using PureDump.Formats.Codec;
using PureDump.Formats.Script;

namespace PureDump.Formats.PgArchive;

/// <summary>How an archive is written.</summary>
internal sealed record PgArchiveSettings
{
    /// <summary>The version of the layout: <see cref="PgArchiveVersion.Newest"/> or <see cref="PgArchiveVersion.ForOldReaders"/>.</summary>
    public PgArchiveVersion Version { get; init; } = PgArchiveVersion.Newest;

    /// <summary>How data are compressed. Tar: not at all. The version for old readers: gzip or not at all.</summary>
    public StreamCompression Compression { get; init; }

    /// <summary>What the data of TABLE DATA entries are: rows behind a COPY statement, or INSERT statements.</summary>
    public RowStatements Rows { get; init; }

    /// <summary>As <see cref="ScriptOptions.WithoutTransactionTimeout"/>, for the script in a tar.</summary>
    public bool WithoutTransactionTimeout { get; init; }

    /// <summary>When the dump began, on the clock of this machine.</summary>
    public DateTime Created { get; init; } = DateTime.UnixEpoch;

    /// <summary><see cref="Created"/> is in daylight saving time.</summary>
    public bool IsDaylightSaving { get; init; }

    /// <summary>Each file of a directory is brought to the medium when it is whole.</summary>
    public bool FlushToDisk { get; init; }

    /// <summary>Where a tar that goes into a pipe keeps a member until its length is known; null: the system's place.</summary>
    public string? TemporaryDirectory { get; init; }
}
