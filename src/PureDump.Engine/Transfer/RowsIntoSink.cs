using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>Rows on their way into one worker of a sink: tells of each step, and of rows that moved and do not stay.</summary>
/// <param name="sink">Where they go.</param>
/// <param name="clock">Measures.</param>
/// <param name="observer">Who is told.</param>
internal sealed class RowsIntoSink(IRowWorker sink, EntryClock clock, ITransferObserver observer)
{
    // How many rows have moved and are not committed.
    private readonly Dictionary<DumpId, (TocEntry Entry, long Count)> _open = [];

    /// <summary>Begins rows of an entry; a block that cannot go in then is disposed of.</summary>
    public void Begin(TocEntry entry, bool isOnlyWriter, RowBlock? first = null)
    {
        try
        {
            clock.InSink(sink, entry, () => sink.BeginRows(entry, isOnlyWriter));
        }
        catch
        {
            first?.Dispose();
            throw;
        }
    }

    /// <summary>Hands over a block.</summary>
    public void Write(TocEntry entry, RowBlock block)
    {
        int rowCount = block.RowCount;
        int length = block.Length;
        clock.InSink(sink, entry, () => sink.Write(block));
        observer.BlockMoved(entry, rowCount, length);
        _open[entry.Id] = (entry, _open.GetValueOrDefault(entry.Id).Count + rowCount);
    }

    /// <summary>The rows were all handed over.</summary>
    public void End(TocEntry entry) => OrLost(entry, sink.EndRows);

    /// <summary>All rows that were ended stay.</summary>
    public void Commit()
    {
        TocEntry? first = _open.Values.Select(static open => open.Entry).FirstOrDefault();
        try
        {
            if (first is null)
            {
                sink.CommitRows();
            }
            else
            {
                clock.InSink(sink, first, sink.CommitRows);
            }
        }
        catch
        {
            foreach ((TocEntry entry, _) in _open.Values.ToArray())
            {
                NoteLost(entry);
            }

            throw;
        }

        _open.Clear();
    }

    /// <summary>The rows of the entry that was begun last must not stay.</summary>
    public void Abort(TocEntry entry)
    {
        NoteLost(entry);
        clock.InSink(sink, entry, sink.AbortRows);
    }

    /// <summary>The rows of an entry that was ended, and is not committed, must not stay.</summary>
    public void Discard(TocEntry entry)
    {
        NoteLost(entry);
        clock.InSink(sink, entry, () => sink.DiscardRows(entry));
    }

    private void OrLost(TocEntry entry, Action step)
    {
        try
        {
            clock.InSink(sink, entry, step);
        }
        catch
        {
            NoteLost(entry);
            throw;
        }
    }

    private void NoteLost(TocEntry entry)
    {
        if (_open.Remove(entry.Id, out (TocEntry Entry, long Count) open) && open.Count > 0)
        {
            observer.RowsLost(entry, open.Count);
        }
    }
}
