using PureDump.Formats.Entries;

namespace PureDump.Engine.Jobs;

/// <summary>
/// Which tables the statements that run use and lock. A statement that has to wait does so at the table that is in its way, and is looked
/// at again when that is free: what many wait for costs those alone that can go on.
/// </summary>
/// <param name="orderOf">Where a job stands among others.</param>
internal sealed class LockTable(Func<Job, (double NegativeUrgency, int Rank, int Id)> orderOf)
{
    private enum Mode
    {
        Use,
        Upgrade,
        Lock,
    }

    private readonly Dictionary<DumpId, TableState> _tables = [];

    // What may read any table, and what locks one.
    private readonly TableState _any = new();

    /// <summary>Begins a statement, or makes it wait.</summary>
    /// <param name="job">Which.</param>
    /// <param name="freed">Gets statements that waited behind it elsewhere and are to be tried now.</param>
    /// <returns>False where it waits.</returns>
    public bool TryBegin(Job job, Action<Job> freed)
    {
        if (Blocker(job, out Mode mode) is { } blocker)
        {
            blocker.Waiting[(int)mode].Enqueue(job, orderOf(job));
            foreach ((TableState table, _) in StatesOf(job))
            {
                if (table != blocker)
                {
                    Free(table, freed);
                }
            }

            return false;
        }

        foreach ((TableState table, Mode taken) in StatesOf(job))
        {
            table.Held[(int)taken]++;
        }

        return true;
    }

    /// <summary>A statement that had begun is over.</summary>
    /// <param name="job">Which.</param>
    /// <param name="freed">Gets statements that waited for it and are to be tried now.</param>
    public void End(Job job, Action<Job> freed)
    {
        foreach ((TableState table, Mode mode) in StatesOf(job))
        {
            table.Held[(int)mode]--;
        }

        foreach ((TableState table, _) in StatesOf(job))
        {
            Free(table, freed);
        }
    }

    // Of those that only one of can go on, the first: who goes on instead of it sets free the next.
    private void Free(TableState table, Action<Job> freed)
    {
        for (Mode mode = Mode.Use; mode <= Mode.Lock; mode++)
        {
            while (IsFree(table, mode) && table.Waiting[(int)mode].TryDequeue(out Job? job, out _))
            {
                freed(job);
                if (mode != Mode.Use && table != _any)
                {
                    break;
                }
            }
        }
    }

    private TableState? Blocker(Job job, out Mode mode)
    {
        foreach ((TableState table, Mode wanted) in StatesOf(job))
        {
            if (!IsFree(table, wanted))
            {
                mode = wanted;
                return table;
            }
        }

        mode = default;
        return null;
    }

    // Reading any table is kept apart from locking one, each beside its like.
    private bool IsFree(TableState table, Mode mode) => (table == _any, mode) switch
    {
        (true, Mode.Use) => table.Held[(int)Mode.Lock] == 0,
        (true, _) => table.Held[(int)Mode.Use] == 0,
        (_, Mode.Use) => table.Held[(int)Mode.Lock] == 0,
        (_, Mode.Upgrade) => table.Held[(int)Mode.Lock] == 0 && table.Held[(int)Mode.Upgrade] == 0,
        _ => table.Held[(int)Mode.Lock] == 0 && table.Held[(int)Mode.Use] == 0 && table.Held[(int)Mode.Upgrade] == 0,
    };

    private IEnumerable<(TableState Table, Mode Mode)> StatesOf(Job job)
    {
        if (job.MayReadAnyTable)
        {
            yield return (_any, Mode.Use);
        }

        if (job.LocksTables)
        {
            yield return (_any, Mode.Lock);
        }

        foreach (DumpId id in job.LockedTables)
        {
            yield return (Of(id), Mode.Lock);
        }

        foreach (DumpId id in job.UpgradedTables)
        {
            yield return (Of(id), Mode.Upgrade);
        }

        foreach (DumpId id in job.UsedTables)
        {
            // What upgrades a table uses it too.
            if (!job.LockedTables.Contains(id) && !job.UpgradedTables.Contains(id))
            {
                yield return (Of(id), Mode.Use);
            }
        }
    }

    private TableState Of(DumpId id)
    {
        if (!_tables.TryGetValue(id, out TableState? table))
        {
            _tables.Add(id, table = new TableState());
        }

        return table;
    }

    private sealed class TableState
    {
        /// <summary>How many hold the table, by <see cref="Mode"/>.</summary>
        public int[] Held { get; } = new int[3];

        /// <summary>Who waits for the table, by <see cref="Mode"/>.</summary>
        public PriorityQueue<Job, (double, int, int)>[] Waiting { get; } = [new(), new(), new()];
    }
}
