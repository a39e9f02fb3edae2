using System.Diagnostics;
using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Moves parts of rows from a source into a sink, on one thread. Where entries are to be there whole or not at all, a worker keeps what it
/// has taken in until the others are done with their parts too; then all commit, or none does.
/// </summary>
internal sealed class PartMover
{
    private readonly TransferWorker _worker;
    private readonly RowBlockPool _pool;
    private readonly FailurePolicy _failures;
    private readonly EntryClock _clock;
    private readonly ITransferObserver _observer;
    private readonly CancellationToken _stopping;
    private readonly RowsIntoSink _rows;

    // The sink has begun to take rows, and can still give them up.
    private bool _hasOpenRows;

    /// <summary>For one worker.</summary>
    /// <param name="worker">Reads and takes rows.</param>
    /// <param name="pool">Of the blocks that they come in.</param>
    /// <param name="failures">Decides what a failure ends.</param>
    /// <param name="observer">Is told what moves.</param>
    /// <param name="stopping">Ends it.</param>
    public PartMover(
        TransferWorker worker,
        RowBlockPool pool,
        FailurePolicy failures,
        ITransferObserver observer,
        CancellationToken stopping)
    {
        _worker = worker;
        _pool = pool;
        _failures = failures;
        _observer = observer;
        _stopping = stopping;
        _clock = new EntryClock(observer);
        _rows = new RowsIntoSink(worker.Sink, _clock, observer);
    }

    /// <summary>Moves all parts of an entry, one after the other.</summary>
    public void MoveAll(IReadOnlyList<RowPart> parts)
    {
        foreach (RowPart part in parts)
        {
            _failures.Attempt(part.Entry, () => OrAbort(part.Entry, () =>
            {
                Move(part);
                Commit(part.Entry);
            }));
        }
    }

    /// <summary>Moves a part that was taken from a board, and what else this worker takes of the entry.</summary>
    /// <param name="job">The rows.</param>
    /// <param name="part">The first part.</param>
    /// <param name="board">Where it comes from.</param>
    /// <param name="keepsWhole">The entry is to be there whole or not at all.</param>
    /// <returns>True where that was the last of the entry.</returns>
    public bool Move(Job job, RowPart part, WorkBoard board, bool keepsWhole)
    {
        TocEntry entry = job.Entry;
        bool isShared = keepsWhole && part.Count > 1;
        bool hasPart = true;
        bool isPutBack = false;
        bool isDone = _failures.Attempt(entry, () => OrAbort(entry, () =>
        {
            _hasOpenRows = isShared;
            if (isShared && !_worker.Sink.TryJoin(entry))
            {
                _hasOpenRows = false;
                isPutBack = true;
                return;
            }

            bool mayCommit = true;
            RowPart? next = part;
            while (next is not null && !_failures.HasFailed(entry))
            {
                Move(next);
                next = isShared ? board.TakeMore(job) : null;
                hasPart = !isShared || next is not null;
                if (isShared && next is null)
                {
                    mayCommit = board.WaitForAllParts(job, out next);
                    hasPart = next is not null;
                }
            }

            if (mayCommit && !_failures.HasFailed(entry))
            {
                Commit(entry);
            }
            else
            {
                Abort(entry);
            }
        }));
        if (isPutBack)
        {
            board.PutBack(job, part);
            return false;
        }

        if (!isDone)
        {
            board.Fail(job);
        }

        return board.Leave(job, hasPart);
    }

    private void Move(RowPart part)
    {
        TocEntry entry = part.Entry;
        if (part.Number == 0)
        {
            _observer.EntryBegins(entry);
        }

        long began = Stopwatch.GetTimestamp();
        long since = began;
        bool hasBegun = false;
        try
        {
            _worker.Source.Open(part);
            _clock.Spent(entry, TransferStage.Source, since);
            while (ReadBlock(entry) is { } block)
            {
                if (!hasBegun)
                {
                    hasBegun = true;
                    _rows.Begin(entry, part.Count == 1, block);
                    _hasOpenRows = true;
                }

                _rows.Write(entry, block);
            }

            if (hasBegun)
            {
                _rows.End(entry);
            }
        }
        finally
        {
            since = Stopwatch.GetTimestamp();
            _worker.Source.Leave();
            long until = _clock.Spent(entry, TransferStage.Source, since);
            _observer.Worked(_worker.Number, entry, Stopwatch.GetElapsedTime(began, until));
        }
    }

    private void OrAbort(TocEntry entry, Action step)
    {
        try
        {
            step();
        }
        catch when (_hasOpenRows)
        {
            Abort(entry);
            throw;
        }
    }

    private void Commit(TocEntry entry)
    {
        if (_hasOpenRows)
        {
            _rows.Commit();
            _hasOpenRows = false;
        }
    }

    private void Abort(TocEntry entry)
    {
        if (_hasOpenRows)
        {
            _hasOpenRows = false;
            _rows.Abort(entry);
        }
    }

    private RowBlock? ReadBlock(TocEntry entry)
    {
        long since = Stopwatch.GetTimestamp();
        RowBlock block = _pool.Rent(_stopping);
        since = _clock.Spent(entry, TransferStage.Wait, since);
        bool isFilled = false;
        try
        {
            isFilled = _worker.Source.Read(block);
            _clock.Spent(entry, TransferStage.Source, since);
        }
        finally
        {
            if (!isFilled)
            {
                block.Dispose();
            }
        }

        return isFilled ? block : null;
    }
}
