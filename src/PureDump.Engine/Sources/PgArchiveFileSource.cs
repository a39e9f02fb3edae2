using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sources;

/// <summary>An archive of pg_dump in a file or a directory: each worker opens the data of entries by itself.</summary>
internal sealed class PgArchiveFileSource(PgArchiveReader archive, bool asConforming = false) : IPartSource
{
    /// <inheritdoc/>
    public Toc Toc => archive.Toc;

    /// <inheritdoc/>
    public IReadOnlyList<RowPart> PartsOf(TocEntry entry) => [new RowPart(entry, 0, 1, 0, long.MaxValue, archive.StoredLengthOf(entry))];

    /// <inheritdoc/>
    public ISourceWorker OpenWorker() => new Worker(archive, asConforming);

    /// <inheritdoc/>
    public void Complete()
    {
        // What was read was read to its end, and looked at there.
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private sealed class Worker(PgArchiveReader archive, bool asConforming) : ISourceWorker
    {
        private PgEntryRows? _rows;

        public void Open(RowPart part)
        {
            _rows?.Dispose();
            _rows = null;
            _rows = PgEntryRows.Open(archive, part.Entry, asConforming);
        }

        public bool Read(RowBlock block) => _rows!.Read(block);

        public void Leave()
        {
        }

        public void Abort()
        {
        }

        public void Dispose() => _rows?.Dispose();
    }
}
