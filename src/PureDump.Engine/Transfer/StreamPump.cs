using System.Diagnostics;
using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>Reads a stream on one thread and hands its blocks to the workers.</summary>
/// <param name="source">The stream.</param>
/// <param name="board">Where the workers take them.</param>
/// <param name="pool">Of the blocks.</param>
/// <param name="observer">Is told of the time.</param>
/// <param name="stopping">Ends it, but for a pipe that stays silent.</param>
internal sealed class StreamPump(
    IStreamSource source,
    WorkBoard board,
    RowBlockPool pool,
    ITransferObserver observer,
    CancellationToken stopping)
{
    /// <summary>Reads to the end.</summary>
    public void Run()
    {
        // Entries of which all has come, and not all is loaded.
        var ending = new List<Job>();
        StreamEvent next;
        do
        {
            next = Read(out TocEntry? entry, out RowBlock block);
            Job? job = entry is null ? null : board.Find(entry);
            if (next == StreamEvent.Block && job is not null)
            {
                board.Push(entry!, block, ending);
                continue;
            }

            block.Dispose();
            if (next == StreamEvent.End)
            {
                board.EndOfStream();
            }
            else if (next == StreamEvent.EntryEnd && job is not null)
            {
                ending.Add(job);
                board.EndOfEntry(entry!);
            }
        }
        while (next != StreamEvent.End);
    }

    // Whose block it is, and was waited for, shows only when it is there.
    private StreamEvent Read(out TocEntry? entry, out RowBlock block)
    {
        long waiting = Stopwatch.GetTimestamp();
        block = pool.Rent(stopping);
        long reading = Stopwatch.GetTimestamp();
        try
        {
            StreamEvent next = source.ReadStream(block, out entry);
            if (entry is not null)
            {
                observer.Spent(entry, TransferStage.Wait, Stopwatch.GetElapsedTime(waiting, reading));
                observer.Spent(entry, TransferStage.Source, Stopwatch.GetElapsedTime(reading));
            }

            return next;
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }
}
