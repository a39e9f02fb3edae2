using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using PureDump.Engine.Jobs;
using PureDump.Formats;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>
/// The hub: moves a Toc and its rows from any source to any sink. Pre-data in the order of the Toc on one worker, rows
/// and post-data on all of them as their needs are met, then privileges, then what must see them.
/// </summary>
internal sealed class DumpTransfer : IDisposable
{
    private const int ReaderPatienceMs = 500;

    private readonly IDumpSource _source;
    private readonly IDumpSink _sink;
    private readonly Toc _toc;
    private readonly TransferOptions _options;
    private readonly ITransferObserver _observer;
    private readonly RowBlockPool _pool;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _stop;
    private readonly List<ISourceWorker> _sourceWorkers = [];
    private readonly List<ISinkWorker> _sinkWorkers = [];
    private readonly object _gate = new();
    private readonly HashSet<DumpId> _failedStreams = [];

    // Rows that have moved into what a worker has not ended yet.
    private readonly ConcurrentDictionary<ISinkWorker, long> _openRowCounts = [];
    private Exception? _failure;
    private bool _isReaderLeft;

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
        _pool = new RowBlockPool(options.BlockCount);
        _cancellation = cancellation;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>How many entries failed and were passed over.</summary>
    public int FailureCount { get; private set; }

    // The caller's token first: what it cuts may fail before the linked one is set.
    private bool IsStopping => _cancellation.IsCancellationRequested || _stop.IsCancellationRequested;

    /// <summary>Wakes everybody who waits for a block; for sinks that fail on threads of their own.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Does it.</summary>
    /// <exception cref="PureDumpException">It failed; nothing in the sink looks finished.</exception>
    public void Run()
    {
        using CancellationTokenRegistration abort = _stop.Token.Register(AbortWorkers);
        _observer.Begin(_toc, _toc.Entries.Total(static entry => entry.Rows?.EstimatedBytes ?? 0));
        try
        {
            _sink.Begin(_toc);
            OpenWorkers();
            if (_sink.IsSequential || (_options.InOrder && !_source.IsStream))
            {
                RunInOrder();
            }
            else if (_sink.RunsStatements)
            {
                RunStatements();
            }
            else
            {
                RunParallel([.. _toc.Entries.Where(entry => entry.HasBlocks)]);
            }

            RunParallel(_options.Last?.Invoke() ?? [], withRows: false);
            _stop.Token.ThrowIfCancellationRequested();
            CloseWorkers();
            _source.Complete();
            _sink.Complete();
        }
        catch (Exception e) when (IsStopping && e is not PureDumpException { Kind: ErrorKind.ArchiveDamaged })
        {
            // Aborting makes everything fail in some way; the first cause is what counts.
            throw _failure is not null ? Rethrown(_failure) : new PureDumpException(ErrorKind.Cancelled, "interrupted", null, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseWorkers();
        if (!_isReaderLeft)
        {
            _stop.Dispose();
            _pool.Dispose();
        }
    }

    private void RunInOrder()
    {
        ISinkWorker sink = _sinkWorkers[0];
        Clean(sink);
        foreach (RestorePass pass in Enum.GetValues<RestorePass>())
        {
            foreach (TocEntry entry in _toc.Entries)
            {
                if (entry.Pass != pass)
                {
                    continue;
                }

                _stop.Token.ThrowIfCancellationRequested();
                if (entry.HasBlocks && _source.IsStream)
                {
                    MoveStreamed(sink, entry);
                    EndEntry(entry);
                }
                else if (entry.HasBlocks)
                {
                    foreach (RowPart part in _source.PartsOf(entry))
                    {
                        MovePart(_sourceWorkers[0], sink, part);
                    }

                    EndEntry(entry);
                }
                else if (_sink.RunsStatements)
                {
                    RunEntry(sink, entry);
                }
            }
        }

        if (_source.IsStream && _toc.Entries.Any(static entry => entry.HasBlocks))
        {
            ReadStreamToEnd();
        }
    }

    // Only the end of a stream tells that it was whole, and that nothing in it came twice.
    private void ReadStreamToEnd()
    {
        using RowBlock block = _pool.Rent(_stop.Token);
        while (_source.ReadStream(block, out _) != StreamEvent.End)
        {
            _stop.Token.ThrowIfCancellationRequested();
        }
    }

    // The rows of the next entry of the Toc, out of a stream: those of entries that are not wanted may stand before them.
    private void MoveStreamed(ISinkWorker sink, TocEntry entry)
    {
        _observer.EntryBegins(entry);
        bool hasBegun = false;
        while (true)
        {
            long since = Stopwatch.GetTimestamp();
            RowBlock block = _pool.Rent(_stop.Token);
            bool isTaken = false;
            try
            {
                StreamEvent next = ReadStream(block, since, out TocEntry? found);
                if (found?.Id == entry.Id && next == StreamEvent.Block)
                {
                    if (!hasBegun)
                    {
                        InSink(sink, entry, () => sink.BeginRows(entry, isOnlyWriter: true));
                        hasBegun = true;
                    }

                    isTaken = true;
                    WriteBlock(sink, entry, block);
                }
                else if (found?.Id == entry.Id)
                {
                    if (hasBegun)
                    {
                        EndRows(sink, entry);
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

    private void Clean(ISinkWorker sink)
    {
        if (!_options.Clean)
        {
            return;
        }

        for (int i = _toc.Entries.Count - 1; i >= 0; i--)
        {
            TocEntry entry = _toc.Entries[i];
            if (entry.DropSql.Length > 0)
            {
                long since = Stopwatch.GetTimestamp();
                Attempt(entry, () => sink.Drop(entry, _options.IfExists));
                Spent(entry, TransferStage.Statement, since);
            }
        }
    }

    private void RunStatements()
    {
        ISinkWorker first = _sinkWorkers[0];
        Clean(first);
        var main = new MainPass(_toc);
        RunSerial(first, main.PreData);
        if (_source.IsStream)
        {
            // Rows out of a stream cannot wait for what they need: large objects must be there before their contents come.
            RunSerial(first, [.. main.Rest.Where(MainPass.IsDataStatement)]);
            RunParallel([.. main.Rest.Where(entry => !MainPass.IsDataStatement(entry))]);
        }
        else
        {
            RunParallel(main.Rest);
        }

        RunSerial(first, [.. _toc.Entries.Where(entry => entry.Pass == RestorePass.Acl)]);
        RunParallel([.. _toc.Entries.Where(entry => entry.Pass == RestorePass.PostAcl)], withRows: false);
    }

    private void RunSerial(ISinkWorker worker, IReadOnlyList<TocEntry> entries)
    {
        foreach (TocEntry entry in entries)
        {
            _stop.Token.ThrowIfCancellationRequested();
            RunEntry(worker, entry);
        }
    }

    private void RunEntry(ISinkWorker worker, TocEntry entry)
    {
        _observer.StatementBegins(entry);
        long since = Stopwatch.GetTimestamp();
        Attempt(entry, () => worker.Run(entry));
        Spent(entry, TransferStage.Statement, since);
    }

    private void RunParallel(IReadOnlyList<TocEntry> entries, bool withRows = true)
    {
        bool isStream = withRows && _source.IsStream;
        var schedule = new Schedule(_toc, entries, isStream ? null : _source.PartsOf, _sink.RunsStatements ? _options.Jobs : null)
        {
            PartsMax = _options.Jobs,
            StatementsMax = _options.StatementJobs ?? _options.Jobs,
        };
        if (schedule.IsDone && !isStream)
        {
            return;
        }

        StreamQueue? stream = isStream ? new StreamQueue() : null;
        var threads = new List<Thread?>();
        for (int i = 0; i < _options.WorkerCount; i++)
        {
            int worker = i;
            threads.Add(Start($"worker {i}", () =>
            {
                if (stream is null)
                {
                    WorkOnParts(worker, schedule);
                }
                else
                {
                    WorkOnStream(worker, schedule, stream);
                }
            }));
        }

        Thread? reader = stream is null ? null : Start("stream", () => Pump(schedule, stream));
        foreach (Thread? thread in threads)
        {
            thread?.Join();
        }

        if (reader is not null)
        {
            WaitForReader(reader);
        }

        if (_failure is not null)
        {
            throw Rethrown(_failure);
        }

        _stop.Token.ThrowIfCancellationRequested();
        if (!schedule.IsDone)
        {
            _toc.RefuseCircles();
            throw new PureDumpException(ErrorKind.Internal, "entries are left that wait for one another");
        }
    }

    // A pipe that stays silent cannot be woken: after a failure its reader is left behind, and ends with the next byte.
    private void WaitForReader(Thread reader)
    {
        bool hasEnded = false;
        while (!hasEnded && !_isReaderLeft)
        {
            bool isLast = IsStopping;
            hasEnded = reader.Join(ReaderPatienceMs);
            _isReaderLeft = isLast && !hasEnded;
        }
    }

    // Null where there is none to be had.
    private Thread? Start(string name, Action run)
    {
        var thread = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception e)
            {
                Fail(e);
            }
        })
        { IsBackground = true, Name = name };
        try
        {
            thread.Start();
        }
        catch (Exception e) when (MachineErrors.Find(e) is not null)
        {
            // Those that have started already use the workers: they are stopped and waited for as after any failure.
            Fail(e);
            return null;
        }

        return thread;
    }

    private void Fail(Exception e)
    {
        lock (_gate)
        {
            // Once stopped, everything fails in some way: only what failed before is a cause.
            _failure ??= IsStopping ? null : e;
            Monitor.PulseAll(_gate);
        }

        Stop();
    }

    private void WorkOnParts(int worker, Schedule schedule)
    {
        ISinkWorker sink = _sinkWorkers[worker];
        while (Next(schedule, out RowPart? part) is Job job)
        {
            if (part is null)
            {
                RunEntry(sink, job.Entry);
            }
            else
            {
                MovePart(_sourceWorkers[worker], sink, part);
            }

            bool isEnded;
            lock (_gate)
            {
                isEnded = schedule.FinishPart(job);
            }

            // Before anything that waits for it begins: whoever reads the archive front to back knows then that these rows are whole.
            if (isEnded && part is not null)
            {
                EndEntry(job.Entry);
            }

            lock (_gate)
            {
                if (isEnded)
                {
                    schedule.End(job);
                }

                Monitor.PulseAll(_gate);
            }
        }
    }

    private Job? Next(Schedule schedule, out RowPart? part)
    {
        lock (_gate)
        {
            while (true)
            {
                _stop.Token.ThrowIfCancellationRequested();
                if (schedule.Take(out part) is Job job)
                {
                    return job;
                }

                if (schedule.IsDone || schedule.IsStuck)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    private void MovePart(ISourceWorker source, ISinkWorker sink, RowPart part)
    {
        TocEntry entry = part.Entry;
        if (part.Number == 0)
        {
            _observer.EntryBegins(entry);
        }

        Attempt(entry, () =>
        {
            long since = Stopwatch.GetTimestamp();
            bool hasBegun = false;
            try
            {
                source.Open(part);
                Spent(entry, TransferStage.Source, since);
                while (ReadBlock(source, entry) is RowBlock block)
                {
                    if (!hasBegun)
                    {
                        BeginRows(sink, entry, part.Count == 1, block);
                        hasBegun = true;
                    }

                    WriteBlock(sink, entry, block);
                }

                if (hasBegun)
                {
                    EndRows(sink, entry);
                }
            }
            catch when (hasBegun)
            {
                AbortRows(sink, entry);
                throw;
            }
            finally
            {
                since = Stopwatch.GetTimestamp();
                source.Leave();
                Spent(entry, TransferStage.Source, since);
            }
        });
    }

    private RowBlock? ReadBlock(ISourceWorker source, TocEntry entry)
    {
        long since = Stopwatch.GetTimestamp();
        RowBlock block = _pool.Rent(_stop.Token);
        since = Spent(entry, TransferStage.Wait, since);
        bool isFilled = false;
        try
        {
            isFilled = source.Read(block);
            Spent(entry, TransferStage.Source, since);
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

    private void BeginRows(ISinkWorker sink, TocEntry entry, bool isOnlyWriter, RowBlock block)
    {
        try
        {
            InSink(sink, entry, () => sink.BeginRows(entry, isOnlyWriter));
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }

    private void WriteBlock(ISinkWorker sink, TocEntry entry, RowBlock block)
    {
        int rowCount = block.RowCount;
        int length = block.Length;
        InSink(sink, entry, () => sink.Write(block));
        _observer.BlockMoved(entry, rowCount, length);
        _openRowCounts[sink] = _openRowCounts.GetValueOrDefault(sink) + rowCount;
    }

    private void EndRows(ISinkWorker sink, TocEntry entry)
    {
        try
        {
            InSink(sink, entry, sink.EndRows);
            _openRowCounts.TryRemove(sink, out _);
        }
        catch
        {
            NoteLost(sink, entry);
            throw;
        }
    }

    private void AbortRows(ISinkWorker sink, TocEntry entry)
    {
        NoteLost(sink, entry);
        InSink(sink, entry, sink.AbortRows);
    }

    private void NoteLost(ISinkWorker sink, TocEntry entry)
    {
        if (_openRowCounts.TryRemove(sink, out long count))
        {
            _observer.RowsLost(entry, count);
        }
    }

    // Where a thread behind takes the rows, a call takes as long as it waits for that one. Time counts too where it ends in an error.
    private void InSink(ISinkWorker sink, TocEntry entry, Action step)
    {
        long since = Stopwatch.GetTimestamp();
        try
        {
            step();
        }
        finally
        {
            TimeSpan? behind = sink.TakeRowTime();
            Spent(entry, behind is null ? TransferStage.Sink : TransferStage.Wait, since);
            if (behind is TimeSpan time)
            {
                _observer.Spent(entry, TransferStage.Sink, time);
            }
        }
    }

    // Gives the moment until which it was.
    private long Spent(TocEntry entry, TransferStage stage, long since)
    {
        long now = Stopwatch.GetTimestamp();
        _observer.Spent(entry, stage, Stopwatch.GetElapsedTime(since, now));
        return now;
    }

    private void EndEntry(TocEntry entry)
    {
        _sink.EndEntry(entry);
        _observer.EntryEnds(entry);
    }

    // Whose block it is, and was waited for since a moment, shows only now.
    private StreamEvent ReadStream(RowBlock block, long waitedSince, out TocEntry? entry)
    {
        long since = Stopwatch.GetTimestamp();
        StreamEvent next = _source.ReadStream(block, out entry);
        if (entry is not null)
        {
            Spent(entry, TransferStage.Source, since);
            _observer.Spent(entry, TransferStage.Wait, Stopwatch.GetElapsedTime(waitedSince, since));
        }

        return next;
    }

    // The thread that reads the stream and hands its blocks to the workers.
    private void Pump(Schedule schedule, StreamQueue stream)
    {
        // Entries of which all has come, and not all is loaded.
        var ending = new List<Job>();
        while (true)
        {
            long since = Stopwatch.GetTimestamp();
            RowBlock block = _pool.Rent(_stop.Token);
            StreamEvent next;
            TocEntry? entry;
            try
            {
                next = ReadStream(block, since, out entry);
            }
            catch
            {
                block.Dispose();
                throw;
            }

            bool isWanted = entry is not null && schedule.Find(entry.Id) is not null;
            if (next != StreamEvent.Block || !isWanted)
            {
                block.Dispose();
            }

            bool isEnded = false;
            lock (_gate)
            {
                if (next == StreamEvent.End)
                {
                    stream.IsAtEnd = true;
                }
                else if (isWanted && next == StreamEvent.Block)
                {
                    WaitForNeeds(schedule.Find(entry!.Id)!, ending, block);
                    stream.Push(entry!, block);
                }
                else if (isWanted)
                {
                    isEnded = stream.End(entry!);
                    ending.Add(schedule.Find(entry!.Id)!);
                }

                Monitor.PulseAll(_gate);
            }

            if (isEnded)
            {
                EndStreamed(schedule, entry!);
            }

            if (next == StreamEvent.End)
            {
                return;
            }
        }
    }

    // Rows that wait for other rows, as far as those can be had: what has not come yet may stand behind them. The lock is held.
    private void WaitForNeeds(Job job, List<Job> ending, RowBlock block)
    {
        while (job.NeedCount > 0 && ending.RemoveAll(static ended => ended.IsEnded) >= 0 && ending.Count > 0)
        {
            if (_stop.IsCancellationRequested)
            {
                block.Dispose();
                _stop.Token.ThrowIfCancellationRequested();
            }

            Monitor.Wait(_gate);
        }
    }

    private void EndStreamed(Schedule schedule, TocEntry entry)
    {
        EndEntry(entry);
        lock (_gate)
        {
            schedule.EndRows(entry);
            Monitor.PulseAll(_gate);
        }
    }

    private void WorkOnStream(int worker, Schedule schedule, StreamQueue stream)
    {
        ISinkWorker sink = _sinkWorkers[worker];
        TocEntry? open = null;
        var failed = new HashSet<DumpId>();
        while (true)
        {
            RowBlock? block = null;
            TocEntry? entry = null;
            Job? statement = null;
            lock (_gate)
            {
                while (true)
                {
                    _stop.Token.ThrowIfCancellationRequested();
                    if (stream.TryTake(worker, open, out block, out entry))
                    {
                        break;
                    }

                    if (open is null && schedule.Take(out _) is Job job)
                    {
                        statement = job;
                        break;
                    }

                    if (open is null && stream.IsAtEnd && (schedule.IsDone || schedule.IsStuck))
                    {
                        return;
                    }

                    Monitor.Wait(_gate);
                }
            }

            if (statement is not null)
            {
                RunEntry(sink, statement.Entry);
                lock (_gate)
                {
                    schedule.Finish(statement);
                    Monitor.PulseAll(_gate);
                }
            }
            else if (block is null)
            {
                EndOpen(sink, schedule, stream, open!, failed);
                open = null;
            }
            else
            {
                TakeStreamed(sink, entry!, block, open is null, failed);
                open = entry;
            }
        }
    }

    private void TakeStreamed(ISinkWorker sink, TocEntry entry, RowBlock block, bool isFirst, HashSet<DumpId> failed)
    {
        if (HasFailed(entry))
        {
            // Of a table that another worker has failed with, nothing is to stay.
            block.Dispose();
            if (failed.Add(entry.Id) && !isFirst)
            {
                AbortRows(sink, entry);
            }

            return;
        }

        if (isFirst)
        {
            _observer.EntryBegins(entry);
        }

        bool isTaken = Attempt(entry, () =>
        {
            bool hasBegun = !isFirst;
            try
            {
                if (isFirst)
                {
                    BeginRows(sink, entry, isOnlyWriter: false, block);
                    hasBegun = true;
                }

                WriteBlock(sink, entry, block);
            }
            catch when (hasBegun)
            {
                AbortRows(sink, entry);
                throw;
            }
        });
        if (!isTaken)
        {
            failed.Add(entry.Id);
            lock (_gate)
            {
                _failedStreams.Add(entry.Id);
            }
        }
    }

    private bool HasFailed(TocEntry entry)
    {
        lock (_gate)
        {
            return _failedStreams.Contains(entry.Id);
        }
    }

    private void EndOpen(ISinkWorker sink, Schedule schedule, StreamQueue stream, TocEntry entry, HashSet<DumpId> failed)
    {
        if (!failed.Contains(entry.Id))
        {
            if (HasFailed(entry))
            {
                AbortRows(sink, entry);
            }
            else if (!Attempt(entry, () => EndRows(sink, entry)))
            {
                lock (_gate)
                {
                    _failedStreams.Add(entry.Id);
                }
            }
        }

        bool isEnded;
        lock (_gate)
        {
            isEnded = stream.Release(entry);
        }

        if (isEnded)
        {
            EndStreamed(schedule, entry);
        }
    }

    /// <summary>Counts and reports the failure of a step for an entry, where the transfer can go on without it.</summary>
    /// <returns>False where it cannot: the error is to be thrown.</returns>
    public bool PassOver(TocEntry entry, PureDumpException error)
    {
        if (_options.ExitOnError || !IsAboutEntry(error.Kind) || IsStopping)
        {
            return false;
        }

        lock (_gate)
        {
            FailureCount++;
        }

        _observer.EntryFailed(entry, error.About(entry));
        return true;
    }

    // Runs a step for an entry. False where it failed and the transfer goes on.
    private bool Attempt(TocEntry entry, Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (PureDumpException e) when (IsAboutEntry(e.Kind) && !IsStopping)
        {
            if (!PassOver(entry, e))
            {
                throw e.About(entry);
            }

            return false;
        }
    }

    // Other errors are not about one entry: going on would only repeat them, or restore what is not right.
    private static bool IsAboutEntry(ErrorKind kind) =>
        kind is ErrorKind.Server or ErrorKind.Permission or ErrorKind.Lock or ErrorKind.TargetMismatch or ErrorKind.NotFound;

    private static PureDumpException Rethrown(Exception failure) =>
        failure is PureDumpException known
            ? new PureDumpException(known.Kind, known.Message, known.Hint, known) { SqlState = known.SqlState, Report = known.Report, Entry = known.Entry }
            : MachineErrors.Find(failure) ?? new PureDumpException(ErrorKind.Internal, $"an unexpected error: {failure.Message}", null, failure);

    // All at the same time: far away and with TLS each connection takes several round trips.
    private void OpenWorkers()
    {
        Task<(ISinkWorker, ISourceWorker?)>[] openings = [.. Enumerable.Range(0, _options.WorkerCount).Select(_ => Task.Factory.StartNew(OpenWorker, TaskCreationOptions.LongRunning))];
        Task.WhenAll((Task[])openings).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        lock (_gate)
        {
            foreach ((ISinkWorker sink, ISourceWorker? source) in openings.Where(static opening => opening.IsCompletedSuccessfully).Select(static opening => opening.Result))
            {
                _sinkWorkers.Add(sink);
                if (source is not null)
                {
                    _sourceWorkers.Add(source);
                }
            }
        }

        if (Array.Find(openings, static opening => opening.IsFaulted) is { } failed)
        {
            ExceptionDispatchInfo.Throw(failed.Exception!.InnerException!);
        }
    }

    private (ISinkWorker Sink, ISourceWorker? Source) OpenWorker()
    {
        ISinkWorker sink = _sink.OpenWorker();
        try
        {
            return (sink, _source.IsStream ? null : _source.OpenWorker());
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    private void CloseWorkers()
    {
        lock (_gate)
        {
            foreach (ISinkWorker worker in _sinkWorkers)
            {
                worker.Dispose();
            }

            foreach (ISourceWorker worker in _sourceWorkers)
            {
                worker.Dispose();
            }

            _sinkWorkers.Clear();
            _sourceWorkers.Clear();
        }
    }

    private void AbortWorkers()
    {
        Action[] aborts;
        lock (_gate)
        {
            aborts = [.. _sinkWorkers.Select(worker => (Action)worker.Abort), .. _sourceWorkers.Select(worker => (Action)worker.Abort)];
            Monitor.PulseAll(_gate);
        }

        // Each on a thread of its own, for each may have to wait a moment for a server that does not answer.
        Task.WaitAll(aborts.Select(static abort => Task.Factory.StartNew(abort, TaskCreationOptions.LongRunning)));
    }
}
