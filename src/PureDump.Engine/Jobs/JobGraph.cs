using PureDump.Formats.Entries;

namespace PureDump.Engine.Jobs;

/// <summary>
/// Which jobs there are and which of them wait for others: what entries say they need, and what only follows from what they are (rows
/// before statements on their table, functions of users behind all rows).
/// </summary>
internal sealed class JobGraph
{
    private readonly Dictionary<DumpId, Job> _jobs = [];
    private readonly Dictionary<Job, long> _bytes = [];
    private readonly PartitionTree _tree;
    private readonly UserFunctions _functions;
    private readonly ILookup<DumpId, DumpId> _children;
    private readonly HashSet<Job> _late = [];
    private readonly JobGroup _allData = new();
    private readonly JobGroup _earlyData = new();
    private readonly JobGroup _rowsOfOthers = new();

    /// <summary>The jobs of entries; what these need of other entries counts as done.</summary>
    /// <param name="toc">The whole Toc.</param>
    /// <param name="entries">What is to be done, in the order of the Toc.</param>
    /// <param name="partsOf">The parts of an entry with rows; null where the rows come as a stream.</param>
    /// <param name="loaderCount">How many workers load rows into a database; null where the rows go elsewhere.</param>
    public JobGraph(Toc toc, IReadOnlyList<TocEntry> entries, Func<TocEntry, IReadOnlyList<RowPart>>? partsOf, int? loaderCount)
    {
        foreach (TocEntry entry in entries)
        {
            var job = new Job(entry);
            if (entry.HasBlocks)
            {
                IReadOnlyList<RowPart> parts = partsOf?.Invoke(entry) ?? [];
                job.Parts = new Queue<RowPart>(parts.OrderByDescending(part => part.Weight));
                job.PartCount = parts.Count;
                _bytes.Add(job, parts.Total(static part => part.Weight));
            }

            _jobs.Add(entry.Id, job);
        }

        _tree = new PartitionTree(toc);
        Dictionary<DumpId, Job> rowsOfTable = RowsByTable(toc);
        Dictionary<DumpId, JobGroup> loadsOfTable = RootLoadsByTable(toc);
        _functions = new UserFunctions(toc);
        _children = toc
            .Entries.Where(static entry => entry.Kind == EntryKind.Table)
            .SelectMany(child =>
                child.Dependencies.Where(id => toc[id].Kind == EntryKind.Table).Select(parent => (Parent: parent, Child: child.Id)))
            .ToLookup(static pair => pair.Parent, static pair => pair.Child);
        GroupData(toc);
        foreach (Job job in _jobs.Values)
        {
            Connect(toc, job, rowsOfTable, loadsOfTable);
        }

        OrderRowsOfOthers(toc, loaderCount);
        OrderRefreshes();
        SumUp(rowsOfTable);
    }

    /// <summary>All of them, in the order of the Toc.</summary>
    public IReadOnlyCollection<Job> Jobs => _jobs.Values;

    /// <summary>The job of an entry, or null where it is not to be done.</summary>
    public Job? Find(DumpId entry) => _jobs.GetValueOrDefault(entry);

    private void SumUp(Dictionary<DumpId, Job> rowsOfTable)
    {
        var tables = new Dictionary<DumpId, TableWork>();
        TableWork Of(DumpId table)
        {
            if (!tables.TryGetValue(table, out TableWork? work))
            {
                tables.Add(table, work = new TableWork());
            }

            return work;
        }

        foreach (Job job in _jobs.Values)
        {
            job.Cost = JobCosts.Of(job);
            foreach (DumpId id in job.LockedTables.Union(job.UsedTables))
            {
                TableWork table = Of(id);
                table.Add(job, job.LockedTables.Contains(id));
                job.Tables.Add(table);
            }
        }

        foreach ((DumpId id, Job rows) in rowsOfTable)
        {
            Of(id).AddRows(rows.Cost);
            rows.Tables.Add(Of(id));
        }

        foreach (TableWork table in tables.Values)
        {
            table.Complete();
        }

        // Entries stand behind what they need.
        foreach (Job job in _jobs.Values.Reverse())
        {
            double behind = 0;
            foreach (Job waiting in job.Waiting)
            {
                behind = Math.Max(behind, waiting.ChainCost);
            }

            foreach (JobGroup group in job.Groups)
            {
                behind = Math.Max(behind, group.ChainCost);
            }

            job.ChainCost = job.Cost + behind;
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
            _late.UnionWith(
                rows.Where(job => job.Entry.Dependencies.Any(id => _jobs.TryGetValue(id, out Job? need) && _late.Contains(need))));
        }

        foreach (
            Job job in _jobs.Values.Where(static job =>
                job.Parts is not null || (job.Entry.Section == Section.Data && !job.Entry.IsStatistics)))
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

    private static bool IsOfOthers(Toc toc, Job job) =>
        job.Parts is not null && job.Entry.Kind == EntryKind.TableData && toc.TableOf(job.Entry) is null;

    // Tables that the Toc does not make were there before, with their keys: configuration tables of extensions, or all of them where only
    // data are restored. Where their rows do not say themselves what comes first, their order in the Toc does (pg_dump.c,
    // getTableDataFKConstraints and processExtensionTables); where only data are restored several connections do not keep it, as with
    // pg_restore.
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

    // A function of a user may read any materialized view: those that are filled with what such functions give come behind all others, and
    // one after the other, for which of them another reads is not known.
    private void OrderRefreshes()
    {
        List<Job> refreshes = [.. _jobs.Values.Where(static job => job.Entry.Kind == EntryKind.MaterializedViewData)];
        HashSet<Job> late = [.. refreshes.Where(job => _functions.AreCalledByQueryOf(job.Entry))];
        if (late.Count == 0)
        {
            return;
        }

        // Entries stand behind what they need.
        late.UnionWith(refreshes.Where(job => Needs(job).Any(late.Contains)));
        var early = new JobGroup();
        foreach (Job job in refreshes.Where(job => !late.Contains(job)))
        {
            early.Add(job);
        }

        Job? before = null;
        foreach (Job job in refreshes.Where(late.Contains))
        {
            if (before is not null)
            {
                before.Waiting.Add(job);
                job.NeedCount++;
            }
            else if (early.OpenCount > 0)
            {
                early.Waiting.Add(job);
                job.NeedCount++;
            }

            before = job;
        }
    }

    private IEnumerable<Job> Needs(Job job) => job.Entry.Dependencies.Select(Find).OfType<Job>();

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

    // A check, or that a column is not null, holds for tables that inherit too.
    private static bool GoesDown(Job job) =>
        job.Entry.Kind is EntryKind.Constraint or EntryKind.CheckConstraint && job.Facts.IndexMethod is null;

    private List<DumpId> WithChildren(DumpId table)
    {
        List<DumpId> result = _tree.WithPartitions(table);
        HashSet<DumpId> seen = [.. result];
        for (int i = 0; i < result.Count; i++)
        {
            result.AddRange(_children[result[i]].SelectMany(_tree.WithPartitions).Where(seen.Add));
        }

        return result;
    }

    private void Connect(Toc toc, Job job, Dictionary<DumpId, Job> rowsOfTable, Dictionary<DumpId, JobGroup> loadsOfTable)
    {
        bool isPostData = job.Entry.Section == Section.PostData;
        // What the planner is told of a table is forgotten when its load begins, which truncates it.
        bool followsRows = isPostData || job.Entry.IsStatistics;
        bool locksTables = isPostData && job.Entry.Kind is not EntryKind.Index;
        bool upgradesTables = job.Entry.Kind is EntryKind.Index && job.Facts.AltersTable;
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
        needs.UnionWith(job.LockedTables.Where(rowsOfTable.ContainsKey).Select(table => rowsOfTable[table]));

        foreach (DumpId id in job.Entry.Dependencies)
        {
            if (_jobs.TryGetValue(id, out Job? need) && !(job.Parts is not null && LeadsBack(need.Entry, job, toc, rowsOfTable)))
            {
                needs.Add(need);
            }

            if (toc[id].Kind is not EntryKind.Table)
            {
                continue;
            }

            if (job.Entry is { Section: Section.PreData, Kind: EntryKind.Table })
            {
                // Of two parents the server locks one after the other, and another child may have them the other way round.
                job.LockedTables.Add(id);
            }

            if (!followsRows)
            {
                continue;
            }

            // A key, trigger or rule of a partitioned table comes down to its partitions: it locks them, and their rows come first.
            foreach (DumpId table in GoesDown(job) ? WithChildren(id) : _tree.WithPartitions(id))
            {
                (locksTables ? job.LockedTables : job.UsedTables).Add(table);
                if (upgradesTables)
                {
                    job.UpgradedTables.Add(table);
                }

                if (rowsOfTable.TryGetValue(table, out Job? rows))
                {
                    needs.Add(rows);
                    job.TableBytes = !isPostData
                        ? 0
                        : Math.Max(job.TableBytes, Math.Max(_bytes.GetValueOrDefault(rows), rows.Entry.Rows?.EstimatedBytes ?? 0));
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
