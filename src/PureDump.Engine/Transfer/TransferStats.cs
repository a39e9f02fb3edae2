using System.Diagnostics;
using PureDump.Formats;

namespace PureDump.Engine.Transfer;

/// <summary>Adds up where the time of a run goes, entry by entry and stage by stage. Told by all of its threads.</summary>
public sealed class TransferStats
{
    private static readonly TransferStage[] s_encoding = [TransferStage.Split, TransferStage.Compress];
    private static readonly TransferStage[] s_loading = [TransferStage.Sink, TransferStage.Statement];

    private readonly Lock _lock = new();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Dictionary<TocEntry, EntryTimes> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(TransferStage Stage, int Thread)> _threads = [];
    private TimeSpan? _catalog;
    private string? _database;

    /// <summary>How long it has gone on.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    /// <summary>The time before anything was moved: reading the catalog, or a table of contents. Of the first database of a cluster.</summary>
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
            _catalog ??= Stopwatch.GetElapsedTime(_begun);
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
        }
    }

    /// <summary>The calling thread has just spent some time on an entry.</summary>
    public void Spend(TocEntry entry, TransferStage stage, TimeSpan time)
    {
        TimeSpan now = Stopwatch.GetElapsedTime(_begun);
        lock (_lock)
        {
            Of(entry).Spend(stage, time, now);
            _threads.Add((stage, Environment.CurrentManagedThreadId));
        }
    }

    /// <summary>The time all threads together have spent on a stage.</summary>
    public TimeSpan Total(TransferStage stage)
    {
        lock (_lock)
        {
            return _entries.Values.Aggregate(TimeSpan.Zero, (sum, entry) => sum + entry[stage]);
        }
    }

    /// <summary>
    /// What the run has waited for most: whatever kept the threads that do it busy for the largest part of the time. Of a server, the
    /// entry that took longest is named, with its own part of the wall.
    /// </summary>
    /// <param name="wall">How long the run took.</param>
    /// <param name="fromServer">The source is a server.</param>
    /// <param name="intoServer">The sink is a server.</param>
    /// <returns>Null where nothing was done, or in no time.</returns>
    public Bottleneck? Find(TimeSpan wall, bool fromServer, bool intoServer)
    {
        if (wall <= TimeSpan.Zero || Entries.Count == 0)
        {
            return null;
        }

        bool isBetween = fromServer && intoServer;
        var found = new List<(double Busy, Bottleneck Bottleneck)>();
        Add(Catalog / wall, new Bottleneck("catalog", fromServer ? "reading the catalog" : "reading the table of contents", Catalog / wall));
        double source = Busy(wall, TransferStage.Source);
        Add(source, fromServer ? Longest(isBetween ? "source" : "server", wall, TransferStage.Source) : new Bottleneck("archive", "reading and decoding the archive", source));
        double encoding = Busy(wall, s_encoding);
        Add(encoding, new Bottleneck("compression", "taking rows apart and compressing them", encoding));
        double output = Busy(wall, TransferStage.Write) + (intoServer || encoding > 0 ? 0 : Busy(wall, TransferStage.Sink));
        Add(output, new Bottleneck("output", "writing", output));
        if (intoServer)
        {
            Add(Busy(wall, s_loading), Longest(isBetween ? "target" : "server", wall, s_loading));
        }

        return found.Count == 0 ? null : found.MaxBy(static one => one.Busy).Bottleneck;

        void Add(double busy, Bottleneck? bottleneck)
        {
            if (busy > 0 && bottleneck is not null)
            {
                found.Add((busy, bottleneck));
            }
        }
    }

    // The part of the wall that the threads which do it were busy with it.
    private double Busy(TimeSpan wall, params TransferStage[] stages)
    {
        lock (_lock)
        {
            int threadCount = _threads.Where(thread => stages.Contains(thread.Stage)).Select(static thread => thread.Thread).Distinct().Count();
            return threadCount == 0 ? 0 : Sum(stages) / wall / threadCount;
        }
    }

    private TimeSpan Sum(TransferStage[] stages) =>
        _entries.Values.Aggregate(TimeSpan.Zero, (sum, entry) => stages.Aggregate(sum, (sum, stage) => sum + entry[stage]));

    private Bottleneck? Longest(string kind, TimeSpan wall, params TransferStage[] stages)
    {
        EntryTimes? longest = Entries.MaxBy(entry => stages.Sum(stage => entry[stage].Ticks));
        if (longest is null)
        {
            return null;
        }

        string name = longest.Entry.Schema is null ? longest.Entry.Name : $"{longest.Entry.Schema}.{longest.Entry.Name}";
        string subject = longest.Entry.HasBlocks ? $"COPY of {name}" : longest.Entry.Label;
        return new Bottleneck(kind, subject, Math.Min(1, (longest.Ended - longest.Began) / wall));
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
