using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Jobs;

/// <summary>
/// Blocks out of a stream, waiting for workers. A worker keeps the entry it has begun while there are blocks of it, and
/// leaves it when only others wait. Not locked by itself: the workers share one lock around it.
/// </summary>
internal sealed class StreamQueue
{
    // A second worker joins an entry only where the first falls behind: small tables keep the order of their rows.
    private const int BacklogMin = 4;

    private readonly Dictionary<DumpId, Waiting> _entries = [];
    private readonly LinkedList<Waiting> _order = new();

    /// <summary>True where the stream has come to its end.</summary>
    public bool IsAtEnd { get; set; }

    /// <summary>Adds a block.</summary>
    public void Push(TocEntry entry, RowBlock block)
    {
        Waiting waiting = Of(entry);
        waiting.Blocks.Enqueue(block);
        if (waiting.Blocks.Count == 1)
        {
            _order.AddLast(waiting);
        }
    }

    /// <summary>Says that no more blocks of an entry will come. True where nobody holds the entry and none are waiting.</summary>
    public bool End(TocEntry entry)
    {
        Waiting waiting = Of(entry);
        waiting.IsEnded = true;
        return waiting.IsDone;
    }

    /// <summary>Finds something for a worker.</summary>
    /// <param name="worker">Which worker asks.</param>
    /// <param name="open">The entry it has begun, or null.</param>
    /// <param name="block">The block to write; null with a true result: end <paramref name="open"/> first.</param>
    /// <param name="entry">The entry of the block.</param>
    /// <returns>False where there is nothing to do for this worker now.</returns>
    public bool TryTake(object worker, TocEntry? open, out RowBlock? block, out TocEntry? entry)
    {
        block = null;
        entry = null;
        if (open is not null)
        {
            Waiting mine = Of(open);
            if (mine.MayBeTakenBy(worker))
            {
                block = Take(mine, worker);
                entry = open;
                return true;
            }

            if (mine.RowHolder == worker)
            {
                // In the middle of a row: its next piece is the very next thing in the stream.
                return false;
            }
        }

        for (LinkedListNode<Waiting>? node = _order.First; node is not null; node = node.Next)
        {
            if (!node.Value.MayBeTakenBy(worker) || (node.Value.HolderCount > 0 && node.Value.Blocks.Count < BacklogMin))
            {
                continue;
            }

            if (open is not null)
            {
                return true;
            }

            node.Value.HolderCount++;
            block = Take(node.Value, worker);
            entry = node.Value.Entry;
            return true;
        }

        return open is not null && Of(open).IsEnded;
    }

    /// <summary>True for a worker that has the first piece of a row and must get the rest.</summary>
    public bool IsInsideRow(object worker, TocEntry open) => Of(open).RowHolder == worker;

    /// <summary>Says that a worker has ended an entry. True where that was the last of it.</summary>
    public bool Release(TocEntry entry)
    {
        Waiting waiting = Of(entry);
        waiting.HolderCount--;
        return waiting.IsDone;
    }

    /// <summary>Gives back the blocks that nobody will take any more.</summary>
    public void Discard()
    {
        foreach (Waiting waiting in _entries.Values)
        {
            while (waiting.Blocks.TryDequeue(out RowBlock? block))
            {
                block.Dispose();
            }
        }

        _order.Clear();
    }

    private RowBlock Take(Waiting waiting, object worker)
    {
        RowBlock block = waiting.Blocks.Dequeue();
        waiting.RowHolder = block.Continues ? worker : null;
        if (waiting.Blocks.Count == 0)
        {
            _order.Remove(waiting);
        }

        return block;
    }

    private Waiting Of(TocEntry entry)
    {
        if (!_entries.TryGetValue(entry.Id, out Waiting? waiting))
        {
            _entries.Add(entry.Id, waiting = new Waiting(entry));
        }

        return waiting;
    }

    private sealed class Waiting(TocEntry entry)
    {
        public TocEntry Entry { get; } = entry;

        public Queue<RowBlock> Blocks { get; } = new();

        public bool IsEnded { get; set; }

        public int HolderCount { get; set; }

        // The worker that has got the first piece of a row and must get the rest.
        public object? RowHolder { get; set; }

        public bool IsDone => IsEnded && HolderCount == 0 && Blocks.Count == 0;

        public bool MayBeTakenBy(object worker) => Blocks.Count > 0 && (RowHolder is null || RowHolder == worker);
    }
}
