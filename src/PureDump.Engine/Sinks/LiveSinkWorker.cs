using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Sinks;

/// <summary>
/// One connection to the database that is restored into. What an entry says is run by its <see cref="StatementRunner"/>, rows by the
/// <see cref="IRowLoader"/> of their kind; here is which of them, and when what they loaded is committed.
/// </summary>
internal sealed class LiveSinkWorker : IStatementWorker
{
    private const string LockNotAvailable = "55P03";
    private const int JoinPatienceMs = 1000;
    private const string Savepoint = "puredump_rows";

    private readonly LiveSink _sink;
    private readonly TargetSession _session;
    private readonly StatementRunner _runner;
    private readonly bool _ownsConnection;
    private TocEntry? _entry;
    private RowLoader? _rows;
    private IRowLoader? _loader;

    // Whose rows the open transaction holds, and by what they were loaded where that is COPY.
    private readonly Dictionary<DumpId, (TocEntry Entry, RowLoader? Loader)> _held = [];

    // The rows that are begun can be given up without the others.
    private bool _hasSavepoint;
    private bool _isOnlyWriter;
    private bool _isInhibited;

    /// <summary>A worker over an open connection.</summary>
    public LiveSinkWorker(LiveSink sink, WireConnection connection, bool ownsConnection)
    {
        _sink = sink;
        _session = new TargetSession(sink, connection);
        _runner = new StatementRunner(sink, _session);
        _ownsConnection = ownsConnection;
    }

    // With the lock that COPY takes: who waits for a stronger one waits for those that have joined, and they would wait for this one.
    /// <inheritdoc/>
    public bool TryJoin(TocEntry entry)
    {
        if (entry.Rows is not { } rows || _session.IsInTransaction || _sink.Options.IsInTransaction)
        {
            return true;
        }

        _session.SetUp(entry);
        _session.BecomeOwner(entry);
        (_entry, _rows, _loader, _isOnlyWriter) = (entry, null, null, false);
        _session.BeginWith("BEGIN");
        try
        {
            _session.Connection.Execute(
                $"SET LOCAL lock_timeout = {JoinPatienceMs}; LOCK TABLE ONLY {SqlText.Name(rows.Schema, rows.Table)} IN ROW EXCLUSIVE "
                    + "MODE; SET LOCAL lock_timeout = 0",
                TransactionState.InTransaction);
            return true;
        }
        catch (PureDumpException e) when (e.SqlState == LockNotAvailable)
        {
            RollBack();
            return false;
        }
    }

    /// <inheritdoc/>
    public void BeginRows(TocEntry entry, bool isOnlyWriter)
    {
        _session.SetUp(entry);
        bool isAnotherPart = _session.IsInTransaction && _held.ContainsKey(entry.Id);
        bool isBesideOthers = _session.IsInTransaction && _held.Keys.Any(id => id != entry.Id);
        (_entry, _isOnlyWriter, _loader) = (entry, isOnlyWriter, null);
        _rows = isAnotherPart ? _held[entry.Id].Loader
            : entry.Rows is null ? null
            : new RowLoader(_sink, _session, _runner, entry);
        _rows?.BeginPart(isOnlyWriter);
        _isInhibited = entry.Rows is not null && _sink.IsInhibited(entry.Rows);
        if (isBesideOthers)
        {
            _session.Connection.Execute($"SAVEPOINT {Savepoint}", TransactionState.InTransaction);
            _hasSavepoint = true;
        }

        if (!_isInhibited && !isAnotherPart)
        {
            _rows?.CheckTarget();
        }
    }

    /// <inheritdoc/>
    public void Write(RowBlock block)
    {
        using (block)
        {
            if (_isInhibited)
            {
                return;
            }

            _loader ??= LoaderOf(block);
            _loader.Write(block);
        }
    }

    /// <inheritdoc/>
    public void EndRows()
    {
        _loader?.End();
        if (_hasSavepoint)
        {
            _hasSavepoint = false;
            _session.Connection.Execute($"RELEASE SAVEPOINT {Savepoint}", TransactionState.InTransaction);
        }

        _held[_entry!.Id] = (_entry, _rows);
    }

    /// <inheritdoc/>
    public void CommitRows()
    {
        TocEntry[] held = [.. _held.Values.Select(static held => held.Entry)];
        bool isFrozen = _rows is { IsFreezing: true };
        _held.Clear();
        try
        {
            if (!_isOnlyWriter)
            {
                // Before: a connection that is cut while the server commits never hears of it.
                Array.ForEach(held, _sink.NoteLoadedInPart);
            }

            if (_session.IsInTransaction)
            {
                Commit(held);
                if (isFrozen)
                {
                    _sink.NoteFrozen(_entry!.Rows!);
                }
            }
        }
        catch (PureDumpException e)
        {
            throw _sink.FailureOfRows(_entry!, e);
        }

        if (_entry is not null)
        {
            _runner.EnableTriggers(_entry);
        }
    }

    /// <inheritdoc/>
    public void RemoveRows(TocEntry entry)
    {
        if (!_sink.IsLoadedInPart(entry))
        {
            return;
        }

        if (!_sink.IsRemovable(entry))
        {
            _sink.Warn(
                $"{entry.Label}: a part of the rows was there before the failure and stays: they came out of a pipe, into what was "
                    + "there before");
            return;
        }

        _runner.Step(
            entry,
            $"TRUNCATE TABLE ONLY {SqlText.Name(entry.Rows!.Schema, entry.Rows.Table)}",
            "could not remove the rows that came before the failure");
    }

    /// <inheritdoc/>
    public void AbortRows() => OrCut(() =>
    {
        _loader?.Abort();
        if (_hasSavepoint)
        {
            _hasSavepoint = false;
            _session.Connection.Execute(
                $"ROLLBACK TO SAVEPOINT {Savepoint}; RELEASE SAVEPOINT {Savepoint}", TransactionState.InTransaction);
            TakeOut(_entry!);
        }
        else if (_held.Keys.Any(id => id != _entry!.Id))
        {
            // Rows of others must not go with it.
            _session.Connection.Abort();
        }
        else
        {
            RollBack();
        }

        _runner.EnableTriggers(_entry!);
    });

    /// <inheritdoc/>
    public void DiscardRows(TocEntry entry) => OrCut(() =>
    {
        if (_held.Count == 1 && _held.ContainsKey(entry.Id))
        {
            RollBack();
        }
        else
        {
            TakeOut(entry);
        }
    });

    /// <inheritdoc/>
    public void Drop(TocEntry entry, bool ifExists) => _runner.Drop(entry, ifExists);

    /// <inheritdoc/>
    public void Run(TocEntry entry) => _runner.Run(entry);

    /// <inheritdoc/>
    public void Abort()
    {
        // First what cannot fail: who waits here goes on. Then the server, which would run the statement to its end.
        _session.Connection.Abort();
        _session.Connection.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsConnection)
        {
            _session.Connection.Dispose();
        }
    }

    private IRowLoader LoaderOf(RowBlock block) =>
        _entry!.Kind == EntryKind.LargeObjects
            ? new LargeObjectLoader(_session)
            : block.Format == RowFormat.Statements
                ? new StatementRowLoader(_sink, _session, _runner, _entry)
                : _rows!;

    private void Commit(TocEntry[] held)
    {
        try
        {
            _session.Commit();
        }
        catch (PureDumpException e) when (!_isOnlyWriter && e.SqlState is not null)
        {
            Array.ForEach(held, _sink.ForgetLoadedInPart);
            throw;
        }
    }

    // What the transaction holds of an entry, and nothing of others. Nobody else sees these rows, so that no lock is needed as TRUNCATE
    // does.
    private void TakeOut(TocEntry entry)
    {
        if (!_held.Remove(entry.Id))
        {
            return;
        }

        string sql = entry.Rows is { } rows
            ? $"DELETE FROM ONLY {SqlText.Name(rows.Schema, rows.Table)}"
            : LargeObjectStatement.Empty(entry.LargeObjectOids);
        _session.SetUp(entry);
        _session.BecomeOwner(entry);
        _session.Connection.Execute(sql, TransactionState.InTransaction);
    }

    private void OrCut(Action step)
    {
        try
        {
            step();
        }
        catch (PureDumpException)
        {
            // The error that led here is the one to report; a connection that cannot even be cleaned up is closed,
            // and the server throws the rows away.
            _session.Connection.Abort();
        }
    }

    private void RollBack()
    {
        _held.Clear();
        _session.RollBack();
    }
}
