using PureDump.Formats.Entries;

namespace PureDump.Cli.Talking;

/// <summary>Counts what a transfer has moved. Told by all of its threads.</summary>
internal sealed class TransferTally
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DumpId, EntryProgress> _inWork = [];
    private long _estimatedTotal;
    private long _estimatedDone;
    private int _statementCount;
    private string? _statement;
    private string? _database;

    /// <summary>Rows moved.</summary>
    public long RowCount { get; private set; }

    /// <summary>Bytes moved, not compressed.</summary>
    public long Bytes { get; private set; }

    /// <summary>Entries with rows.</summary>
    public int EntryCount { get; private set; }

    /// <summary>Entries whose rows have all moved.</summary>
    public int EntryDoneCount { get; private set; }

    /// <summary>A transfer begins.</summary>
    public void Begin(Toc toc, long estimatedBytes)
    {
        lock (_lock)
        {
            EntryCount = toc.Entries.Count(entry => entry.HasBlocks);
            _estimatedTotal = estimatedBytes;
        }
    }

    /// <summary>Of a cluster: a database begins. What was counted of the one before stays, but for how far it is.</summary>
    public void BeginDatabase(string name)
    {
        lock (_lock)
        {
            _database = name;
            _inWork.Clear();
            _statement = null;
            EntryCount = 0;
            EntryDoneCount = 0;
            _estimatedTotal = 0;
            _estimatedDone = 0;
        }
    }

    /// <summary>Rows of an entry begin to move.</summary>
    public void BeginEntry(TocEntry entry)
    {
        lock (_lock)
        {
            _ = Of(entry);
        }
    }

    /// <summary>Rows of an entry have moved; a negative number: they did not come to stay.</summary>
    public void Add(TocEntry entry, long rowCount, int bytes)
    {
        lock (_lock)
        {
            EntryProgress progress = Of(entry);
            progress.RowCount += rowCount;
            progress.Bytes += bytes;
            RowCount += rowCount;
            Bytes += bytes;
        }
    }

    /// <summary>All rows of an entry have moved; gives what they came to.</summary>
    public EntryProgress EndEntry(TocEntry entry)
    {
        lock (_lock)
        {
            EntryProgress progress = Of(entry);
            _inWork.Remove(entry.Id);
            _estimatedDone += progress.EstimatedBytes;
            EntryDoneCount++;
            return progress;
        }
    }

    /// <summary>A statement is about to run.</summary>
    public void BeginStatement(TocEntry entry)
    {
        lock (_lock)
        {
            _statementCount++;
            _statement = entry.Label;
        }
    }

    /// <summary>Where the transfer stands.</summary>
    public TransferState State()
    {
        lock (_lock)
        {
            double done = _estimatedDone + _inWork.Values.Sum(entry => Math.Min(entry.Bytes, (double)entry.EstimatedBytes));
            return new TransferState
            {
                Database = _database,
                InWork = [.. _inWork.Values.OrderByDescending(entry => entry.EstimatedBytes).Select(entry => entry.Copy())],
                RowCount = RowCount,
                Bytes = Bytes,
                EntryCount = EntryCount,
                EntryDoneCount = EntryDoneCount,
                StatementCount = _statementCount,
                Statement = _statement,
                Fraction = _estimatedTotal > 0 ? Math.Min(1, done / _estimatedTotal) : null,
            };
        }
    }

    private EntryProgress Of(TocEntry entry)
    {
        if (!_inWork.TryGetValue(entry.Id, out EntryProgress? progress))
        {
            string name = entry.Schema is null ? entry.Name : $"{entry.Schema}.{entry.Name}";
            _inWork.Add(entry.Id, progress = new EntryProgress(name, entry.Rows?.EstimatedBytes ?? 0));
        }

        return progress;
    }
}
