using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>Where a Toc and its rows go: an <see cref="IRowSink"/> or an <see cref="IStatementSink"/>.</summary>
internal interface IDumpSink : IDisposable
{
    /// <summary>Takes the Toc, before anything else.</summary>
    void Begin(Toc toc);

    /// <summary>All rows of an entry were written and every worker has committed them.</summary>
    void EndEntry(TocEntry entry);

    /// <summary>Everything was handed over: makes it last.</summary>
    void Complete();

    /// <summary>Instead of <see cref="Complete"/>: nothing more comes, and nobody works any more. What is there by halves is taken away, or
    /// told.</summary>
    void GiveUp()
    {
    }
}

/// <summary>A sink of rows; statements only stand in its Toc: an archive.</summary>
internal interface IRowSink : IDumpSink
{
    /// <summary>Something that takes rows, for one thread.</summary>
    IRowWorker OpenWorker();
}

/// <summary>A sink that runs statements, or writes them down, and takes rows: a live database, a script.</summary>
internal interface IStatementSink : IDumpSink
{
    /// <summary>Something that runs statements and takes rows, for one thread.</summary>
    IStatementWorker OpenWorker();
}

/// <summary>
/// Takes rows on one thread. Those of one entry come between <see cref="BeginRows"/> and <see cref="EndRows"/>, several times where it
/// takes several parts of the entry, and then <see cref="CommitRows"/>; or <see cref="AbortRows"/> at any point between. Rows of several
/// entries may be ended, one after the other and over again, before they are committed together.
/// </summary>
internal interface IRowWorker : IDisposable
{
    /// <summary>
    /// Before <see cref="BeginRows"/>, where several workers keep what they take in until all are done: gets what the others could be made
    /// to wait for otherwise.
    /// </summary>
    /// <returns>False where somebody else is in the way: this worker is not to take rows of the entry now.</returns>
    bool TryJoin(TocEntry entry) => true;

    /// <summary>Begins to take rows of an entry: that whose rows are not committed yet, where there are such.</summary>
    /// <param name="entry">Whose rows.</param>
    /// <param name="isOnlyWriter">No other worker takes rows of the entry, before or at the same time.</param>
    void BeginRows(TocEntry entry, bool isOnlyWriter);

    /// <summary>Takes a block; it belongs to the sink from then on, whatever happens.</summary>
    void Write(RowBlock block);

    /// <summary>Ends what <see cref="BeginRows"/> began: the sink has taken the rows, and can still give them up.</summary>
    void EndRows();

    /// <summary>Makes the rows of all parts that were ended stay.</summary>
    void CommitRows();

    /// <summary>Gives up all rows that were not committed of the entry that was begun last: they must not stay.</summary>
    void AbortRows();

    /// <summary>Gives up rows of an entry that were ended and not committed; nothing of it where there are none.</summary>
    void DiscardRows(TocEntry entry) => AbortRows();

    /// <summary>Takes away rows that this worker or another one has committed, of an entry that failed after that.</summary>
    void RemoveRows(TocEntry entry);

    /// <summary>
    /// How long rows have kept the sink busy since this was last asked, where a thread of its own takes them; null where that is what the
    /// calls above take.
    /// </summary>
    TimeSpan? TakeRowTime() => null;

    /// <summary>Cuts off whatever the worker is waiting for, from another thread.</summary>
    void Abort();
}

/// <summary>As <see cref="IRowWorker"/>, and runs statements on the same thread.</summary>
internal interface IStatementWorker : IRowWorker
{
    /// <summary>Removes the object of an entry, for <c>--clean</c>.</summary>
    void Drop(TocEntry entry, bool ifExists);

    /// <summary>Runs the statements of an entry.</summary>
    void Run(TocEntry entry);
}
