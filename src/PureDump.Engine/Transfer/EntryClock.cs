using System.Diagnostics;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Transfer;

/// <summary>Tells an observer what the calling thread spends its time on, entry by entry.</summary>
/// <param name="observer">Who is told.</param>
internal sealed class EntryClock(ITransferObserver observer)
{
    /// <summary>It was so since a moment, of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    /// <returns>The moment until which it was.</returns>
    public long Spent(TocEntry entry, TransferStage stage, long since)
    {
        long now = Stopwatch.GetTimestamp();
        observer.Spent(entry, stage, Stopwatch.GetElapsedTime(since, now));
        return now;
    }

    /// <summary>
    /// Does something in a sink. Where a thread behind takes the rows, a call takes as long as it waits for that one. Time counts too where
    /// it ends in an error.
    /// </summary>
    public void InSink(IRowWorker sink, TocEntry entry, Action step)
    {
        long since = Stopwatch.GetTimestamp();
        try
        {
            step();
        }
        finally
        {
            TimeSpan? behind = sink.TakeRowTime();
            Spent(entry, behind is null ? TransferStage.Sink : TransferStage.Wait, since);
            if (behind is TimeSpan time)
            {
                observer.Spent(entry, TransferStage.Sink, time);
            }
        }
    }
}
