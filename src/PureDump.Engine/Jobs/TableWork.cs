namespace PureDump.Engine.Jobs;

/// <summary>
/// What is left to do on one table, in the units of <see cref="Job.Cost"/>: its rows, then statements that lock it, one after the other,
/// and those that only use it, side by side.
/// </summary>
/// <remarks>
/// A table is loaded by one connection where it is done, with its indexes and keys, before everything else could be, and by several where
/// it is not: one connection can freeze the rows, which is less work for the server; the decision is made when the rows are taken, by what
/// is left then.
/// </remarks>
internal sealed class TableWork
{
    private readonly HashSet<Job> _locking = [];
    private readonly List<Job> _using = [];
    private double _usingLeft;
    private double _lockingLeft;
    private double _rowsLeft;
    private int _loaderCount;
    private int _longest;

    /// <summary>Takes rows into account.</summary>
    public void AddRows(double cost) => _rowsLeft += cost;

    /// <summary>Takes a statement into account.</summary>
    /// <param name="job">Which.</param>
    /// <param name="locks">Nothing else runs on the table meanwhile.</param>
    public void Add(Job job, bool locks)
    {
        if (locks)
        {
            _locking.Add(job);
            _lockingLeft += job.Cost;
        }
        else
        {
            _usingLeft += job.Cost;
            _using.Add(job);
        }
    }

    /// <summary>Everything was added.</summary>
    public void Complete() => _using.Sort(static (one, other) => other.Cost.CompareTo(one.Cost));

    /// <summary>A statement is done.</summary>
    public void End(Job job)
    {
        if (_locking.Contains(job))
        {
            _lockingLeft -= job.Cost;
        }
        else
        {
            _usingLeft -= job.Cost;
        }
    }

    /// <summary>A part of the rows was taken by one more connection, or one was done.</summary>
    public void Load(int connections, double doneCost)
    {
        _loaderCount += connections;
        _rowsLeft = Math.Max(0, _rowsLeft - doneCost);
    }

    /// <summary>How long it takes with so many connections in all.</summary>
    public double ChainCost(int width) => (_rowsLeft / Math.Max(1, _loaderCount)) + AfterRows(width);

    /// <summary>As <see cref="ChainCost"/>, of the statements.</summary>
    public double AfterRows(int width)
    {
        while (_longest < _using.Count && _using[_longest].IsEnded)
        {
            _longest++;
        }

        double longest = _longest < _using.Count ? _using[_longest].Cost : 0;
        return Math.Max(0, _lockingLeft) + Math.Max(longest, Math.Max(0, _usingLeft) / width);
    }
}
