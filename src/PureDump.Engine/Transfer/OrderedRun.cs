using System.Diagnostics;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Everything in the order of the Toc, restore pass by restore pass, by one worker: a script, an archive that takes one entry at a time, or
/// a restore that has been told its order.
/// </summary>
internal sealed class OrderedRun
{
    private readonly IDumpSource _source;
    private readonly Toc _toc;
    private readonly TransferWorker _worker;
    private readonly RowBlockPool _pool;
    private readonly ITransferObserver _observer;
    private readonly CancellationToken _stopping;
    private readonly PartMover _mover;
    private readonly RowsIntoSink _rows;

    /// <summary>For one worker.</summary>
    /// <param name="source">Where rows come from.</param>
    /// <param name="toc">What is wanted of it.</param>
    /// <param name="worker">Does it all.</param>
    /// <param name="pool">Of the blocks.</param>
    /// <param name="failures">Decides what a failure ends.</param>
    /// <param name="observer">Is told what moves.</param>
    /// <param name="stopping">Ends it.</param>
    public OrderedRun(
        IDumpSource source,
        Toc toc,
        TransferWorker worker,
        RowBlockPool pool,
        FailurePolicy failures,
        ITransferObserver observer,
        CancellationToken stopping)
    {
        _source = source;
        _toc = toc;
        _worker = worker;
        _pool = pool;
        _observer = observer;
        _stopping = stopping;
        _mover = new PartMover(worker, pool, failures, observer, stopping);
        _rows = new RowsIntoSink(worker.Sink, new EntryClock(observer), observer);
    }

    /// <summary>Does it.</summary>
    /// <param name="runStatements">Runs those of an entry; null where the sink only takes rows.</param>
    /// <param name="endRows">Is told of entries whose rows are all there.</param>
    public void Run(Action<TocEntry>? runStatements, Action<TocEntry> endRows)
    {
        foreach (RestorePass pass in Enum.GetValues<RestorePass>())
        {
            foreach (TocEntry entry in _toc.Entries.Where(entry => entry.Pass == pass))
            {
                _stopping.ThrowIfCancellationRequested();
                if (!entry.HasBlocks)
                {
                    runStatements?.Invoke(entry);
                    continue;
                }

                if (_source is IPartSource parts)
                {
                    _mover.MoveAll(parts.PartsOf(entry));
                }
                else
                {
                    MoveStreamed((IStreamSource)_source, entry);
                }

                endRows(entry);
            }
        }

        if (_source is IStreamSource stream && _toc.Entries.Any(static entry => entry.HasBlocks))
        {
            ReadToEnd(stream);
        }
    }

    // Only the end of a stream tells that it was whole, and that nothing in it came twice.
    private void ReadToEnd(IStreamSource source)
    {
        using RowBlock block = _pool.Rent(_stopping);
        while (source.ReadStream(block, out _) != StreamEvent.End)
        {
            _stopping.ThrowIfCancellationRequested();
        }
    }

    // The rows of the next entry of the Toc, out of a stream: those of entries that are not wanted may stand before them.
    private void MoveStreamed(IStreamSource source, TocEntry entry)
    {
        _observer.EntryBegins(entry);
        bool hasBegun = false;
        while (true)
        {
            long waiting = Stopwatch.GetTimestamp();
            RowBlock block = _pool.Rent(_stopping);
            bool isTaken = false;
            try
            {
                long reading = Stopwatch.GetTimestamp();
                StreamEvent next = source.ReadStream(block, out TocEntry? found);
                _observer.Spent(entry, TransferStage.Wait, Stopwatch.GetElapsedTime(waiting, reading));
                _observer.Spent(entry, TransferStage.Source, Stopwatch.GetElapsedTime(reading));
                if (found?.Id == entry.Id && next == StreamEvent.Block)
                {
                    if (!hasBegun)
                    {
                        _rows.Begin(entry, isOnlyWriter: true);
                        hasBegun = true;
                    }

                    isTaken = true;
                    _rows.Write(entry, block);
                }
                else if (found?.Id == entry.Id)
                {
                    if (hasBegun)
                    {
                        _rows.End(entry);
                        _rows.Commit();
                    }

                    return;
                }
                else if (found is null || _toc.TryFind(found.Id, out _))
                {
                    throw new PureDumpException(
                        ErrorKind.Usage,
                        $"the rows of {entry.Label} do not come in the order of the table of contents",
                        "an archive in a pipe cannot be read out of its order; name a file");
                }
            }
            finally
            {
                if (!isTaken)
                {
                    block.Dispose();
                }
            }
        }
    }
}
