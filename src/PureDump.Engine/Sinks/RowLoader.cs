using PureDump.Engine.Checks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Sinks;

/// <summary>Loads rows by COPY, frozen where that costs nothing, and compares what the server counted with what was sent.</summary>
/// <param name="sink">Whose connection it is.</param>
/// <param name="session">Where they go.</param>
/// <param name="runner">Switches the triggers of a table.</param>
/// <param name="entry">Whose rows.</param>
internal sealed class RowLoader(LiveSink sink, TargetSession session, StatementRunner runner, TocEntry entry) : IRowLoader
{
    // A table that is truncated gets new files, which takes longer than few rows do: those of a table whose first block is not even so
    // full.
    private const int FrozenLengthMin = 768 << 10;

    private readonly TableRows _rows = entry.Rows!;
    private IntervalCheck? _intervals;
    private CopyIn? _copy;
    private long _sentCount;
    private bool _isOnlyWriter;
    private bool _hasPath;

    /// <summary>The rows are all there is of their table, so that nobody looks at them again.</summary>
    public bool IsFreezing { get; private set; }

    /// <summary>Expects another part of the rows.</summary>
    /// <param name="isOnlyWriter">No other connection loads rows of this entry.</param>
    public void BeginPart(bool isOnlyWriter)
    {
        _isOnlyWriter = isOnlyWriter;
        IsFreezing = false;
        _copy = null;
        _sentCount = 0;
    }

    /// <summary>Looks whether the table of the target takes such rows.</summary>
    /// <exception cref="PureDumpException">It does not: <see cref="ErrorKind.TargetMismatch"/>.</exception>
    public void CheckTarget()
    {
        // Of rows as text the server finds out itself what does not fit.
        if (_rows.Format == RowFormat.Binary && !sink.HasMade(_rows))
        {
            RowTargetCheck.Check(session.Connection, _rows);
        }

        _intervals = IntervalCheck.For(session.Connection, _rows, sink.Origin, sink.Features);
    }

    /// <inheritdoc/>
    public void Write(RowBlock block)
    {
        if (_copy is null)
        {
            BeginCopy(block);
        }

        _intervals?.Look(block);
        try
        {
            _copy!.Write(block);
            _sentCount += block.RowCount;
        }
        catch (PureDumpException e)
        {
            throw sink.FailureOfRows(entry, e);
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        if (_copy is not { } copy)
        {
            return;
        }

        _copy = null;
        try
        {
            CheckTaken(copy.Complete());
            LeavePath();
        }
        catch (PureDumpException e)
        {
            throw sink.FailureOfRows(entry, e);
        }
    }

    /// <inheritdoc/>
    public void Abort()
    {
        CopyIn? copy = _copy;
        _copy = null;
        if (copy is { IsOver: false })
        {
            copy.Abort("the source of the rows failed");
        }
    }

    private void BeginCopy(RowBlock first)
    {
        // A table that was made a moment ago and that only this connection loads is truncated in the same transaction:
        // then its rows need no WAL (wal_level = minimal) and are frozen at once.
        bool isOwn =
            _isOnlyWriter && _rows.LoadInto is null && sink.HasMade(_rows) && sink.IsLoadedOnce(_rows) && !sink.Options.IsInTransaction;
        bool freeze = isOwn && first.Length >= FrozenLengthMin;
        runner.DisableTriggers(entry);
        session.BecomeOwner(entry);

        // Whether few rows are frozen nobody will notice.
        IsFreezing = isOwn;
        string sql = CopyStatement.In(_rows, first.Format, freeze);
        try
        {
            if (freeze)
            {
                session.BeginWith($"BEGIN; TRUNCATE TABLE ONLY {SqlText.Name(_rows.Schema, _rows.Table)}");
            }
            else
            {
                // How many rows it took the server says when they are there: then they must still go away.
                session.Begin();
            }

            if (sink.NeedsPath(_rows))
            {
                session.Connection.Execute(EntryRemedy.UsePath(_rows.Schema));
                _hasPath = true;
            }

            _copy = session.Connection.BeginCopyIn(sql);
        }
        catch (PureDumpException e)
        {
            throw e.Of($"{sql};\n");
        }
    }

    // Where the transaction goes on.
    private void LeavePath()
    {
        if (_hasPath && !session.IsInTransaction)
        {
            session.Connection.Execute(EntryRemedy.UseNoPath);
        }

        _hasPath = false;
    }

    // The server counts the rows that it has put into the table. Where a trigger of the target kept some away that is its right, and
    // is told; where nothing there does, they are lost.
    private void CheckTaken(long takenCount)
    {
        if (takenCount == _sentCount)
        {
            return;
        }

        string counts = $"the server took {takenCount} of the {_sentCount} rows that were sent into {PlainSqlWriter.Target(_rows)}";
        string? keeper = takenCount < _sentCount ? RowKeeper.Of(session.Connection, _rows) : null;
        if (keeper is null)
        {
            throw new PureDumpException(ErrorKind.TargetMismatch, counts);
        }

        sink.NoteLost(entry, _sentCount - takenCount);
        sink.Warn($"{counts}; {keeper} may keep rows away");
    }
}
