using System.Collections.Concurrent;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Engine.Transfer;

/// <summary>Notes which entries failed, and passes everything on.</summary>
internal sealed class FailureObserver(ITransferObserver observer) : ITransferObserver
{
    private readonly ConcurrentDictionary<DumpId, bool> _failed = [];

    /// <summary>The entries that failed.</summary>
    public ICollection<DumpId> Failed => _failed.Keys;

    /// <inheritdoc/>
    public void Begin(Toc toc, long estimatedBytes) => observer.Begin(toc, estimatedBytes);

    /// <inheritdoc/>
    public void EntryBegins(TocEntry entry) => observer.EntryBegins(entry);

    /// <inheritdoc/>
    public void BlockMoved(TocEntry entry, int rowCount, int bytes) => observer.BlockMoved(entry, rowCount, bytes);

    /// <inheritdoc/>
    public void RowsLost(TocEntry entry, long rowCount) => observer.RowsLost(entry, rowCount);

    /// <inheritdoc/>
    public void Spent(TocEntry entry, TransferStage stage, TimeSpan time) => observer.Spent(entry, stage, time);

    /// <inheritdoc/>
    public void Worked(int worker, TocEntry entry, TimeSpan time) => observer.Worked(worker, entry, time);

    /// <inheritdoc/>
    public void EntryEnds(TocEntry entry) => observer.EntryEnds(entry);

    /// <inheritdoc/>
    public void StatementBegins(TocEntry entry) => observer.StatementBegins(entry);

    /// <inheritdoc/>
    public void EntryFailed(TocEntry entry, PureDumpException error)
    {
        _failed[entry.Id] = true;
        observer.EntryFailed(entry, error);
    }

    /// <inheritdoc/>
    public void Warn(string message) => observer.Warn(message);

    /// <inheritdoc/>
    public void Notice(ServerReport message) => observer.Notice(message);
}
