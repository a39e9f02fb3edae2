using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Engine.Transfer;

/// <summary>
/// Is told what a transfer does, for a display or a log. Called from the transfer's threads, some at the same time;
/// must return at once.
/// </summary>
internal interface ITransferObserver
{
    /// <summary>The transfer is about to begin.</summary>
    /// <param name="toc">What is transferred.</param>
    /// <param name="estimatedBytes">The size of all rows as far as it can be told, in bytes.</param>
    void Begin(Toc toc, long estimatedBytes);

    /// <summary>Of a cluster: a database is about to be dumped or restored; what follows is about it.</summary>
    /// <param name="name">Of the database; empty for what belongs to none.</param>
    void DatabaseBegins(string name)
    {
    }

    /// <summary>Rows of an entry begin to move.</summary>
    void EntryBegins(TocEntry entry);

    /// <summary>A block of an entry has moved.</summary>
    /// <param name="entry">Whose.</param>
    /// <param name="rowCount">Rows that begin in it.</param>
    /// <param name="bytes">Its length, not compressed.</param>
    void BlockMoved(TocEntry entry, int rowCount, int bytes);

    /// <summary>Rows that have moved did not come to stay: their entry failed behind them, or something at the target kept them
    /// away.</summary>
    /// <param name="entry">Whose.</param>
    /// <param name="rowCount">How many of them.</param>
    void RowsLost(TocEntry entry, long rowCount)
    {
    }

    /// <summary>The calling thread has just spent some time on an entry; several times for each block.</summary>
    /// <param name="entry">Whose.</param>
    /// <param name="stage">On what.</param>
    /// <param name="time">How long.</param>
    void Spent(TocEntry entry, TransferStage stage, TimeSpan time)
    {
    }

    /// <summary>A worker has just been busy with an entry: with its statements, or with a part of its rows.</summary>
    /// <param name="worker">Which, from 0.</param>
    /// <param name="entry">With what.</param>
    /// <param name="time">How long.</param>
    void Worked(int worker, TocEntry entry, TimeSpan time)
    {
    }

    /// <summary>All rows of an entry have moved.</summary>
    void EntryEnds(TocEntry entry);

    /// <summary>The statements of an entry are about to run.</summary>
    void StatementBegins(TocEntry entry);

    /// <summary>An entry failed and the transfer goes on without it.</summary>
    void EntryFailed(TocEntry entry, PureDumpException error);

    /// <summary>Something the user should know.</summary>
    void Warn(string message);

    /// <summary>Something a server said while it ran a statement, which did not fail.</summary>
    void Notice(ServerReport message) => Warn(message.ToWarning());
}
