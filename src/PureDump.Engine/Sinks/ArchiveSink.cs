using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sinks;

/// <summary>A .pdump archive being written. Its workers share one writer, which has threads of its own to compress.</summary>
internal sealed class ArchiveSink(ArchiveWriter writer) : IRowSink
{
    /// <summary>The totals, once the archive is complete.</summary>
    public ArchiveTotals Totals { get; private set; }

    /// <inheritdoc/>
    public void Begin(Toc toc) => writer.WriteToc(toc);

    /// <inheritdoc/>
    public IRowWorker OpenWorker() => new Worker(writer);

    /// <inheritdoc/>
    public void EndEntry(TocEntry entry) => writer.EndEntry(entry.Id);

    /// <inheritdoc/>
    public void Complete() => Totals = writer.Complete();

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private sealed class Worker(ArchiveWriter writer) : IRowWorker
    {
        public void BeginRows(TocEntry entry, bool isOnlyWriter)
        {
            // A block carries the entry it belongs to; an archive needs no more.
        }

        public void Write(RowBlock block)
        {
            if (block.Format == RowFormat.Statements)
            {
                block.Dispose();
                throw new PureDumpException(
                    ErrorKind.TargetMismatch,
                    "the rows are INSERT statements, which an archive of PureDump's own format does not hold",
                    "convert into a script, or restore the archive");
            }

            writer.Append(block);
        }

        public void EndRows()
        {
        }

        public void CommitRows()
        {
        }

        public void AbortRows()
        {
            // The archive stays without a footer: it never looks finished.
        }

        public void RemoveRows(TocEntry entry) => AbortRows();

        // Another worker may wait for the rest of a row that this one was in the middle of.
        public void Abort() => writer.GiveUp();

        public void Dispose()
        {
        }
    }
}
