using PureDump.Formats;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>Where a Toc and its rows go: a live database or an archive.</summary>
public interface IDumpSink : IDisposable
{
    /// <summary>True where statements are run; false where they only stand in the Toc.</summary>
    bool RunsStatements { get; }

    /// <summary>True where everything must come in the order of the Toc, statements and rows, by one worker (a script).</summary>
    bool IsSequential { get; }

    /// <summary>Takes the Toc, before anything else.</summary>
    void Begin(Toc toc);

    /// <summary>Something that takes rows and runs statements, for one thread.</summary>
    ISinkWorker OpenWorker();

    /// <summary>All rows of an entry were written and every worker has ended them.</summary>
    void EndEntry(TocEntry entry);

    /// <summary>Everything was handed over: makes it last.</summary>
    void Complete();
}

/// <summary>Takes rows and runs statements on one thread.</summary>
public interface ISinkWorker : IDisposable
{
    /// <summary>Begins to take rows of an entry.</summary>
    /// <param name="entry">Whose rows.</param>
    /// <param name="isOnlyWriter">No other worker takes rows of the entry, before or at the same time.</param>
    void BeginRows(TocEntry entry, bool isOnlyWriter);

    /// <summary>Takes a block; it belongs to the sink from then on, whatever happens.</summary>
    void Write(RowBlock block);

    /// <summary>Ends what <see cref="BeginRows"/> began: the rows are there.</summary>
    void EndRows();

    /// <summary>Gives up what <see cref="BeginRows"/> began, where the source failed: the rows must not stay.</summary>
    void AbortRows();

    /// <summary>
    /// How long rows have kept the sink busy since this was last asked, where a thread of its own takes them; null where that is what the
    /// calls above take.
    /// </summary>
    TimeSpan? TakeRowTime() => null;

    /// <summary>Removes the object of an entry, for <c>--clean</c>.</summary>
    void Drop(TocEntry entry, bool ifExists);

    /// <summary>Runs the statements of an entry.</summary>
    void Run(TocEntry entry);

    /// <summary>Cuts off whatever the worker is waiting for, from another thread.</summary>
    void Abort();
}
