using PureDump.Engine.Transfer;

namespace PureDump.Engine.Telemetry;

/// <summary>The time each thread has spent on each stage; few of either, so they stand in a list. Not locked by itself.</summary>
internal sealed class ThreadTimes
{
    private readonly List<(TransferStage Stage, int Thread, TimeSpan Time)> _times = new(2);

    /// <summary>The calling thread has spent some time on a stage.</summary>
    public void Add(TransferStage stage, TimeSpan time)
    {
        int thread = Environment.CurrentManagedThreadId;
        for (int i = 0; i < _times.Count; i++)
        {
            if (_times[i].Stage == stage && _times[i].Thread == thread)
            {
                _times[i] = (stage, thread, _times[i].Time + time);
                return;
            }
        }

        _times.Add((stage, thread, time));
    }

    /// <summary>The time of the thread that has spent most of it on all of these stages together: so long the wall's clock ran at
    /// least.</summary>
    public TimeSpan Busiest(params TransferStage[] stages) =>
        _times.Where(one => stages.Contains(one.Stage)).GroupBy(static one => one.Thread)
            .Select(static thread => thread.Aggregate(TimeSpan.Zero, static (sum, one) => sum + one.Time))
            .DefaultIfEmpty(TimeSpan.Zero).Max();
}
