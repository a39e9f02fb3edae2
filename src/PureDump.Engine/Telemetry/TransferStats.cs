using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Telemetry;

/// <summary>Adds up where the time of a run goes, entry by entry and stage by stage. Told by all of its threads.</summary>
internal sealed class TransferStats
{
    private static readonly TransferStage[] s_encoding = [TransferStage.Split, TransferStage.Compress];
    private static readonly TransferStage[] s_loading = [TransferStage.Sink, TransferStage.Statement];

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly long _begun;
    private readonly Dictionary<TocEntry, EntryTimes> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly ThreadTimes _threads = new();
    private readonly WorkRecord _work = new();
    private TimeSpan? _catalog;
    private string? _database;

    /// <summary>Of a run that begins now.</summary>
    public TransferStats(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _begun = _clock.GetTimestamp();
    }

    /// <summary>How long it has gone on.</summary>
    public TimeSpan Elapsed => _clock.GetElapsedTime(_begun);

    /// <summary>The time before anything was moved: reading the catalog, or a table of contents. Of the first database of a
    /// cluster.</summary>
    public TimeSpan Catalog => _catalog ?? TimeSpan.Zero;

    /// <summary>All entries that time was spent on, in the order in which they were begun.</summary>
    public IReadOnlyList<EntryTimes> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries.Values.OrderBy(static entry => entry.Began)];
            }
        }
    }

    /// <summary>Things begin to move.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _catalog ??= Elapsed;
        }
    }

    /// <summary>Of a cluster: what follows is about this database.</summary>
    public void BeginDatabase(string name)
    {
        lock (_lock)
        {
            _database = name;
        }
    }

    /// <summary>Rows of an entry have moved.</summary>
    public void Move(TocEntry entry, int rowCount, int bytes)
    {
        lock (_lock)
        {
            Of(entry).Move(rowCount, bytes);
            _work.Move(Elapsed, rowCount, bytes);
        }
    }

    /// <summary>A worker has just been busy with an entry.</summary>
    public void Work(int worker, TocEntry entry, TimeSpan time)
    {
        TimeSpan now = Elapsed;
        lock (_lock)
        {
            _work.Add(worker, entry, now - time, now);
        }
    }

    /// <summary>What each worker was busy with; of a very long run, the first of it.</summary>
    public IReadOnlyList<WorkSpan> Spans
    {
        get
        {
            lock (_lock)
            {
                return _work.Spans;
            }
        }
    }

    /// <summary>How many rows and bytes had moved when.</summary>
    public IReadOnlyList<(TimeSpan At, long Rows, long Bytes)> Points
    {
        get
        {
            lock (_lock)
            {
                return _work.Points;
            }
        }
    }

    /// <summary>How many workers there were.</summary>
    public int WorkerCount
    {
        get
        {
            lock (_lock)
            {
                return _work.WorkerCount;
            }
        }
    }

    /// <summary>The time that all workers together had nothing to do, between the first of their work and the last; and its part of all
    /// their time.</summary>
    public (TimeSpan Time, double Share) Idle
    {
        get
        {
            lock (_lock)
            {
                return (_work.Idle, _work.IdleShare);
            }
        }
    }

    /// <summary>The calling thread has just spent some time on an entry.</summary>
    public void Spend(TocEntry entry, TransferStage stage, TimeSpan time)
    {
        TimeSpan now = Elapsed;
        lock (_lock)
        {
            Of(entry).Spend(stage, time, now);
            _threads.Add(stage, time);
        }
    }

    /// <summary>The time all threads together have spent on a stage.</summary>
    public TimeSpan Total(TransferStage stage)
    {
        lock (_lock)
        {
            return Sum(stage);
        }
    }

    /// <summary>
    /// What the run has waited for most: what kept the busiest thread that does it busy for the largest part of the time. Of a server, the
    /// entry that took longest is named, with its own part of the wall.
    /// </summary>
    /// <param name="wall">How long the run took.</param>
    /// <param name="fromServer">The source is a server.</param>
    /// <param name="intoServer">The sink is a server.</param>
    /// <returns>Null where nothing was done, or in no time.</returns>
    public Bottleneck? Find(TimeSpan wall, bool fromServer, bool intoServer)
    {
        lock (_lock)
        {
            if (wall <= TimeSpan.Zero || _entries.Count == 0)
            {
                return null;
            }

            return Candidates(wall, fromServer, intoServer).Where(static one => one.Busy > 0).MaxBy(static one => one.Busy).Bottleneck;
        }
    }

    /// <summary>The time after the last entry: bringing a file to its medium and looking at it, or the check of a copy.</summary>
    public TimeSpan Finish(TimeSpan wall)
    {
        lock (_lock)
        {
            return _entries.Count == 0 ? TimeSpan.Zero : wall - _entries.Values.Max(static entry => entry.Ended);
        }
    }

    private IEnumerable<(double Busy, Bottleneck? Bottleneck)> Candidates(TimeSpan wall, bool fromServer, bool intoServer)
    {
        bool isBetween = fromServer && intoServer;
        double catalog = Catalog / wall;
        double source = _threads.Busiest(TransferStage.Source) / wall;
        double encoding = _threads.Busiest(s_encoding) / wall;
        yield return (catalog, new Bottleneck("catalog", fromServer ? "reading the catalog" : "reading the table of contents", catalog));
        yield return (
            source,
            fromServer
                ? Longest(isBetween ? "source" : "server", wall, TransferStage.Source)
                : new Bottleneck("archive", "reading and decoding the archive", source));
        yield return (encoding, new Bottleneck("compression", "taking rows apart and compressing them", encoding));

        // Whatever the number of threads, one writes at a time.
        double output = Sum(TransferStage.Write) / wall;
        if (!intoServer)
        {
            output = Math.Max(output, encoding > 0 ? 0 : _threads.Busiest(TransferStage.Sink) / wall);
            double finish = Finish(wall) / wall;
            yield return (finish, new Bottleneck("output", "bringing the output to its medium", finish));
        }

        yield return (output, new Bottleneck("output", "writing", output));
        if (intoServer)
        {
            yield return (_threads.Busiest(s_loading) / wall, Longest(isBetween ? "target" : "server", wall, s_loading));
        }

        if (isBetween)
        {
            double check = Finish(wall) / wall;
            yield return (check, new Bottleneck("target", "the comparison in the end", check));
        }
    }

    private TimeSpan Sum(TransferStage stage) => _entries.Values.Aggregate(TimeSpan.Zero, (sum, entry) => sum + entry[stage]);

    private Bottleneck Longest(string kind, TimeSpan wall, params TransferStage[] stages)
    {
        EntryTimes longest = _entries.Values.MaxBy(entry => entry.Busiest(stages))!;
        string name = longest.Entry.Schema is null ? longest.Entry.Name : $"{longest.Entry.Schema}.{longest.Entry.Name}";
        string subject = longest.Entry.HasBlocks ? $"COPY of {name}" : longest.Entry.Label;
        return new Bottleneck(kind, subject, Math.Min(1, longest.Busiest(stages) / wall));
    }

    private EntryTimes Of(TocEntry entry)
    {
        if (!_entries.TryGetValue(entry, out EntryTimes? times))
        {
            _entries.Add(entry, times = new EntryTimes(entry, _database));
        }

        return times;
    }
}
