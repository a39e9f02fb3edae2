using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Telemetry;

/// <summary>Where the time of one entry went.</summary>
internal sealed class EntryTimes
{
    private readonly TimeSpan[] _spent = new TimeSpan[Enum.GetValues<TransferStage>().Length];

    private readonly ThreadTimes _threads = new();

    internal EntryTimes(TocEntry entry, string? database)
    {
        Entry = entry;
        Database = database;
    }

    /// <summary>Whose.</summary>
    public TocEntry Entry { get; }

    /// <summary>Of a cluster: the database it belongs to; else null.</summary>
    public string? Database { get; }

    /// <summary>When something was first done for it, from the begin of the run.</summary>
    public TimeSpan Began { get; private set; } = TimeSpan.MaxValue;

    /// <summary>When something was last done for it.</summary>
    public TimeSpan Ended { get; private set; }

    /// <summary>Rows moved.</summary>
    public long RowCount { get; private set; }

    /// <summary>Bytes moved, not compressed.</summary>
    public long Bytes { get; private set; }

    /// <summary>The time all threads together have spent on a stage.</summary>
    public TimeSpan this[TransferStage stage] => _spent[(int)stage];

    internal void Spend(TransferStage stage, TimeSpan time, TimeSpan now)
    {
        _spent[(int)stage] += time;
        _threads.Add(stage, time);
        Began = now - time < Began ? now - time : Began;
        Ended = now > Ended ? now : Ended;
    }

    internal TimeSpan Busiest(params TransferStage[] stages) => _threads.Busiest(stages);

    internal void Move(int rowCount, int bytes)
    {
        RowCount += rowCount;
        Bytes += bytes;
    }
}
