using Microsoft.Extensions.Logging;
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

    private readonly string _operation;
    private readonly IProgress<TransferEvent>? _receiver;
    private readonly ILogger? _logger;
    private readonly OperationTrace _trace;
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
    /// <param name="operation">What the events are of.</param>
    /// <param name="receiver">Who is told; null: nobody.</param>
    /// <param name="logger">Where it is logged too; null: nowhere.</param>
    /// <param name="trace">The phases.</param>
    public EventQueue(string operation, IProgress<TransferEvent>? receiver, ILogger? logger, OperationTrace trace)
    {
        _operation = operation;
        _receiver = receiver;
        _logger = logger;
        _trace = trace;
        if (receiver is not null)
        {
            _thread = new Thread(HandOn) { IsBackground = true, Name = "puredump events" };
            _thread.Start();
        }
    }

    /// <inheritdoc/>
    public void Begin(Toc toc, long estimatedBytes)
    {
        Interlocked.Exchange(ref _estimatedBytes, estimatedBytes);
        _trace.BeginTransfer(toc);
    }

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
    public void EntryEnds(TocEntry entry)
    {
        Interlocked.Increment(ref _entryCount);
        _trace.Touch();
        _logger?.EntryMoved(_operation, entry.Label);
    }

    /// <inheritdoc/>
    public void StatementBegins(TocEntry entry)
    {
    }

    /// <inheritdoc/>
    public void Worked(int worker, TocEntry entry, TimeSpan time) => _trace.Touch();

    /// <inheritdoc/>
    public void EntryFailed(TocEntry entry, PureDumpException error)
    {
        _logger?.EntryFailed(_operation, entry.Label, error);
        Tell(new EntryFailed(entry.Label, error) { Operation = _operation });
    }

    /// <inheritdoc/>
    public void Warn(string message)
    {
        _logger?.OperationWarns(_operation, message);
        Tell(new TransferWarning(message) { Operation = _operation });
    }

    /// <summary>Waits until all is handed on.</summary>
    public void Dispose()
    {
        _trace.End(Interlocked.Read(ref _rowCount), Interlocked.Read(ref _bytes));
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
                Interlocked.Read(ref _estimatedBytes))
            {
                Operation = _operation,
            };
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
                taken.Add(new EventsLeftOut(_leftOutCount) { Operation = _operation });
                _leftOutCount = 0;
            }

            return taken;
        }
    }
}
