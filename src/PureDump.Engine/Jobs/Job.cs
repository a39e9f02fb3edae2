using PureDump.Engine.Transfer;
using PureDump.Formats;

namespace PureDump.Engine.Jobs;

/// <summary>One entry's share of the work: its statements, or its rows in parts.</summary>
internal sealed class Job(TocEntry entry)
{
    public TocEntry Entry { get; } = entry;

    /// <summary>Bytes to move, or the size of the table a statement works through; larger jobs go first.</summary>
    public long Weight { get; set; }

    /// <summary>The weight of all statements on its table, or on that of its tables with most of it.</summary>
    public long TableWeight { get; set; }

    /// <summary>The parts of the rows that nobody has taken; null for statements.</summary>
    public Queue<RowPart>? Parts { get; set; }

    /// <summary>How many parts there are in all.</summary>
    public int PartCount { get; set; }

    /// <summary>How many parts are done.</summary>
    public int PartsDone { get; set; }

    /// <summary>How many jobs must be done before this one.</summary>
    public int NeedCount { get; set; }

    /// <summary>The jobs that wait for this one.</summary>
    public List<Job> Waiting { get; } = [];

    /// <summary>The groups it is in.</summary>
    public List<JobGroup> Groups { get; } = [];

    /// <summary>True where it is done.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Tables it locks against everything else.</summary>
    public HashSet<DumpId> LockedTables { get; } = [];

    /// <summary>Tables it uses, so that nobody else may lock them meanwhile.</summary>
    public HashSet<DumpId> UsedTables { get; } = [];

    /// <summary>
    /// Tables it uses first and locks more strongly later: two such jobs would each wait for the other to let go. Beside those that
    /// only use the table it may run, for they end.
    /// </summary>
    public HashSet<DumpId> UpgradedTables { get; } = [];

    /// <summary>
    /// It calls a function of a user, which may read any table while its own is locked: beside whatever locks one the two could wait for
    /// each other.
    /// </summary>
    public bool MayReadAnyTable { get; set; }

    private bool LocksTables => LockedTables.Count + UpgradedTables.Count > 0;

    public bool ConflictsWith(Job other) =>
        (MayReadAnyTable && other.LocksTables) || (LocksTables && other.MayReadAnyTable)
        || UpgradedTables.Overlaps(other.UpgradedTables) || LockedTables.Overlaps(other.LockedTables) || LockedTables.Overlaps(other.UsedTables) || UsedTables.Overlaps(other.LockedTables);
}
