using System.Diagnostics;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Jobs;

/// <summary>
/// Says what may run now: jobs whose needs are done, whose locks are free, the most urgent first. Not locked by itself: the workers share
/// one lock around it.
/// </summary>
internal sealed class Schedule
{
    private readonly JobGraph _graph;
    private readonly ReadyQueue _ready;
    private readonly LockTable _locks;
    private readonly int _width;
    private readonly bool _joinsParts;

    // By the work that was left on them when this was last looked at.
    private readonly PriorityQueue<TableWork, double> _longest = new();
    private double _costLeft;
    private double _costOut;
    private int _open;
    private int _partsOut;
    private int _statementsOut;
    private int _rowsLeft;

    // Jobs of which something was taken, and which are not ended.
    private int _begun;

    /// <summary>A schedule of the given entries; what they need of other entries counts as done.</summary>
    /// <param name="toc">The whole Toc.</param>
    /// <param name="entries">What is to be done, in the order of the Toc.</param>
    /// <param name="partsOf">The parts of an entry with rows; null where the rows come as a stream.</param>
    /// <param name="loaderCount">How many workers load rows into a database; null where the rows go elsewhere.</param>
    public Schedule(Toc toc, IReadOnlyList<TocEntry> entries, Func<TocEntry, IReadOnlyList<RowPart>>? partsOf, int? loaderCount = null)
    {
        IsStream = partsOf is null;
        _width = loaderCount ?? 1;
        _joinsParts = loaderCount > 1;
        _graph = new JobGraph(toc, entries, partsOf, loaderCount);
        _ready = new ReadyQueue(_width);
        _locks = new LockTable(_ready.OrderOf);
        _open = _graph.Jobs.Count;
        _rowsLeft = _graph.Jobs.Count(static job => job.Parts is not null);
        foreach (TableWork table in _graph.Jobs.SelectMany(static job => job.Tables).Distinct())
        {
            _longest.Enqueue(table, -table.ChainCost(_width));
        }

        foreach (Job job in _graph.Jobs)
        {
            _costLeft += job.Cost;
            if (job.NeedCount == 0)
            {
                MakeReady(job);
            }
        }
    }

    /// <summary>Rows come as a stream: then their jobs are ended by <see cref="EndRows"/> and never taken.</summary>
    public bool IsStream { get; }

    /// <summary>How many parts of rows may be out at the same time.</summary>
    public int PartsMax { get; init; } = int.MaxValue;

    /// <summary>How many statements may run at the same time.</summary>
    public int StatementsMax { get; init; } = int.MaxValue;

    /// <summary>Whether several workers may load the rows of an entry; null: of each.</summary>
    public Func<TocEntry, bool>? MayBeSplit { get; init; }

    /// <summary>True where everything is done.</summary>
    public bool IsDone => _open == 0;

    /// <summary>True where jobs are left that wait for one another: nothing runs and nothing may run.</summary>
    public bool IsStuck => _open > 0 && _ready.Count == 0 && _begun == 0 && (!IsStream || _rowsLeft == 0);

    /// <summary>How many jobs were looked at to find those that were taken.</summary>
    public long LookCount { get; private set; }

    /// <summary>Takes something to do.</summary>
    /// <param name="part">The part of the rows to move, or null for the statements of the job.</param>
    /// <returns>Null where nothing may run now.</returns>
    public Job? Take(out RowPart? part)
    {
        part = null;
        if (_joinsParts && _partsOut + _statementsOut >= CountWanted())
        {
            return null;
        }

        while (_ready.Take(_partsOut < PartsMax, _statementsOut < StatementsMax) is { } job)
        {
            LookCount++;
            if (job.Parts is { Count: 0 })
            {
                // Others have taken the rest meanwhile, or it was given up.
                continue;
            }

            if (job.Parts is not null)
            {
                part = Begin(job);
                return job;
            }

            if (_locks.TryBegin(job, MakeReady))
            {
                job.IsBegun = true;
                _begun++;
                _statementsOut++;
                _costLeft -= job.Cost;
                _costOut += job.Cost;
                return job;
            }
        }

        return null;
    }

    /// <summary>Says that what <see cref="Take"/> gave is done. True where that ended the job.</summary>
    public bool Finish(Job job)
    {
        bool isEnded = FinishPart(job);
        if (isEnded)
        {
            End(job);
        }

        return isEnded;
    }

    /// <summary>
    /// As <see cref="Finish"/>, for who has something to do before others may begin what waits for the job. Of rows: the worker is done
    /// with them.
    /// </summary>
    /// <param name="job">Which.</param>
    /// <param name="hasPart">A part that it took is not ended yet: <see cref="TakeMore"/> has not been asked for another.</param>
    /// <returns>True where <see cref="End"/> is to follow.</returns>
    public bool FinishPart(Job job, bool hasPart = true)
    {
        if (job.Parts is null)
        {
            return true;
        }

        if (IsStream)
        {
            return true;
        }

        Debug.Assert(job.LoaderCount > 0, "who finishes rows has taken a part of them");
        if (hasPart)
        {
            EndPart(job);
        }

        job.LoaderCount--;
        _partsOut--;
        job.Tables.ForEach(static table => table.Load(-1, 0));
        return job.LoaderCount == 0 && job.Parts.Count == 0;
    }

    /// <summary>Takes another part of rows for a worker that has taken one of them in and keeps it open; null where no more is to be
    /// begun.</summary>
    public RowPart? TakeMore(Job job)
    {
        EndPart(job);
        return job.Parts!.Count == 0 ? null : TakePart(job);
    }

    /// <summary>Gives a part of rows back that a worker had taken and not begun, and the worker is done with them.</summary>
    public void PutBack(Job job, RowPart part)
    {
        job.PartsMoving--;
        job.LoaderCount--;
        _partsOut--;
        job.Tables.ForEach(static table => table.Load(-1, 0));
        job.Parts!.Enqueue(part);
        MakeReady(job);
    }

    /// <summary>True where every part of rows was taken in.</summary>
    public static bool AreAllPartsIn(Job job) => job is { Parts.Count: 0, PartsMoving: 0 };

    /// <summary>Begins no more parts of rows.</summary>
    public static void GiveUpParts(Job job) => job.Parts!.Clear();

    /// <summary>Lets begin what waits for a job.</summary>
    public void End(Job job)
    {
        job.IsEnded = true;
        _costOut -= job.IsBegun ? job.Cost : 0;
        _costLeft -= job.IsBegun ? 0 : job.Cost;
        _begun -= job.IsBegun ? 1 : 0;
        _open--;
        if (job.Parts is null)
        {
            foreach (TableWork table in job.Tables)
            {
                table.End(job);
            }

            _statementsOut--;
            _locks.End(job, MakeReady);
        }
        else
        {
            // Rows that were given up, or came as a stream, are nothing that is left to do either.
            _rowsLeft--;
            job.Tables.ForEach(table => table.Load(0, job.Cost - job.DoneCost));
        }

        Release(job.Waiting);
        foreach (JobGroup group in job.Groups)
        {
            if (--group.OpenCount == 0)
            {
                Release(group.Waiting);
            }
        }
    }

    /// <summary>Says that all rows of an entry have come out of the stream and were taken.</summary>
    public void EndRows(TocEntry entry)
    {
        if (Find(entry.Id) is { } job)
        {
            Finish(job);
        }
    }

    /// <summary>The job of an entry, or null where it is not to be done.</summary>
    public Job? Find(DumpId entry) => _graph.Find(entry);

    // More connections than can be done with while the longest chain of work is gone through only take from it what the server has: nobody
    // knows how many cores that are. Two always work. By simulation (ScheduleSimulationTests) 1.6 times as many as would just do is best;
    // without the limit the slowest of a hundred databases take a tenth longer.
    private int CountWanted()
    {
        const double surplus = 1.6;
        if (_width <= 2)
        {
            return int.MaxValue;
        }

        double longest = 0;
        while (_longest.TryPeek(out TableWork? table, out double order) && (longest = table.ChainCost(_width)) < -order)
        {
            _longest.DequeueEnqueue(table, -longest);
        }

        return longest <= 0
            ? int.MaxValue
            : Math.Max(2, (int)Math.Min(int.MaxValue, Math.Ceiling(surplus * (_costLeft + _costOut) / longest)));
    }

    private RowPart Begin(Job job)
    {
        if (!job.IsBegun)
        {
            job.IsBegun = true;
            _begun++;
            if (_joinsParts && job.PartCount > 1 && (MayBeSplit?.Invoke(job.Entry) == false || IsQuickEnoughAlone(job)))
            {
                JoinParts(job);
            }

            _costLeft -= job.Cost;
            _costOut += job.Cost;
        }

        job.LoaderCount++;
        _partsOut++;
        job.Tables.ForEach(static table => table.Load(1, 0));
        RowPart part = TakePart(job);
        if (job.Parts!.Count > 0)
        {
            MakeReady(job);
        }

        return part;
    }

    /// <summary>Takes the next part of rows for a worker that has taken some already.</summary>
    public static RowPart TakePart(Job job)
    {
        job.PartsMoving++;
        return job.Parts!.Dequeue();
    }

    private static void EndPart(Job job)
    {
        job.PartsMoving--;
        double cost = job.Cost / Math.Max(1, job.PartCount);
        job.DoneCost += cost;
        job.Tables.ForEach(table => table.Load(0, cost));
    }

    // One worker loads a table with less work for the server than several: its rows are frozen and, at wal_level minimal, not
    // logged. That is quicker in the end where the table is done before everything else could be.
    private bool IsQuickEnoughAlone(Job job) =>
        job.Cost + job.Tables.Select(table => table.AfterRows(_width)).DefaultIfEmpty().Max() <= (_costLeft + _costOut) / _width;

    private static void JoinParts(Job job)
    {
        RowPart first = job.Parts!.MinBy(static part => part.Number)!;
        RowPart last = job.Parts!.MaxBy(static part => part.Number)!;
        job.Parts = new Queue<RowPart>([first with { Count = 1, End = last.End, Weight = job.Parts!.Total(static part => part.Weight) }]);
        job.PartCount = 1;
    }

    private void Release(List<Job> waiting)
    {
        foreach (Job job in waiting)
        {
            if (--job.NeedCount == 0)
            {
                MakeReady(job);
            }
        }
    }

    private void MakeReady(Job job)
    {
        if (!IsStream || job.Parts is null)
        {
            _ready.Add(job);
        }
    }
}
