using System.Diagnostics;
using PureDump.Engine.Jobs;
using PureDump.Engine.Workers;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>
/// The hub: moves a Toc and its rows from any source to any sink. Pre-data in the order of the Toc, rows and post-data on all workers as
/// their needs are met, then privileges, then what must see them.
/// </summary>
internal sealed class DumpTransfer : IDisposable
{
    private readonly IDumpSource _source;
    private readonly IDumpSink _sink;
    private readonly Toc _toc;
    private readonly TransferOptions _options;
    private readonly ITransferObserver _observer;
    private readonly EntryClock _clock;
    private readonly RowBlockPool _pool;
    private readonly WorkerSet<TransferWorker> _workers;
    private readonly FailurePolicy _failures;
    private int _openedCount;

    /// <summary>A transfer that has not begun.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="toc">The source's Toc, or what is selected of it.</param>
    /// <param name="sink">Where to.</param>
    /// <param name="options">How.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellation">Stops it.</param>
    public DumpTransfer(
        IDumpSource source, Toc toc, IDumpSink sink, TransferOptions options, ITransferObserver observer, CancellationToken cancellation)
    {
        _source = source;
        _toc = toc;
        _sink = sink;
        _options = options;
        _observer = observer;
        _clock = new EntryClock(observer);
        _pool = new RowBlockPool(options.BlockCount);
        _workers = new WorkerSet<TransferWorker>(cancellation);
        _failures = new FailurePolicy(options.ExitOnError, observer, () => _workers.IsStopping);
    }

    /// <summary>How many entries failed and were passed over.</summary>
    public int FailureCount => _failures.Count;

    /// <summary>How many blocks somebody holds: none, when it is over.</summary>
    internal int BlocksOutCount => _pool.OutCount;

    private bool RunsStatements => _sink is IStatementSink;

    /// <summary>Wakes everybody who waits for a block; for sinks that fail on threads of their own.</summary>
    public void Stop() => _workers.Stop();

    /// <inheritdoc cref="FailurePolicy.PassOver"/>
    public bool PassOver(TocEntry entry, PureDumpException error) => _failures.PassOver(entry, error);

    /// <summary>Does it.</summary>
    /// <exception cref="PureDumpException">It failed; nothing in the sink looks finished.</exception>
    public void Run()
    {
        _observer.Begin(_toc, _toc.Entries.Total(static entry => entry.Rows?.EstimatedBytes ?? 0));
        try
        {
            _sink.Begin(_toc);
            _workers.Open(_options.WorkerCount, OpenWorker);
            if (_options.InOrder)
            {
                Clean();
                new OrderedRun(_source, _toc, _workers.Workers[0], _pool, _failures, _observer, _workers.Stopping)
                    .Run(RunsStatements ? entry => RunEntry(_workers.Workers[0], entry) : null, EndRows);
            }
            else if (RunsStatements)
            {
                RunStatements();
            }
            else
            {
                RunParallel([.. _toc.Entries.Where(static entry => entry.HasBlocks)]);
            }

            RunParallel(_options.Last?.Invoke() ?? [], withRows: false);
            _workers.Stopping.ThrowIfCancellationRequested();
            _workers.Close();
            _source.Complete();
            _sink.Complete();
        }
        catch (Exception e)
        {
            _sink.GiveUp();
            if (!_workers.IsStopping || e is PureDumpException { Kind: ErrorKind.ArchiveDamaged })
            {
                throw;
            }

            // Aborting makes everything fail in some way; the first cause is what counts.
            _workers.ThrowFailure();
            throw new PureDumpException(ErrorKind.Cancelled, "interrupted", null, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.Dispose();
        if (!_workers.HasLeftThread)
        {
            _pool.Dispose();
        }
    }

    private TransferWorker OpenWorker()
    {
        IRowWorker sink = _sink is IStatementSink statements ? statements.OpenWorker() : ((IRowSink)_sink).OpenWorker();
        try
        {
            return new TransferWorker(Interlocked.Increment(ref _openedCount) - 1, (_source as IPartSource)?.OpenWorker(), sink);
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    private void RunStatements()
    {
        Clean();
        var main = new MainPass(_toc);
        RunPreData(main.PreData);
        if (_source is IStreamSource)
        {
            // Rows out of a stream cannot wait for what they need: large objects must be there before their contents come.
            RunSerial(main.Rest.Where(MainPass.IsDataStatement));
            RunParallel([.. main.Rest.Where(static entry => !MainPass.IsDataStatement(entry))]);
        }
        else
        {
            RunParallel(main.Rest);
        }

        RunSerial(_toc.Entries.Where(static entry => entry.Pass == RestorePass.Acl));
        RunParallel([.. _toc.Entries.Where(static entry => entry.Pass == RestorePass.PostAcl)], withRows: false);
    }

    // In the order of the Toc, but for tables: many that stand in a row are made side by side.
    private void RunPreData(IReadOnlyList<TocEntry> entries)
    {
        foreach ((IReadOnlyList<TocEntry> run, bool isParallel) in PreDataRuns.Of(entries, _options.Jobs))
        {
            if (isParallel)
            {
                RunParallel(run, withRows: false);
            }
            else
            {
                RunSerial(run);
            }
        }
    }

    private void Clean()
    {
        if (!_options.Clean || _sink is not IStatementSink)
        {
            return;
        }

        IStatementWorker worker = _workers.Workers[0].Statements;
        foreach (TocEntry entry in _toc.Entries.Reverse().Where(static entry => entry.DropSql.Length > 0))
        {
            long since = Stopwatch.GetTimestamp();
            _failures.Attempt(entry, () => worker.Drop(entry, _options.IfExists));
            _clock.Spent(entry, TransferStage.Statement, since);
        }
    }

    private void RunSerial(IEnumerable<TocEntry> entries)
    {
        foreach (TocEntry entry in entries)
        {
            _workers.Stopping.ThrowIfCancellationRequested();
            RunEntry(_workers.Workers[0], entry);
        }
    }

    private void RunEntry(TransferWorker worker, TocEntry entry)
    {
        _observer.StatementBegins(entry);
        long since = Stopwatch.GetTimestamp();
        _failures.Attempt(entry, () => worker.Statements.Run(entry));
        long until = _clock.Spent(entry, TransferStage.Statement, since);
        _observer.Worked(worker.Number, entry, Stopwatch.GetElapsedTime(since, until));
    }

    private void RunParallel(IReadOnlyList<TocEntry> entries, bool withRows = true)
    {
        var stream = withRows ? _source as IStreamSource : null;
        Func<TocEntry, IReadOnlyList<RowPart>>? partsOf = stream is null ? entry => ((IPartSource)_source).PartsOf(entry) : null;
        var schedule = new Schedule(_toc, entries, partsOf, RunsStatements ? _options.Jobs : null)
        {
            PartsMax = _options.Jobs,
            StatementsMax = _options.StatementJobs ?? _options.Jobs,
            MayBeSplit = _options.MayBeSplit,
        };
        if (schedule.IsDone && stream is null)
        {
            return;
        }

        using var board = new WorkBoard(schedule, _workers.Stopping, stream is null ? null : new StreamQueue(_options.MayBeHeld));
        board.Begin();
        if (stream is null)
        {
            _workers.Run(worker => WorkOnParts(worker, board));
        }
        else
        {
            var pump = new StreamPump(stream, board, _pool, _observer, _workers.Stopping);
            _workers.Run(
                worker =>
                    new StreamLoader(worker, board, _failures, _observer).Run(
                        job => RunJob(worker, job, board),
                        job => EndLoaded(worker, job, board)),
                pump.Run);
        }

        if (!board.IsDone)
        {
            _toc.RefuseCircles();
            throw new PureDumpException(ErrorKind.Internal, "entries are left that wait for one another");
        }
    }

    private void WorkOnParts(TransferWorker worker, WorkBoard board)
    {
        var mover = new PartMover(worker, _pool, _failures, _observer, _workers.Stopping);
        while (board.Take(out RowPart? part) is { } job)
        {
            if (part is null)
            {
                RunJob(worker, job, board);
            }
            else if (mover.Move(job, part, board, _options.KeepsEntriesWhole))
            {
                EndLoaded(worker, job, board, isLeft: true);
            }
        }
    }

    private void RunJob(TransferWorker worker, Job job, WorkBoard board)
    {
        RunEntry(worker, job.Entry);
        board.Leave(job);
        board.End(job);
    }

    // Before anything that waits for it begins: who reads the archive front to back knows then that these rows are whole. Nobody holds any
    // of them now, so what was committed of rows that failed can be taken away.
    private void EndLoaded(TransferWorker worker, Job job, WorkBoard board, bool isLeft = false)
    {
        if (_options.KeepsEntriesWhole && _failures.HasFailed(job.Entry))
        {
            _failures.Attempt(job.Entry, () => worker.Sink.RemoveRows(job.Entry));
        }

        EndRows(job.Entry);
        if (!isLeft)
        {
            board.Leave(job);
        }

        board.End(job);
    }

    private void EndRows(TocEntry entry)
    {
        _sink.EndEntry(entry);
        _observer.EntryEnds(entry);
    }
}
