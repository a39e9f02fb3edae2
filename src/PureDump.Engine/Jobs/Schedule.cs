using PureDump.Engine.Transfer;
using PureDump.Formats;

namespace PureDump.Engine.Jobs;

/// <summary>
/// Says what may run now: jobs whose needs are done, whose locks are free; first what belongs to the table with most work left behind it. Not locked by itself: the
/// workers share one lock around it.
/// </summary>
internal sealed class Schedule
{
    // What makes an index the table's clustering one or its replica identity, in one transaction with CREATE INDEX.
    private const string AlterTable = ";\n\nALTER TABLE ";

    private readonly Dictionary<DumpId, Job> _jobs = [];
    private readonly PriorityQueue<Job, (long NegativeWeight, int Rank, int Id)> _ready = new();
    private readonly List<Job> _running = [];
    private readonly PartitionTree _tree;
    private readonly TailWork? _tail;
    private readonly UserFunctions _functions;
    private readonly HashSet<Job> _late = [];
    private readonly JobGroup _allData = new();
    private readonly JobGroup _earlyData = new();
    private readonly JobGroup _rowsOfOthers = new();
    private int _open;
    private int _partsOut;
    private int _rowsLeft;

    /// <summary>A schedule of the given entries; what they need of other entries counts as done.</summary>
    /// <param name="toc">The whole Toc.</param>
    /// <param name="entries">What is to be done, in the order of the Toc.</param>
    /// <param name="partsOf">The parts of an entry with rows; null where the rows come as a stream.</param>
    /// <param name="loaderCount">How many workers load rows into a database; null where the rows go elsewhere.</param>
    public Schedule(Toc toc, IReadOnlyList<TocEntry> entries, Func<TocEntry, IReadOnlyList<RowPart>>? partsOf, int? loaderCount = null)
    {
        IsStream = partsOf is null;
        foreach (TocEntry entry in entries)
        {
            var job = new Job(entry);
            if (entry.HasBlocks)
            {
                IReadOnlyList<RowPart> parts = partsOf?.Invoke(entry) ?? [];
                job.Parts = new Queue<RowPart>(parts.OrderByDescending(part => part.Weight));
                job.PartCount = parts.Count;
                job.Weight = parts.Total(static part => part.Weight);
            }

            _jobs.Add(entry.Id, job);
        }

        _tree = new PartitionTree(toc);
        Dictionary<DumpId, Job> rowsOfTable = RowsByTable(toc);
        Dictionary<DumpId, JobGroup> loadsOfTable = RootLoadsByTable(toc);
        _functions = new UserFunctions(toc);
        GroupData(toc);
        foreach (Job job in _jobs.Values)
        {
            Connect(toc, job, rowsOfTable, loadsOfTable);
        }

        OrderRowsOfOthers(toc, loaderCount);
        WeighTables(rowsOfTable);
        if (loaderCount > 1)
        {
            JoinParts(loaderCount.Value);
            _tail = new TailWork(_jobs.Values, loaderCount.Value);
        }

        _open = _jobs.Count;
        _rowsLeft = _jobs.Values.Count(job => job.Parts is not null);
        foreach (Job job in _jobs.Values)
        {
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

    /// <summary>True where everything is done.</summary>
    public bool IsDone => _open == 0;

    /// <summary>True where jobs are left that wait for one another: nothing runs and nothing may run.</summary>
    public bool IsStuck => _open > 0 && _ready.Count == 0 && _running.Count == 0 && _partsOut == 0 && (!IsStream || _rowsLeft == 0);

    /// <summary>Takes something to do.</summary>
    /// <param name="part">The part of the rows to move, or null for the statements of the job.</param>
    /// <returns>Null where nothing may run now.</returns>
    public Job? Take(out RowPart? part)
    {
        part = null;
        var heldBack = new List<Job>();
        Job? found = null;
        while (found is null && _ready.TryDequeue(out Job? job, out _))
        {
            if (job.Parts is null ? _running.Count < StatementsMax && !_running.Exists(job.ConflictsWith) : _partsOut < PartsMax)
            {
                found = _tail?.Holds(job) == true ? null : job;
            }
            else
            {
                heldBack.Add(job);
            }
        }

        foreach (Job job in heldBack)
        {
            MakeReady(job);
        }

        if (found?.Parts is Queue<RowPart> parts)
        {
            part = parts.Dequeue();
            _partsOut++;
            if (parts.Count > 0)
            {
                MakeReady(found);
            }
        }
        else if (found is not null)
        {
            _running.Add(found);
        }

        return found;
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
    /// As <see cref="Finish"/>, for who has something to do before others may begin what waits for the job.
    /// </summary>
    /// <returns>True where <see cref="End"/> is to follow.</returns>
    public bool FinishPart(Job job)
    {
        if (job.Parts is not null)
        {
            _partsOut -= IsStream ? 0 : 1;
            _rowsLeft -= IsStream ? 1 : 0;
        }

        return job.Parts is null || ++job.PartsDone >= job.PartCount;
    }

    /// <summary>Lets begin what waits for a job.</summary>
    public void End(Job job)
    {
        job.IsEnded = true;
        _running.Remove(job);
        _open--;
        foreach (Job held in _tail?.LetGo(job) ?? [])
        {
            MakeReady(held);
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
        if (_jobs.TryGetValue(entry.Id, out Job? job))
        {
            Finish(job);
        }
    }

    /// <summary>The job of an entry, or null where it is not to be done.</summary>
    public Job? Find(DumpId entry) => _jobs.GetValueOrDefault(entry);

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
        if (IsStream && job.Parts is not null)
        {
            return;
        }

        // At the same weight a statement goes before rows: it frees what waits for it. A key goes before the indexes of its table, and is
        // made beside the work of others; what points to others goes behind them and finds the indexes that its check walks.
        long weight = (job.Parts is { Count: > 0 } parts ? parts.Peek().Weight : job.Weight) + job.TableWeight;
        int rank = job.Parts is not null ? 3 : job.Entry.Kind switch { EntryKind.Constraint => 0, EntryKind.ForeignKey => 2, _ => 1 };
        _ready.Enqueue(job, (-weight, rank, job.Entry.Id.Value));
    }

    // Statements on one table mostly wait for one another's locks, so its work is done one after the other however many workers there
    // are: the table with most of it sets the end of all, and its rows and statements go before those of others.
    private void WeighTables(Dictionary<DumpId, Job> rowsOfTable)
    {
        var weights = new Dictionary<DumpId, long>();
        foreach (Job job in _jobs.Values)
        {
            foreach (DumpId table in job.LockedTables.Concat(job.UsedTables))
            {
                weights[table] = weights.GetValueOrDefault(table) + job.Weight;
            }
        }

        foreach (Job job in _jobs.Values)
        {
            foreach (DumpId table in job.LockedTables.Concat(job.UsedTables))
            {
                job.TableWeight = Math.Max(job.TableWeight, weights[table]);
            }
        }

        foreach ((DumpId table, Job rows) in rowsOfTable)
        {
            rows.TableWeight = weights.GetValueOrDefault(table);
        }
    }

    // One worker loads a table with less work for the server than several: its rows are frozen and, at wal_level minimal, not
    // logged. Where the other workers have enough to do meanwhile with other tables, that is quicker in the end.
    private void JoinParts(int loaderCount)
    {
        long total = _jobs.Values.Total(static job => job.Weight);
        foreach (Job job in _jobs.Values)
        {
            long others = total - job.Weight - job.TableWeight;
            if (job.Parts is { Count: > 1 } parts && job.Weight <= others / (loaderCount - 1))
            {
                RowPart first = parts.MinBy(static part => part.Number)!;
                RowPart last = parts.MaxBy(static part => part.Number)!;
                job.Parts = new Queue<RowPart>([first with { Count = 1, End = last.End, Weight = job.Weight }]);
                job.PartCount = 1;
            }
        }
    }

    private Dictionary<DumpId, Job> RowsByTable(Toc toc)
    {
        var result = new Dictionary<DumpId, Job>();
        foreach (Job job in _jobs.Values)
        {
            if (toc.TableOf(job.Entry) is DumpId table)
            {
                result.TryAdd(table, job);
            }
        }

        return result;
    }

    // Rows of a table for which the target calls functions of users come behind all others; so do those that wait for such rows.
    private void GroupData(Toc toc)
    {
        List<Job> rows = [.. _jobs.Values.Where(static job => job.Parts is not null)];
        _late.UnionWith(rows.Where(job => toc.TableOf(job.Entry) is DumpId table && _functions.AreCalledByRowsOf(table, _tree)));
        int before = 0;
        while (_late.Count > before)
        {
            before = _late.Count;
            _late.UnionWith(rows.Where(job => job.Entry.Dependencies.Any(id => _jobs.TryGetValue(id, out Job? need) && _late.Contains(need))));
        }

        foreach (Job job in _jobs.Values.Where(static job => job.Parts is not null || (job.Entry.Section == Section.Data && !job.Entry.IsStatistics)))
        {
            _allData.Add(job);
            if (IsOfOthers(toc, job))
            {
                _rowsOfOthers.Add(job);
            }

            if (!_late.Contains(job))
            {
                _earlyData.Add(job);
            }
        }
    }

    private static bool IsOfOthers(Toc toc, Job job) => job.Parts is not null && job.Entry.Kind == EntryKind.TableData && toc.TableOf(job.Entry) is null;

    // Tables that the Toc does not make were there before, with their keys: configuration tables of extensions, or all of them where only data
    // are restored. Where their rows do not say themselves what comes first, their order in the Toc does (pg_dump.c, getTableDataFKConstraints
    // and processExtensionTables); where only data are restored several connections do not keep it, as with pg_restore.
    private void OrderRowsOfOthers(Toc toc, int? loaderCount)
    {
        bool hasTables = toc.Entries.Any(static entry => entry.Kind == EntryKind.Table);
        bool hasExtensions = toc.Entries.Any(static entry => entry.Kind == EntryKind.Extension);
        List<Job> rows = [.. _jobs.Values.Where(job => IsOfOthers(toc, job))];
        if (!(hasTables || hasExtensions || loaderCount == 1)
            || rows.Exists(job => job.Entry.Dependencies.Any(id => _jobs.TryGetValue(id, out Job? need) && need.Parts is not null)))
        {
            return;
        }

        Job? before = null;
        foreach (Job job in rows)
        {
            if (before is not null && _late.Contains(before) == _late.Contains(job))
            {
                before.Waiting.Add(job);
                job.NeedCount++;
            }

            before = job;
        }
    }

    // Rows that are loaded through a root can come to lie in any partition below it.
    private Dictionary<DumpId, JobGroup> RootLoadsByTable(Toc toc)
    {
        var loads = new Dictionary<(string Schema, string Table), JobGroup>();
        var result = new Dictionary<DumpId, JobGroup>();
        foreach (Job job in _jobs.Values)
        {
            if (job.Entry.Rows is not { LoadInto: { } root } rows)
            {
                continue;
            }

            if (!loads.TryGetValue(root, out JobGroup? load))
            {
                loads.Add(root, load = new JobGroup());
            }

            load.Add(job);
            if (rows.TableEntry is DumpId partition)
            {
                result.TryAdd(partition, load);
            }
        }

        // Those below the root that bring no rows of their own, too; a root that is not in the Toc was there before.
        foreach (TocEntry table in toc.Entries.Where(static entry => entry.Kind == EntryKind.Table))
        {
            if (loads.TryGetValue((table.Schema ?? "", table.Name), out JobGroup? load))
            {
                foreach (DumpId id in _tree.WithPartitions(table.Id))
                {
                    result.TryAdd(id, load);
                }
            }
        }

        return result;
    }

    // An index that rows name waits for rows itself: where these come behind all others, or name one of the first, these cannot wait.
    private bool LeadsBack(TocEntry need, Job rows, Toc toc, Dictionary<DumpId, Job> rowsOfTable)
    {
        var seen = new HashSet<DumpId>();
        var open = new Stack<TocEntry>([need]);
        while (open.TryPop(out TocEntry? entry))
        {
            if (entry.Section != Section.PostData || !seen.Add(entry.Id))
            {
                continue;
            }

            if (_functions.AreCalledBy(entry))
            {
                return true;
            }

            foreach (DumpId table in entry.Dependencies.Where(id => toc[id].Kind == EntryKind.Table).SelectMany(_tree.WithPartitions))
            {
                if (!rowsOfTable.TryGetValue(table, out Job? own))
                {
                    continue;
                }

                if (own == rows || _late.Contains(own))
                {
                    return true;
                }

                foreach (DumpId id in own.Entry.Dependencies)
                {
                    open.Push(toc[id]);
                }
            }
        }

        return false;
    }

    private void Connect(Toc toc, Job job, Dictionary<DumpId, Job> rowsOfTable, Dictionary<DumpId, JobGroup> loadsOfTable)
    {
        bool isPostData = job.Entry.Section == Section.PostData;
        // What the planner is told of a table is forgotten when its load begins, which truncates it.
        bool followsRows = isPostData || job.Entry.IsStatistics;
        bool locksTables = isPostData && job.Entry.Kind is not EntryKind.Index;
        bool upgradesTables = job.Entry.Kind is EntryKind.Index && job.Entry.CreateSql.Contains(AlterTable, StringComparison.Ordinal);
        var needs = new HashSet<Job>();
        var groups = new HashSet<JobGroup>();
        if (isPostData && _functions.AreCalledBy(job.Entry))
        {
            groups.Add(_allData);
            job.MayReadAnyTable = true;
        }
        else if (_late.Contains(job))
        {
            groups.Add(_earlyData);
        }

        if (job.Entry.Kind == EntryKind.ForeignKey)
        {
            // Only its text says which table it references where that is one of them.
            groups.Add(_rowsOfOthers);
        }

        job.LockedTables.UnionWith(_functions.TablesOfDomain(job.Entry));

        foreach (DumpId id in job.Entry.Dependencies)
        {
            if (_jobs.TryGetValue(id, out Job? need) && !(job.Parts is not null && LeadsBack(need.Entry, job, toc, rowsOfTable)))
            {
                needs.Add(need);
            }

            if (!followsRows || toc[id].Kind is not EntryKind.Table)
            {
                continue;
            }

            // A key, trigger or rule of a partitioned table comes down to its partitions: it locks them, and their rows come first.
            foreach (DumpId table in _tree.WithPartitions(id))
            {
                (locksTables ? job.LockedTables : job.UsedTables).Add(table);
                if (upgradesTables)
                {
                    job.UpgradedTables.Add(table);
                }

                if (rowsOfTable.TryGetValue(table, out Job? rows))
                {
                    needs.Add(rows);
                    job.Weight = !isPostData ? 0 : Math.Max(job.Weight, Math.Max(rows.Weight, rows.Entry.Rows?.EstimatedBytes ?? 0));
                }

                if (loadsOfTable.TryGetValue(table, out JobGroup? load))
                {
                    groups.Add(load);
                }
            }
        }

        needs.Remove(job);
        groups.RemoveWhere(static group => group.OpenCount == 0);
        job.NeedCount = needs.Count + groups.Count;
        foreach (Job need in needs)
        {
            need.Waiting.Add(job);
        }

        foreach (JobGroup group in groups)
        {
            group.Waiting.Add(job);
        }
    }
}
