using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>
/// What the threads of a transfer share: the schedule, the blocks of a stream, and the lock around both. A thread takes work here, waits
/// for it, and says when it is done.
/// </summary>
/// <param name="schedule">What may run when.</param>
/// <param name="stopping">Ends every wait.</param>
/// <param name="stream">The blocks of a stream; null where rows are read by parts.</param>
internal sealed class WorkBoard(Schedule schedule, CancellationToken stopping, StreamQueue? stream = null) : IDisposable
{
    private readonly object _gate = new();
    private readonly HashSet<Job> _failed = [];

    // Rows of a stream that are all there, and that no worker holds.
    private readonly Queue<Job> _ended = [];
    private CancellationTokenRegistration _wake;

    private StreamQueue Stream => stream ?? throw new InvalidOperationException("rows that are read by parts come in no stream");

    /// <summary>Wakes who waits when all is to stop.</summary>
    public void Begin() => _wake = stopping.Register(() => Do(static () => { }));

    /// <summary>Waits for something to do.</summary>
    /// <param name="part">The part of the rows to move, or null for the statements of the job.</param>
    /// <returns>Null where nothing will come any more.</returns>
    /// <exception cref="OperationCanceledException">The transfer is to stop.</exception>
    public Job? Take(out RowPart? part)
    {
        lock (_gate)
        {
            while (true)
            {
                stopping.ThrowIfCancellationRequested();
                if (schedule.Take(out part) is { } job)
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

    /// <summary>Ends a part of rows and takes another one of the same; null where nobody has to begin any more.</summary>
    public RowPart? TakeMore(Job job)
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
            return schedule.TakeMore(job);
        }
    }

    /// <summary>Waits until all parts of rows were taken in, by this worker and the others.</summary>
    /// <param name="job">The rows.</param>
    /// <param name="more">A part that somebody has given back: it is to be moved before this is asked again.</param>
    /// <returns>False where one of them failed.</returns>
    /// <exception cref="OperationCanceledException">The transfer is to stop.</exception>
    public bool WaitForAllParts(Job job, out RowPart? more)
    {
        more = null;
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
            while (!Schedule.AreAllPartsIn(job) && !_failed.Contains(job))
            {
                stopping.ThrowIfCancellationRequested();
                if (job.Parts!.Count > 0)
                {
                    more = Schedule.TakePart(job);
                    return true;
                }

                Monitor.Wait(_gate);
            }

            stopping.ThrowIfCancellationRequested();
            return !_failed.Contains(job);
        }
    }

    /// <summary>Gives a part back that the worker could not begin.</summary>
    public void PutBack(Job job, RowPart part) => Do(() => schedule.PutBack(job, part));

    /// <summary>Says that rows failed: their other parts are not begun.</summary>
    public void Fail(Job job) => Do(() =>
    {
        _failed.Add(job);
        Schedule.GiveUpParts(job);
    });

    /// <summary>Says that a worker is done with a job.</summary>
    /// <param name="job">Which.</param>
    /// <param name="hasPart">As for <see cref="Schedule.FinishPart"/>.</param>
    /// <returns>True where that was the last worker: <see cref="End"/> is to follow.</returns>
    public bool Leave(Job job, bool hasPart = true)
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
            return schedule.FinishPart(job, hasPart);
        }
    }

    /// <summary>Lets begin what waits for a job.</summary>
    public void End(Job job) => Do(() => schedule.End(job));

    /// <summary>The job of an entry, or null where it is not to be done.</summary>
    public Job? Find(TocEntry entry) => schedule.Find(entry.Id);

    /// <summary>True where everything is done.</summary>
    public bool IsDone => schedule.IsDone;

    /// <summary>Hands over a block of a stream, when the rows that it needs are there as far as they can be had.</summary>
    /// <param name="entry">Whose block.</param>
    /// <param name="block">Is the queue's from then on.</param>
    /// <param name="ending">Entries of which all has come, and not all is loaded.</param>
    /// <exception cref="OperationCanceledException">The transfer is to stop; the block is disposed of.</exception>
    public void Push(TocEntry entry, RowBlock block, List<Job> ending)
    {
        lock (_gate)
        {
            Job job = schedule.Find(entry.Id)!;

            // What has not come yet may stand behind it. What waits to be committed with entries that have not come whole waits no longer.
            Stream.IsWaitedFor = job.NeedCount > 0;
            Monitor.PulseAll(_gate);
            while (job.NeedCount > 0 && ending.RemoveAll(static ended => ended.IsEnded) >= 0 && ending.Count > 0)
            {
                if (stopping.IsCancellationRequested)
                {
                    block.Dispose();
                    stopping.ThrowIfCancellationRequested();
                }

                Monitor.Wait(_gate);
            }

            Stream.IsWaitedFor = false;
            Stream.Push(entry, block);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Says that no more blocks of an entry come. Where none waits and nobody holds the entry, a worker is to end it.</summary>
    public void EndOfEntry(TocEntry entry) => Do(() =>
    {
        if (Stream.End(entry))
        {
            _ended.Enqueue(schedule.Find(entry.Id)!);
        }
    });

    /// <summary>Says that the stream is at its end.</summary>
    public void EndOfStream() => Do(() => Stream.IsAtEnd = true);

    /// <summary>Says that a worker holds nothing of an entry of the stream any more. True where that was the last of it.</summary>
    public bool Release(object worker, TocEntry entry)
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
            return Stream.Release(worker, entry);
        }
    }

    /// <summary>Whether a worker that leaves an entry of the stream keeps what it has taken in.</summary>
    public bool AreHeld(TocEntry entry) => Stream.AreHeld(entry);

    /// <summary>Waits for the next thing to do beside a stream.</summary>
    /// <param name="worker">Which worker asks.</param>
    /// <param name="open">The entry whose rows it has begun, or null.</param>
    /// <param name="holds">It has left entries, and holds rows of them.</param>
    /// <returns>What to do.</returns>
    /// <exception cref="OperationCanceledException">The transfer is to stop.</exception>
    public StreamTask TakeStreamed(object worker, TocEntry? open, bool holds)
    {
        bool hasTold = false;
        lock (_gate)
        {
            while (true)
            {
                stopping.ThrowIfCancellationRequested();
                if (Stream.TryTake(worker, open, out RowBlock? block, out TocEntry? entry))
                {
                    return block is null ? new StreamTask(StreamAction.Leave) : new StreamTask(StreamAction.Write, entry, block);
                }

                bool isFree = open is null && !holds;
                if (open is null && holds && Stream.MustEnd(worker))
                {
                    // Those that it is held together with wait.
                    Monitor.PulseAll(_gate);
                    return new StreamTask(StreamAction.Commit);
                }

                if (_ended.Count > 0 && (open is null || !Stream.IsInsideRow(worker, open)))
                {
                    if (open is not null)
                    {
                        return new StreamTask(StreamAction.Leave);
                    }

                    if (isFree)
                    {
                        return new StreamTask(StreamAction.End, Job: _ended.Dequeue());
                    }
                }

                if (isFree && schedule.Take(out _) is { } job)
                {
                    return new StreamTask(StreamAction.Run, Job: job);
                }

                if (isFree && Stream.IsAtEnd && (schedule.IsDone || schedule.IsStuck))
                {
                    return new StreamTask(StreamAction.None);
                }

                if (!hasTold)
                {
                    // That it waits may be what others wait for, who hold rows together with it.
                    hasTold = true;
                    Monitor.PulseAll(_gate);
                }

                Monitor.Wait(_gate);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wake.Dispose();
        Do(() => stream?.Discard());
    }

    private void Do(Action step)
    {
        lock (_gate)
        {
            step();
            Monitor.PulseAll(_gate);
        }
    }
}
