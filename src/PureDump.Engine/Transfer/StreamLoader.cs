using System.Diagnostics;
using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Takes blocks of a stream into a sink, on one thread, and runs statements between them. Of an entry that fails nothing stays: what this
/// worker has taken in is given up, and what was committed before is removed when the stream has no more of it.
/// </summary>
internal sealed class StreamLoader
{
    private readonly TransferWorker _worker;
    private readonly WorkBoard _board;
    private readonly FailurePolicy _failures;
    private readonly ITransferObserver _observer;
    private readonly RowsIntoSink _rows;

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
        // The entry whose rows this worker holds; they are open in the sink, unless they failed.
        TocEntry? open = null;
        bool isInSink = false;
        while (_board.TakeStreamed(_worker, open, out TocEntry? entry, out RowBlock? block, out Job? statement, out Job? ended))
        {
            if (statement is not null)
            {
                runStatements(statement);
            }
            else if (ended is not null)
            {
                endEntry(ended);
            }
            else if (block is null)
            {
                End(open!, isInSink, endEntry);
                (open, isInSink) = (null, false);
            }
            else
            {
                if (open is null)
                {
                    _observer.EntryBegins(entry!);
                }

                open = entry;
                long since = Stopwatch.GetTimestamp();
                isInSink = Write(entry!, block, isInSink);
                _observer.Worked(_worker.Number, entry!, Stopwatch.GetElapsedTime(since));
            }
        }
    }

    // Gives whether the rows are open in the sink.
    private bool Write(TocEntry entry, RowBlock block, bool isInSink)
    {
        if (_failures.HasFailed(entry))
        {
            block.Dispose();
            if (isInSink)
            {
                _rows.Abort(entry);
            }

            return false;
        }

        bool isOpen = isInSink;
        _failures.Attempt(entry, () =>
        {
            try
            {
                if (!isOpen)
                {
                    _rows.Begin(entry, isOnlyWriter: false, block);
                    isOpen = true;
                }

                _rows.Write(entry, block);
            }
            catch when (isOpen)
            {
                isOpen = false;
                _rows.Abort(entry);
                throw;
            }
        });
        return isOpen;
    }

    private void End(TocEntry entry, bool isInSink, Action<Job> endEntry)
    {
        if (isInSink && _failures.HasFailed(entry))
        {
            _rows.Abort(entry);
        }
        else if (isInSink)
        {
            _failures.Attempt(entry, () =>
            {
                try
                {
                    _rows.End(entry);
                    _rows.Commit(entry);
                }
                catch
                {
                    _rows.Abort(entry);
                    throw;
                }
            });
        }

        if (_board.Release(entry))
        {
            endEntry(_board.Find(entry)!);
        }
    }
}
