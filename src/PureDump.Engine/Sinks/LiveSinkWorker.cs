using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Sql;
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

    private readonly LiveSink _sink;
    private readonly TargetSession _session;
    private readonly StatementRunner _runner;
    private readonly bool _ownsConnection;
    private TocEntry? _entry;
    private RowLoader? _rows;
    private IRowLoader? _loader;

    // Whose rows the open transaction holds.
    private DumpId? _goingOn;
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
        bool isAnotherPart = _session.IsInTransaction && _goingOn == entry.Id && _rows is not null;
        (_entry, _isOnlyWriter, _goingOn, _loader) = (entry, isOnlyWriter, entry.Id, null);
        if (!isAnotherPart)
        {
            _rows = entry.Rows is null ? null : new RowLoader(_sink, _session, _runner, entry);
        }

        _rows?.BeginPart(isOnlyWriter);
        _isInhibited = entry.Rows is not null && _sink.IsInhibited(entry.Rows);
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
    public void EndRows() => _loader?.End();

    /// <inheritdoc/>
    public void CommitRows()
    {
        _goingOn = null;
        try
        {
            if (!_isOnlyWriter)
            {
                // Before: a connection that is cut while the server commits never hears of it.
                _sink.NoteLoadedInPart(_entry!);
            }

            if (_session.IsInTransaction)
            {
                Commit();
                if (_rows is { IsFreezing: true })
                {
                    _sink.NoteFrozen(_entry!.Rows!);
                }
            }
        }
        catch (PureDumpException e)
        {
            throw _sink.FailureOfRows(_entry!, e);
        }

        _runner.EnableTriggers(_entry!);
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
    public void AbortRows()
    {
        try
        {
            _loader?.Abort();
            RollBack();
            _runner.EnableTriggers(_entry!);
        }
        catch (PureDumpException)
        {
            // The error that led here is the one to report; a connection that cannot even be cleaned up is closed,
            // and the server throws the rows away.
            _session.Connection.Abort();
        }
    }

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

    private void Commit()
    {
        try
        {
            _session.Commit();
        }
        catch (PureDumpException e) when (!_isOnlyWriter && e.SqlState is not null)
        {
            _sink.ForgetLoadedInPart(_entry!);
            throw;
        }
    }

    private void RollBack()
    {
        _goingOn = null;
        _session.RollBack();
    }
}
