using System.Diagnostics;
using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Takes blocks of a stream into a sink, on one thread, and runs statements between them. Rows of an entry that are to be there together
/// stay uncommitted until the last of them has come, with those of other entries that come between (<see cref="StreamQueue"/>). Of an entry
/// that fails nothing stays: what this worker has taken in is given up, and what was committed before is removed when the stream has no
/// more of it.
/// </summary>
internal sealed class StreamLoader
{
    private readonly TransferWorker _worker;
    private readonly WorkBoard _board;
    private readonly FailurePolicy _failures;
    private readonly ITransferObserver _observer;
    private readonly RowsIntoSink _rows;

    // Whose rows it has left, and of whom of these the sink has some that are not committed; whose it takes now, and whether the sink has
    // begun with them.
    private readonly List<TocEntry> _held = [];
    private readonly HashSet<DumpId> _inSink = [];
    private TocEntry? _open;
    private bool _isWriting;

    /// <summary>For one worker.</summary>
    /// <param name="worker">Takes rows.</param>
    /// <param name="board">Where they are taken from.</param>
    /// <param name="failures">Decides what a failure ends.</param>
    /// <param name="observer">Is told what moves.</param>
    public StreamLoader(TransferWorker worker, WorkBoard board, FailurePolicy failures, ITransferObserver observer)
    {
        _worker = worker;
        _board = board;
        _failures = failures;
        _observer = observer;
        _rows = new RowsIntoSink(worker.Sink, new EntryClock(observer), observer);
    }

    /// <summary>Works until nothing will come any more.</summary>
    /// <param name="runStatements">Runs those of a job.</param>
    /// <param name="endEntry">Is told of entries of which all has come and is loaded.</param>
    public void Run(Action<Job> runStatements, Action<Job> endEntry)
    {
        while (true)
        {
            StreamTask task = _board.TakeStreamed(_worker, _open, _held.Count > 0);
            switch (task.Action)
            {
                case StreamAction.Write:
                    Write(task.Entry!, task.Block!);
                    break;
                case StreamAction.Leave:
                    Leave(endEntry);
                    break;
                case StreamAction.Commit:
                    CommitHeld(endEntry);
                    break;
                case StreamAction.Run:
                    runStatements(task.Job!);
                    break;
                case StreamAction.End:
                    endEntry(task.Job!);
                    break;
                default:
                    return;
            }
        }
    }

    private void Write(TocEntry entry, RowBlock block)
    {
        if (_open is null && !IsHeld(entry))
        {
            _observer.EntryBegins(entry);
        }

        _open = entry;
        long since = Stopwatch.GetTimestamp();
        if (_failures.HasFailed(entry))
        {
            block.Dispose();
            GiveUpOpen(entry);
        }
        else
        {
            _failures.Attempt(entry, () => OrGiveUp(entry, () =>
            {
                if (!_isWriting)
                {
                    // Before: what was begun by halves, beside rows of others, is to be given up too.
                    _isWriting = true;
                    _rows.Begin(entry, isOnlyWriter: false, block);
                }

                _rows.Write(entry, block);
            }));
        }

        _observer.Worked(_worker.Number, entry, Stopwatch.GetElapsedTime(since));
    }

    // The sink has taken the rows so far, or has failed with them; whether they stay shows later, or now.
    private void Leave(Action<Job> endEntry)
    {
        TocEntry entry = _open!;
        _open = null;
        if (_isWriting && _failures.HasFailed(entry))
        {
            GiveUpOpen(entry);
        }
        else if (_isWriting)
        {
            if (_failures.Attempt(entry, () => OrGiveUp(entry, () => _rows.End(entry))))
            {
                _inSink.Add(entry.Id);
            }

            _isWriting = false;
        }

        if (!IsHeld(entry))
        {
            _held.Add(entry);
        }

        if (!_held.TrueForAll(_board.AreHeld))
        {
            CommitHeld(endEntry);
        }
    }

    // All that the transaction holds. Of what failed, here or at another worker, nothing may stay in it.
    private void CommitHeld(Action<Job> endEntry)
    {
        TocEntry[] held = [.. _held];
        _held.Clear();
        foreach (TocEntry entry in held.Where(entry => _inSink.Remove(entry.Id) && _failures.HasFailed(entry)))
        {
            _rows.Discard(entry);
        }

        try
        {
            _rows.Commit();
        }
        catch (PureDumpException e)
        {
            _rows.Abort(held[^1]);
            foreach (TocEntry entry in held.Where(entry => !_failures.HasFailed(entry)))
            {
                _failures.Attempt(entry, () => throw e);
            }
        }

        foreach (TocEntry entry in held)
        {
            if (_board.Release(_worker, entry))
            {
                endEntry(_board.Find(entry)!);
            }
        }
    }

    private bool IsHeld(TocEntry entry) => _held.Exists(held => held.Id == entry.Id);

    private void OrGiveUp(TocEntry entry, Action step)
    {
        try
        {
            step();
        }
        catch when (_isWriting)
        {
            GiveUpOpen(entry);
            throw;
        }
    }

    private void GiveUpOpen(TocEntry entry)
    {
        if (_isWriting)
        {
            _isWriting = false;
            _inSink.Remove(entry.Id);
            _rows.Abort(entry);
        }
    }
}
