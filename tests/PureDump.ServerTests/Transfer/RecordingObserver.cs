using System.Collections.Concurrent;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.ServerTests.Transfer;

/// <summary>Keeps what it is told, and can run something at the first block, or before anything moves.</summary>
internal sealed class RecordingObserver(Action? atFirstBlock = null, Action? atBegin = null) : ITransferObserver
{
    private int _blockCount;

    public ConcurrentQueue<string> Failures { get; } = [];

    /// <summary>The same, as they were told.</summary>
    public ConcurrentQueue<PureDumpException> Errors { get; } = [];

    public ConcurrentQueue<string> Warnings { get; } = [];

    public void Begin(Toc toc, long estimatedBytes) => atBegin?.Invoke();

    public void EntryBegins(TocEntry entry)
    {
    }

    public void BlockMoved(TocEntry entry, int rowCount, int bytes)
    {
        if (Interlocked.Increment(ref _blockCount) == 1)
        {
            atFirstBlock?.Invoke();
        }
    }

    public void EntryEnds(TocEntry entry)
    {
    }

    public void StatementBegins(TocEntry entry)
    {
    }

    public void EntryFailed(TocEntry entry, PureDumpException error)
    {
        Failures.Enqueue(error.Message);
        Errors.Enqueue(error);
    }

    public void Warn(string message) => Warnings.Enqueue(message);
}
