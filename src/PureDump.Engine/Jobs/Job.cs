using PureDump.Formats.Entries;

namespace PureDump.Engine.Jobs;

/// <summary>One entry's share of the work: its statements, or its rows in parts.</summary>
internal sealed class Job(TocEntry entry)
{
    public TocEntry Entry { get; } = entry;

    /// <summary>What the text of its statements says; nothing of rows.</summary>
    public StatementFacts Facts { get; } = StatementFacts.Of(entry);

    /// <summary>About how long it takes one connection, in bytes that are loaded meanwhile (<see cref="JobCosts"/>).</summary>
    public double Cost { get; set; }

    /// <summary>As <see cref="Cost"/>, of the longest chain of jobs that wait for one another and begins with this one.</summary>
    public double ChainCost { get; set; }

    /// <summary>The bytes of the largest table that a statement works through.</summary>
    public long TableBytes { get; set; }

    /// <summary>The parts of the rows that nobody has taken; null for statements.</summary>
    public Queue<RowPart>? Parts { get; set; }

    /// <summary>How many parts there are in all.</summary>
    public int PartCount { get; set; }

    /// <summary>How many parts were taken and are not ended.</summary>
    public int PartsMoving { get; set; }

    /// <summary>That of <see cref="Cost"/> which is done.</summary>
    public double DoneCost { get; set; }

    /// <summary>How many workers have taken parts and are not done with the rows.</summary>
    public int LoaderCount { get; set; }

    /// <summary>True where something of it was taken.</summary>
    public bool IsBegun { get; set; }

    /// <summary>True where it is done.</summary>
    public bool IsEnded { get; set; }

    /// <summary>How many jobs must be done before this one.</summary>
    public int NeedCount { get; set; }

    /// <summary>The jobs that wait for this one.</summary>
    public List<Job> Waiting { get; } = [];

    /// <summary>The groups it is in.</summary>
    public List<JobGroup> Groups { get; } = [];

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

    /// <summary>True where it locks any table.</summary>
    public bool LocksTables => LockedTables.Count + UpgradedTables.Count > 0;

    /// <summary>The work on the tables it is about.</summary>
    public List<TableWork> Tables { get; } = [];

    /// <summary>At the same urgency a statement goes before rows, for it frees what waits for it; a key before the indexes of its table,
    /// and before what references it.</summary>
    public int Rank => Parts is not null ? 3 : Entry.Kind switch { EntryKind.Constraint => 0, EntryKind.ForeignKey => 2, _ => 1 };

    /// <summary>
    /// As <see cref="Cost"/>, of what is to be done one after the other from here on: the jobs that wait for it, or the work on one of
    /// its tables. Becomes less as that work is done.
    /// </summary>
    public double Urgency(int width)
    {
        double most = ChainCost;
        foreach (TableWork table in Tables)
        {
            most = Math.Max(most, table.ChainCost(width));
        }

        return most;
    }
}
