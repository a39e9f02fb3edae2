using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.PgArchive;

namespace PureDump.Engine.Reading;

/// <summary>What reading a whole archive, of any format, came to.</summary>
internal sealed record ArchiveVerification
{
    /// <summary>All damage, in the order of the archive; none: it is whole.</summary>
    public required IReadOnlyList<ClusterFinding> Findings { get; init; }

    /// <summary>False for an archive of pg_dump: bytes that changed inside a value do not show.</summary>
    public bool HasChecksums { get; init; } = true;

    /// <summary>How many databases a cluster has; null for an archive of one.</summary>
    public int? DatabaseCount { get; init; }

    /// <summary>How many entries there are; 0 where the table of contents cannot be read.</summary>
    public required int EntryCount { get; init; }

    /// <summary>Whether the table of contents could be read.</summary>
    public bool HasToc { get; init; } = true;

    /// <summary>How many rows passed.</summary>
    public required long RowCount { get; init; }

    /// <summary>How many blocks passed; 0 where the format has none.</summary>
    public long BlockCount { get; init; }

    /// <summary>How many large objects passed, where they are not rows.</summary>
    public long LargeObjectCount { get; init; }

    /// <summary>The bytes of them, out of their compression.</summary>
    public required long RawBytes { get; init; }

    /// <summary>The length of the archive in bytes; 0 where nobody counts them.</summary>
    public long Length { get; init; }

    /// <summary>Bytes behind the end, that are no part of the archive.</summary>
    public long TrailingLength { get; init; }

    /// <summary>Reads the archive.</summary>
    /// <param name="input">The archive; is read to its end.</param>
    /// <param name="progress">Told the offset now and then, and the length where it is known; null: nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">It cannot be read, or is no archive.</exception>
    public static ArchiveVerification Of(ArchiveInput input, Action<long, long?>? progress, CancellationToken cancellation) =>
        input.HasPgDumpFormat ? OfPgDump(input, cancellation)
        : input.IsOfCluster ? OfCluster(input, progress, cancellation)
        : OfDatabase(input, progress, cancellation);

    private static ArchiveVerification OfDatabase(ArchiveInput input, Action<long, long?>? progress, CancellationToken cancellation)
    {
        var verifier = new ArchiveVerifier();
        Read(input, progress, (stream, told) => verifier.Verify(stream, told, cancellation));
        return new ArchiveVerification
        {
            Findings = [.. verifier.Findings.Select(finding => new ClusterFinding(null, verifier.Toc, finding))],
            HasToc = verifier.Toc is not null,
            EntryCount = verifier.Toc?.Entries.Count ?? 0,
            RowCount = verifier.RowCount,
            BlockCount = verifier.BlockCount,
            RawBytes = verifier.RawBytes,
            Length = verifier.Length,
        };
    }

    private static ArchiveVerification OfCluster(ArchiveInput input, Action<long, long?>? progress, CancellationToken cancellation)
    {
        var verifier = new ClusterVerifier();
        Read(input, progress, (stream, told) => verifier.Verify(stream, told, cancellation));
        return new ArchiveVerification
        {
            Findings = verifier.Findings,
            DatabaseCount = verifier.DatabaseCount,
            EntryCount = verifier.EntryCount,
            RowCount = verifier.RowCount,
            BlockCount = verifier.BlockCount,
            RawBytes = verifier.RawBytes,
            Length = verifier.Length,
        };
    }

    // A directory is no stream; of a file only what stands in it front to back is read, as out of a pipe.
    private static ArchiveVerification OfPgDump(ArchiveInput input, CancellationToken cancellation)
    {
        var verifier = new PgArchiveVerifier();
        using PgArchiveReader archive = input.IsDirectory
            ? PgArchiveReader.Open(input.Path!)
            : PgArchiveReader.Open(input.Open(), input.Name);
        verifier.Verify(archive, cancellation);
        return new ArchiveVerification
        {
            Findings = [.. verifier.Findings.Select(finding => new ClusterFinding(null, archive.Toc, finding))],
            HasChecksums = false,
            EntryCount = archive.Toc.Entries.Count,
            RowCount = verifier.RowCount,
            LargeObjectCount = verifier.LargeObjectCount,
            RawBytes = verifier.RawBytes,
            TrailingLength = archive.TrailingLength,
        };
    }

    private static void Read(ArchiveInput input, Action<long, long?>? progress, Action<Stream, Action<long>?> verify) =>
        input.Read(stream =>
        {
            long? length = stream.CanSeek ? stream.Length : null;
            verify(stream, progress is null ? null : offset => progress(offset, length));
            return 0;
        });
}
