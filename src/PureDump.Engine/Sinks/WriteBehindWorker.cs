using System.Diagnostics;
using System.Runtime.ExceptionServices;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sinks;

/// <summary>
/// Has blocks written by a thread of its own, so that the next one is read, or decoded, meanwhile: what comes out of one server
/// or file, and what goes into another, would else take turns. A failure shows at the next block, or at the end of the rows.
/// </summary>
/// <remarks>
/// Blocks are sent by a thread beside the one that reads them (<c>WriteBehindWorker</c>): two servers, or a decoder and a server, would
/// else take turns; at most three blocks more for each worker.
/// </remarks>
internal sealed class WriteBehindWorker(IStatementWorker sink) : IStatementWorker
{
    // One in the hand of the thread and these behind it.
    private const int WaitingMax = 2;

    /// <summary>How many blocks a worker keeps at most.</summary>
    public const int BlockCountMax = WaitingMax + 1;

    private readonly Queue<RowBlock> _waiting = [];
    private readonly object _gate = new();
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private TimeSpan _rowTime;
    private bool _isWriting;
    private bool _isClosed;

    /// <inheritdoc/>
    public bool TryJoin(TocEntry entry)
    {
        bool hasJoined = false;
        Measure(() => hasJoined = sink.TryJoin(entry));
        return hasJoined;
    }

    /// <inheritdoc/>
    public void BeginRows(TocEntry entry, bool isOnlyWriter) => Measure(() => sink.BeginRows(entry, isOnlyWriter));

    /// <inheritdoc/>
    public void Write(RowBlock block)
    {
        lock (_gate)
        {
            while (_waiting.Count == WaitingMax && _failure is null)
            {
                Monitor.Wait(_gate);
            }

            if (_failure is not null)
            {
                block.Dispose();
                _failure.Throw();
            }

            _waiting.Enqueue(block);
            if (_thread is null)
            {
                var thread = new Thread(WriteAll) { IsBackground = true, Name = "writer" };
                thread.Start();
                _thread = thread;
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <inheritdoc/>
    public void EndRows()
    {
        WaitForWriter()?.Throw();
        Measure(sink.EndRows);
    }

    /// <inheritdoc/>
    public void CommitRows() => Measure(sink.CommitRows);

    /// <inheritdoc/>
    public void DiscardRows(TocEntry entry) => Measure(() => sink.DiscardRows(entry));

    /// <inheritdoc/>
    public void RemoveRows(TocEntry entry) => Measure(() => sink.RemoveRows(entry));

    /// <inheritdoc/>
    public void AbortRows()
    {
        lock (_gate)
        {
            Discard();
        }

        WaitForWriter();
        Measure(sink.AbortRows);
    }

    /// <inheritdoc/>
    public TimeSpan? TakeRowTime()
    {
        lock (_gate)
        {
            TimeSpan time = _rowTime;
            _rowTime = TimeSpan.Zero;
            return time;
        }
    }

    /// <inheritdoc/>
    public void Drop(TocEntry entry, bool ifExists) => sink.Drop(entry, ifExists);

    /// <inheritdoc/>
    public void Run(TocEntry entry) => sink.Run(entry);

    /// <inheritdoc/>
    public void Abort() => sink.Abort();

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Discard();
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        sink.Dispose();
    }

    private ExceptionDispatchInfo? WaitForWriter()
    {
        lock (_gate)
        {
            while (_isWriting || _waiting.Count > 0)
            {
                Monitor.Wait(_gate);
            }

            ExceptionDispatchInfo? failure = _failure;
            _failure = null;
            return failure;
        }
    }

    private void WriteAll()
    {
        while (Next() is RowBlock block)
        {
            ExceptionDispatchInfo? failure = null;
            try
            {
                Measure(() => sink.Write(block));
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }

            lock (_gate)
            {
                _isWriting = false;
                _failure ??= failure;
                if (_failure is not null)
                {
                    Discard();
                }

                Monitor.PulseAll(_gate);
            }
        }
    }

    // Asked for by the thread that hands rows in: statements run there, and a connection has the time of both.
    private void Measure(Action step)
    {
        long since = Stopwatch.GetTimestamp();
        try
        {
            step();
        }
        finally
        {
            TimeSpan time = Stopwatch.GetElapsedTime(since);
            lock (_gate)
            {
                _rowTime += time;
            }
        }
    }

    private RowBlock? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            _isWriting = _waiting.TryDequeue(out RowBlock? block);
            return block;
        }
    }

    private void Discard()
    {
        while (_waiting.TryDequeue(out RowBlock? block))
        {
            block.Dispose();
        }
    }
}
