using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>Rows on their way into one worker of a sink: tells of each step, and of rows that moved and do not stay.</summary>
/// <param name="sink">Where they go.</param>
/// <param name="clock">Measures.</param>
/// <param name="observer">Who is told.</param>
internal sealed class RowsIntoSink(IRowWorker sink, EntryClock clock, ITransferObserver observer)
{
    // Rows that have moved and are not committed.
    private long _openCount;

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
        _openCount += rowCount;
    }

    /// <summary>The rows were all handed over.</summary>
    public void End(TocEntry entry) => OrLost(entry, sink.EndRows);

    /// <summary>The rows stay.</summary>
    public void Commit(TocEntry entry)
    {
        OrLost(entry, sink.CommitRows);
        _openCount = 0;
    }

    /// <summary>The rows must not stay.</summary>
    public void Abort(TocEntry entry)
    {
        NoteLost(entry);
        clock.InSink(sink, entry, sink.AbortRows);
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
        if (_openCount > 0)
        {
            observer.RowsLost(entry, _openCount);
            _openCount = 0;
        }
    }
}
