using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump;

/// <summary>
/// Stands between the threads of a transfer, which must not wait, and a receiver, which may: counters that are looked at from time to
/// time, and a bounded queue of what is told. A thread of its own hands on.
/// </summary>
internal sealed class EventQueue : ITransferObserver, IDisposable
{
    private const int CountMax = 1000;
    private const int IntervalMs = 250;

    private readonly IProgress<TransferEvent>? _receiver;
    private readonly Queue<TransferEvent> _queue = new();
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _isOver = new();
    private readonly Thread? _thread;
    private int _leftOutCount;
    private int _entryCount;
    private long _rowCount;
    private long _bytes;
    private long _estimatedBytes;

    /// <summary>Begins to hand on.</summary>
    /// <param name="receiver">Who is told; null: nobody.</param>
    public EventQueue(IProgress<TransferEvent>? receiver)
    {
        _receiver = receiver;
        if (receiver is not null)
        {
            _thread = new Thread(HandOn) { IsBackground = true, Name = "puredump events" };
            _thread.Start();
        }
    }

    /// <inheritdoc/>
    public void Begin(Toc toc, long estimatedBytes) => Interlocked.Exchange(ref _estimatedBytes, estimatedBytes);

    /// <inheritdoc/>
    public void EntryBegins(TocEntry entry)
    {
    }

    /// <inheritdoc/>
    public void BlockMoved(TocEntry entry, int rowCount, int bytes)
    {
        Interlocked.Add(ref _rowCount, rowCount);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <inheritdoc/>
    public void EntryEnds(TocEntry entry) => Interlocked.Increment(ref _entryCount);

    /// <inheritdoc/>
    public void StatementBegins(TocEntry entry)
    {
    }

    /// <inheritdoc/>
    public void EntryFailed(TocEntry entry, PureDumpException error) => Tell(new EntryFailed(entry.Label, error));

    /// <inheritdoc/>
    public void Warn(string message) => Tell(new TransferWarning(message));

    /// <summary>Waits until all is handed on.</summary>
    public void Dispose()
    {
        _isOver.Set();
        _thread?.Join();
        _isOver.Dispose();
    }

    private void Tell(TransferEvent told)
    {
        if (_receiver is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_queue.Count < CountMax)
            {
                _queue.Enqueue(told);
            }
            else
            {
                _leftOutCount++;
            }
        }
    }

    // A receiver that throws ends nothing but its own news.
    private void HandOn()
    {
        TransferProgress? last = null;
        bool isLast;
        do
        {
            isLast = _isOver.Wait(IntervalMs);
            foreach (TransferEvent told in Taken())
            {
                _receiver!.Report(told);
            }

            var progress = new TransferProgress(
                Volatile.Read(ref _entryCount),
                Interlocked.Read(ref _rowCount),
                Interlocked.Read(ref _bytes),
                Interlocked.Read(ref _estimatedBytes));
            if (progress != last)
            {
                _receiver!.Report(progress);
                last = progress;
            }
        }
        while (!isLast);
    }

    private List<TransferEvent> Taken()
    {
        lock (_gate)
        {
            List<TransferEvent> taken = [.. _queue];
            _queue.Clear();
            if (_leftOutCount > 0)
            {
                taken.Add(new EventsLeftOut(_leftOutCount));
                _leftOutCount = 0;
            }

            return taken;
        }
    }
}
