using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Jobs;

/// <summary>
/// Blocks out of a stream, waiting for workers, and who holds rows of what. Not locked by itself: the workers share one lock around it.
/// </summary>
/// <remarks>
/// <para>A worker stays with an entry while there are blocks of it, and leaves it when only others wait. Where the rows of an entry are to
/// be there together, a worker that leaves it holds them in its open transaction, and takes blocks of other entries into the same one;
/// what is held together is committed together, when all of it has come.</para>
/// <para>The fewer entries are held together the sooner that is. So a new entry goes to a worker that holds nothing, where one waits; and a
/// worker that helps with an entry of another holds nothing else.</para>
/// </remarks>
/// <param name="areHeld">Whether the rows of an entry are to be there together; else they are committed whenever a worker leaves them.
/// </param>
internal sealed class StreamQueue(Func<TocEntry, bool>? areHeld = null)
{
    // A second worker joins an entry only where the first falls behind: small tables keep the order of their rows.
    private const int BacklogMin = 4;

    private readonly Dictionary<DumpId, Waiting> _entries = [];
    private readonly Dictionary<object, Holder> _holders = [];
    private readonly LinkedList<Waiting> _order = new();

    /// <summary>True where the stream has come to its end.</summary>
    public bool IsAtEnd { get; set; }

    /// <summary>The stream waits until entries are loaded that have come whole: what is held with them is committed too, come or not.
    /// </summary>
    public bool IsWaitedFor { get; set; }

    /// <summary>Adds a block.</summary>
    public void Push(TocEntry entry, RowBlock block)
    {
        Waiting waiting = Of(entry);
        waiting.Blocks.Enqueue(block);
        if (waiting.Blocks.Count == 1)
        {
            waiting.Node = _order.AddLast(waiting);
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
        Holder me = Of(worker);
        (me.IsWaiting, me.HasOpen) = (true, open is not null);
        if (open is not null)
        {
            Waiting mine = Of(open);
            if (mine.MayBeTakenBy(worker))
            {
                block = Take(mine, me);
                entry = open;
                return true;
            }

            if (mine.RowHolder == worker)
            {
                // In the middle of a row: its next piece is the very next thing in the stream.
                return false;
            }
        }

        for (LinkedListNode<Waiting>? node = me.IsEnding ? null : _order.First; node is not null; node = node.Next)
        {
            if (!node.Value.MayBeTakenBy(worker) || !SuitsTo(me, node.Value))
            {
                continue;
            }

            if (open is not null)
            {
                return true;
            }

            me.Hold(node.Value);
            block = Take(node.Value, me);
            entry = node.Value.Entry;
            return true;
        }

        return open is not null && Of(open).IsEnded;
    }

    /// <summary>True for a worker that has the first piece of a row and must get the rest.</summary>
    public bool IsInsideRow(object worker, TocEntry open) => Of(open).RowHolder == worker;

    /// <summary>Whether a worker that leaves an entry keeps what it has taken in.</summary>
    public bool AreHeld(TocEntry entry) => areHeld?.Invoke(entry) == true;

    /// <summary>True where all is there that is held together with what a worker holds: each of the workers is to commit, or to give up
    /// what failed, and to release it.</summary>
    public bool MustEnd(object worker)
    {
        Holder me = Of(worker);
        if (me.IsEnding || me.Held.Count == 0)
        {
            return me.IsEnding;
        }

        HashSet<Holder> together = [me];
        HashSet<Waiting> held = [];
        var open = new Stack<Holder>(together);
        while (open.TryPop(out Holder? one))
        {
            foreach (Holder other in one.Held.Where(held.Add).SelectMany(static waiting => waiting.Holders).Where(together.Add))
            {
                open.Push(other);
            }
        }

        bool isComplete = held.All(static waiting => waiting.IsEnded && waiting.Blocks.Count == 0);
        bool isWaitedFor = IsWaitedFor && held.Any(static waiting => waiting.IsEnded) && held.All(static one => one.RowHolder is null);
        if ((!isComplete && !isWaitedFor) || together.Any(static one => !one.IsWaiting || one.HasOpen))
        {
            return false;
        }

        foreach (Holder one in together)
        {
            one.IsEnding = true;
        }

        return true;
    }

    /// <summary>Says that a worker holds nothing of an entry any more. True where that was the last of it.</summary>
    public bool Release(object worker, TocEntry entry)
    {
        Waiting waiting = Of(entry);
        Of(worker).Release(waiting);
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

    private bool SuitsTo(Holder me, Waiting waiting)
    {
        if (waiting.Holders.Contains(me))
        {
            return true;
        }

        if (waiting.Holders.Count > 0)
        {
            // Two transactions that put pieces of one large object wait for each other.
            return me.Held.Count == 0 && waiting.Blocks.Count >= BacklogMin && waiting.Entry.Kind != EntryKind.LargeObjects;
        }

        return me.Held.Count == 0 || (!me.Helps && !_holders.Values.Any(static one => one.IsWaiting && one.Held.Count == 0));
    }

    private static RowBlock Take(Waiting waiting, Holder me)
    {
        RowBlock block = waiting.Blocks.Dequeue();
        waiting.RowHolder = block.Continues ? me.Worker : null;
        me.IsWaiting = false;
        if (waiting.Blocks.Count == 0)
        {
            waiting.Node?.List?.Remove(waiting.Node);
        }

        return block;
    }

    private Holder Of(object worker)
    {
        if (!_holders.TryGetValue(worker, out Holder? holder))
        {
            _holders.Add(worker, holder = new Holder(worker));
        }

        return holder;
    }

    private Waiting Of(TocEntry entry)
    {
        if (!_entries.TryGetValue(entry.Id, out Waiting? waiting))
        {
            _entries.Add(entry.Id, waiting = new Waiting(entry));
        }

        return waiting;
    }

    /// <summary>A worker, and what it holds rows of.</summary>
    private sealed class Holder(object worker)
    {
        public object Worker { get; } = worker;

        public List<Waiting> Held { get; } = [];

        // It asks for something to do: it is in the middle of nothing but what it has open.
        public bool IsWaiting { get; set; }

        public bool HasOpen { get; set; }

        // What it holds is to be committed.
        public bool IsEnding { get; set; }

        // What it holds another worker held before it.
        public bool Helps { get; private set; }

        public void Hold(Waiting waiting)
        {
            if (waiting.Holders.Contains(this))
            {
                return;
            }

            Helps = waiting.Holders.Count > 0;
            Held.Add(waiting);
            waiting.Holders.Add(this);
        }

        public void Release(Waiting waiting)
        {
            Held.Remove(waiting);
            waiting.Holders.Remove(this);
            Helps &= Held.Count > 0;
            IsEnding &= Held.Count > 0;
        }
    }

    /// <summary>An entry, and its blocks.</summary>
    private sealed class Waiting(TocEntry entry)
    {
        public TocEntry Entry { get; } = entry;

        public Queue<RowBlock> Blocks { get; } = new();

        public LinkedListNode<Waiting>? Node { get; set; }

        public bool IsEnded { get; set; }

        public List<Holder> Holders { get; } = [];

        // The worker that has got the first piece of a row and must get the rest.
        public object? RowHolder { get; set; }

        public bool IsDone => IsEnded && Holders.Count == 0 && Blocks.Count == 0;

        public bool MayBeTakenBy(object worker) => Blocks.Count > 0 && (RowHolder is null || RowHolder == worker);
    }
}
