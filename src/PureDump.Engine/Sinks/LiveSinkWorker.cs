using System.Buffers;
using System.Globalization;
using System.Text;
using PureDump.Engine.Checks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Sinks;

/// <summary>One connection to the database that is restored into.</summary>
/// <remarks>
/// INSERT statements of an archive made with <c>--inserts</c> run table by table in a transaction: as with COPY a table's rows are there
/// or not; pg_restore runs each by itself, and a failed one leaves a hole.
/// </remarks>
internal sealed class LiveSinkWorker(LiveSink sink, WireConnection connection, bool ownsConnection) : IStatementWorker
{
    // As much as the server takes into one string.
    private const int StatementLengthMax = 0x3fffffff;

    private const string LockNotAvailable = "55P03";
    private const int JoinPatienceMs = 1000;

    // A table that is truncated gets new files, which takes longer than few rows do: those of a table whose first block is not even so
    // full.
    private const int FrozenLengthMin = 768 << 10;

    // What the server says of an option that it does not know, among others.
    private const string InvalidParameterValue = "22023";

    private readonly ArrayBufferWriter<byte> _statement = new();
    private readonly EntrySteps _steps = new(SqlText.LiteralAnywhere, sink.Options.UseSetSessionAuthorization);
    private readonly EntrySession _session = new();

    // The entry that may have changed what the session is set to; null where none has.
    private TocEntry? _setBy;
    private TocEntry? _entry;

    // Whose rows the open transaction holds.
    private DumpId? _goingOn;
    private RowFormat _format;
    private bool _isOnlyWriter;
    private bool _isInTransaction;
    private bool _isFreezing;
    private bool _isInhibited;
    private bool _hasTriggersOff;
    private bool _hasPath;
    private CopyIn? _copy;
    private long _sentCount;
    private IntervalCheck? _intervals;

    // With the lock that COPY takes: who waits for a stronger one waits for those that have joined, and they would wait for this one.
    /// <inheritdoc/>
    public bool TryJoin(TocEntry entry)
    {
        if (entry.Rows is not { } rows || _isInTransaction || sink.Options.IsInTransaction)
        {
            return true;
        }

        SetUpSession(entry);
        BecomeOwner(entry);
        (_entry, _isOnlyWriter, _isFreezing) = (entry, false, false);
        connection.Execute("BEGIN", TransactionState.InTransaction);
        _isInTransaction = true;
        try
        {
            connection.Execute(
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
        SetUpSession(entry);
        bool goesOn = _isInTransaction && _goingOn == entry.Id;
        _goingOn = entry.Id;
        _entry = entry;
        _isOnlyWriter = isOnlyWriter;
        _isFreezing = false;
        _copy = null;
        _sentCount = 0;
        _isInhibited = entry.Rows is not null && sink.IsInhibited(entry.Rows);
        if (_isInhibited)
        {
            return;
        }

        if (goesOn)
        {
            // Another part of the same rows.
            return;
        }

        // Of rows as text the server finds out itself what does not fit.
        if (entry.Rows is { Format: RowFormat.Binary } rows && !sink.HasMade(rows))
        {
            RowTargetCheck.Check(connection, rows);
        }

        _intervals = entry.Rows is null ? null : IntervalCheck.For(connection, entry.Rows, sink.Origin, sink.Features);
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

            if (_entry!.Kind == EntryKind.LargeObjects)
            {
                PutPieces(block.Bytes);
                return;
            }

            if (block.Format == RowFormat.Statements)
            {
                RunStatements(block);
                return;
            }

            if (_copy is null)
            {
                _format = block.Format;
                BeginCopy(_entry.Rows!, block.Length);
            }

            _intervals?.Look(block);
            try
            {
                _copy!.Write(block);
                _sentCount += block.RowCount;
            }
            catch (PureDumpException e)
            {
                throw Of(e);
            }
        }
    }

    /// <inheritdoc/>
    public void EndRows()
    {
        try
        {
            if (_copy is { } copy)
            {
                _copy = null;
                CheckTaken(copy.Complete());
                LeavePath();
            }
        }
        catch (PureDumpException e)
        {
            throw Of(e);
        }
    }

    /// <inheritdoc/>
    public void CommitRows()
    {
        _goingOn = null;
        try
        {
            if (!_isOnlyWriter)
            {
                // Before: a connection that is cut while the server commits never hears of it.
                sink.NoteLoadedInPart(_entry!);
            }

            if (_isInTransaction)
            {
                _isInTransaction = false;
                Commit();
                if (_isFreezing)
                {
                    sink.NoteFrozen(_entry!.Rows!);
                }
            }
        }
        catch (PureDumpException e)
        {
            throw Of(e);
        }

        EnableTriggers();
    }

    private void Commit()
    {
        try
        {
            connection.Commit();
        }
        catch (PureDumpException e) when (!_isOnlyWriter && e.SqlState is not null)
        {
            sink.ForgetLoadedInPart(_entry!);
            throw;
        }
    }

    /// <inheritdoc/>
    public void RemoveRows(TocEntry entry)
    {
        if (!sink.IsLoadedInPart(entry))
        {
            return;
        }

        if (!sink.IsRemovable(entry))
        {
            sink.Warn(
                $"{entry.Label}: a part of the rows was there before the failure and stays: they came out of a pipe, into what was "
                    + "there before");
            return;
        }

        Step(
            entry,
            $"TRUNCATE TABLE ONLY {SqlText.Name(entry.Rows!.Schema, entry.Rows.Table)}",
            "could not remove the rows that came before the failure");
    }

    /// <inheritdoc/>
    public void AbortRows()
    {
        CopyIn? copy = _copy;
        _copy = null;
        try
        {
            if (copy is { IsOver: false })
            {
                copy.Abort("the source of the rows failed");
            }

            RollBack();
            EnableTriggers();
        }
        catch (PureDumpException)
        {
            // The error that led here is the one to report; a connection that cannot even be cleaned up is closed,
            // and the server throws the rows away.
            connection.Abort();
        }
    }

    /// <inheritdoc/>
    public void Drop(TocEntry entry, bool ifExists)
    {
        SetUpSession(entry);

        // Lines that only explain why nothing is dropped need no round trip.
        string sql = ifExists && entry.DropIfExistsSql.Length > 0 ? entry.DropIfExistsSql : entry.DropSql;
        if (!sql.StartsWith("--", StringComparison.Ordinal))
        {
            BecomeOwner(entry);
            RunEach(entry, sql, "");
        }

        sink.EndAction();
    }

    /// <inheritdoc/>
    public void Run(TocEntry entry)
    {
        if ((entry.Kind == EntryKind.StatisticsData && !sink.Features.HasStatisticsImport)
            || (entry.Kind == EntryKind.ExtendedStatisticsData && !sink.Features.HasExtendedStatisticsImport))
        {
            // Older servers cannot be given statistics; ANALYZE makes them.
            return;
        }

        SetUpSession(entry);
        foreach (EntryStep step in _steps.Of(entry, entry.CreateSql.Length == 0 ? null : CreateSql(entry), _session))
        {
            RunStep(entry, step);
        }

        sink.EndAction();
    }

    /// <inheritdoc/>
    public void Abort()
    {
        // First what cannot fail: who waits here goes on. Then the server, which would run the statement to its end.
        connection.Abort();
        connection.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsConnection)
        {
            connection.Dispose();
        }
    }

    private void BeginCopy(TableRows rows, int firstLength)
    {
        // A table that was made a moment ago and that only this connection loads is truncated in the same transaction:
        // then its rows need no WAL (wal_level = minimal) and are frozen at once.
        bool isOwn =
            _isOnlyWriter && rows.LoadInto is null && sink.HasMade(rows) && sink.IsLoadedOnce(rows) && !sink.Options.IsInTransaction;
        bool freeze = isOwn && firstLength >= FrozenLengthMin;
        DisableTriggers(_entry!);
        BecomeOwner(_entry!);

        // Whether few rows are frozen nobody will notice.
        _isFreezing = isOwn;
        string sql = CopyStatement.In(rows, _format, freeze);
        try
        {
            if (freeze)
            {
                connection.Execute($"BEGIN; TRUNCATE TABLE ONLY {SqlText.Name(rows.Schema, rows.Table)}", TransactionState.InTransaction);
                _isInTransaction = true;
            }
            else if (!_isInTransaction && !sink.Options.IsInTransaction)
            {
                // How many rows it took the server says when they are there: then they must still go away.
                connection.Execute("BEGIN", TransactionState.InTransaction);
                _isInTransaction = true;
            }

            if (sink.NeedsPath(rows))
            {
                connection.Execute(EntryRemedy.UsePath(rows.Schema));
                _hasPath = true;
            }

            _copy = connection.BeginCopyIn(sql);
        }
        catch (PureDumpException e)
        {
            RollBack();
            EnableTriggers();
            throw e.Of($"{sql};\n");
        }
    }

    // Where the transaction goes on.
    private void LeavePath()
    {
        if (_hasPath && !_isInTransaction)
        {
            connection.Execute(EntryRemedy.UseNoPath);
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

        string counts = $"the server took {takenCount} of the {_sentCount} rows that were sent into {PlainSqlWriter.Target(_entry!.Rows!)}";
        string? keeper = takenCount < _sentCount ? RowKeeper.Of(connection, _entry.Rows!) : null;
        if (keeper is null)
        {
            throw new PureDumpException(ErrorKind.TargetMismatch, counts);
        }

        sink.NoteLost(_entry, _sentCount - takenCount);
        sink.Warn($"{counts}; {keeper} may keep rows away");
    }

    // Rows as INSERT statements, all of a table in one transaction: like those of a COPY, they are there together or not at all.
    private void RunStatements(RowBlock block)
    {
        if (!block.IsContinuation)
        {
            _statement.Clear();
        }

        if (_statement.WrittenCount + block.Length > StatementLengthMax)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"a statement has more than {StatementLengthMax} bytes, which no server takes");
        }

        _statement.Write(block.Bytes);
        if (block.Continues)
        {
            return;
        }

        if (!_isInTransaction && !sink.Options.IsInTransaction)
        {
            DisableTriggers(_entry!);
            BecomeOwner(_entry!);
            connection.Execute("BEGIN", TransactionState.InTransaction);
            _isInTransaction = true;
        }

        string sql = Text(_statement.WrittenSpan);
        RefuseTransactionCommands(sql);
        connection.Execute(sql);
        _setBy = _entry;
        _statement.Clear();
    }

    private string Text(ReadOnlySpan<byte> statement)
    {
        try
        {
            return TextEncoding.Of(sink.Origin.Encoding).GetString(statement);
        }
        catch (DecoderFallbackException e)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged, $"a statement of {_entry!.Label} is no {TextEncoding.Shown(sink.Origin.Encoding)}", null, e);
        }
    }

    private void RollBack()
    {
        _goingOn = null;
        if (_isInTransaction)
        {
            _isInTransaction = false;
            connection.Execute("ROLLBACK", TransactionState.Idle);
        }
    }

    private void NoteTable(TocEntry entry, bool isMade)
    {
        if (isMade)
        {
            sink.NoteMade(entry);
        }
        else
        {
            sink.NoteFailed(entry);
        }
    }

    private void DisableTriggers(TocEntry entry)
    {
        if (sink.Options.DisableTriggers)
        {
            Become(TypedText.In(sink.Origin.Encoding, sink.Options.Superuser ?? ""));
            _hasTriggersOff = true;
            Step(entry, $"ALTER TABLE {SqlText.Name(entry.Schema, entry.Name)} DISABLE TRIGGER ALL;\n\n");
        }
    }

    // Not where everything is rolled back anyway.
    private void EnableTriggers()
    {
        if (_hasTriggersOff && connection.TransactionState != TransactionState.Failed)
        {
            Become(TypedText.In(sink.Origin.Encoding, sink.Options.Superuser ?? ""));
            Step(_entry!, $"ALTER TABLE {SqlText.Name(_entry!.Schema, _entry.Name)} ENABLE TRIGGER ALL;\n\n");
        }

        _hasTriggersOff = false;
    }

    // Runs SQL of the archive.
    private void Execute(TocEntry entry, string sql)
    {
        RefuseTransactionCommands(sql);
        connection.MayHaveNewSettings = false;
        try
        {
            connection.Execute(sql);
        }
        finally
        {
            if (connection.MayHaveNewSettings)
            {
                _setBy = entry;
            }
        }
    }

    private void RefuseTransactionCommands(string sql)
    {
        if (sink.Options.IsInTransaction && TransactionCommands.Find(sql, sink.Origin) is { } command)
        {
            throw new PureDumpException(
                ErrorKind.Server,
                $"{command} is not allowed here: it begins or ends a transaction, or a part of one");
        }
    }

    // What an entry sets, or who it becomes, as one of GRANTs does, counts for itself alone: the next is run as if it were the first. Rows
    // of entries that only set values are not worth it: there may be one for each of thousands of sequences.
    private void SetUpSession(TocEntry entry)
    {
        bool isAlike =
            entry.Kind == _setBy?.Kind
            && entry.Kind is EntryKind.SequenceSet or EntryKind.StatisticsData or EntryKind.ExtendedStatisticsData;
        if (_setBy is null || isAlike || connection.TransactionState == TransactionState.Failed)
        {
            return;
        }

        connection.Execute($"SET SESSION AUTHORIZATION DEFAULT; RESET ALL; {SessionSettings.Statements(sink.Settings)}");
        _setBy = null;
        _session.Forget();
    }

    private void BecomeOwner(TocEntry entry) => Become(_steps.BecomeOwner(entry, _session));

    private void Become(string user) => Become(_steps.Become(user, _session));

    private void Become(EntryStep? step)
    {
        if (step is not { } become)
        {
            return;
        }

        try
        {
            connection.Execute(become.Sql);
        }
        catch (PureDumpException e) when (e.Report is not null)
        {
            // What follows would be done by the wrong role.
            string message = $"could not set session user to \"{_session.User}\": {e.Report.Severity}:  {e.Report.Message}";
            _session.User = null;
            throw new PureDumpException(ErrorKind.Authentication, message, null, e) { SqlState = e.SqlState };
        }
    }

    private void RunStep(TocEntry entry, EntryStep step)
    {
        switch (step.Action)
        {
            case EntryAction.Become:
                Become(step);
                break;
            case EntryAction.Tablespace:
                Step(entry, step.Sql, $"could not set \"default_tablespace\" to {SqlText.Name(entry.Tablespace ?? "")}");
                break;
            case EntryAction.AccessMethod:
                Step(entry, step.Sql, "could not set \"default_table_access_method\"");
                break;
            case EntryAction.Create:
                Create(entry, step.Sql);
                break;
            case EntryAction.Owner:
                RunEach(entry, step.Sql + "\n", "\n");
                break;
            default:
                Step(entry, step.Sql, "could not alter table access method");
                break;
        }
    }

    private void Create(TocEntry entry, string sql)
    {
        if (entry.Kind == EntryKind.Extension
            && connection.Query($"SELECT 1 FROM pg_catalog.pg_extension WHERE extname = {SqlText.LiteralAnywhere(entry.Name)}", 1) is [])
        {
            sink.NoteExtension(entry);
        }

        NoteTable(entry, sink.CheckSettings(entry) is { } settings ? RunUnder(settings, entry) : RunEach(entry, sql, "\n\n"));
        if (!PlainSqlWriter.RepeatsLargeObjects(entry))
        {
            sink.AddStatements(entry);
        }
    }

    // Statements of an entry, in one query. Those about many large objects, one a line, stand each for itself, but a query
    // for each is paid for only where one fails.
    private bool RunEach(TocEntry entry, string sql, string end)
    {
        if (!PlainSqlWriter.RepeatsLargeObjects(entry))
        {
            return Step(entry, sql + end);
        }

        if (!sink.Options.IsInTransaction && TryRun(entry, sql))
        {
            return true;
        }

        bool isDone = true;
        foreach (string statement in PlainSqlWriter.EachLargeObject(sql))
        {
            isDone &= Step(entry, statement);
            sink.EndAction();
        }

        return isDone;
    }

    private string CreateSql(TocEntry entry) => new TargetServer(sink.Features).CreateSql(entry, sink.Origin);

    private bool RunUnder(string settings, TocEntry entry)
    {
        connection.Execute(settings);
        bool isMade = Step(entry, entry.CreateSql + "\n\n");

        // What is rolled back takes its settings with it.
        if (connection.TransactionState != TransactionState.Failed)
        {
            connection.Execute(ForeignKeyChecks.AsBefore);
        }

        return isMade;
    }

    private bool TryRun(TocEntry entry, string sql)
    {
        try
        {
            Execute(entry, sql);
            return true;
        }
        catch (PureDumpException e) when (e.Kind is ErrorKind.Server or ErrorKind.Permission)
        {
            return false;
        }
    }

    // False where none leads anywhere; then what the server said first is what counts.
    private bool TryOtherWays(TocEntry entry, string sql, PureDumpException error)
    {
        foreach (IReadOnlyList<string> way in EntryRemedy.Of(entry, sql, error, sink.Extensions))
        {
            connection.Execute("BEGIN", TransactionState.InTransaction);
            try
            {
                foreach (string statement in way)
                {
                    Execute(entry, statement);
                }

                connection.Commit();
                if (EntryRemedy.Remark(entry, error) is { } remark)
                {
                    sink.Warn(remark);
                }

                return true;
            }
            catch (PureDumpException e)
                when (e.Kind is ErrorKind.Server or ErrorKind.Permission && connection.TransactionState != TransactionState.Idle)
            {
                connection.Execute("ROLLBACK", TransactionState.Idle);
            }
        }

        return false;
    }

    // An option that the target does not know costs the statement that sets it, and not the relation.
    private bool MakeApart(TocEntry entry, IReadOnlyList<string> statements)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            if (!Step(entry, statements[i], mayBeApart: false) && i == 0)
            {
                return false;
            }
        }

        return true;
    }

    // Runs one query of an entry, the archive's own text where no action is named. False where it failed and the entry goes on without it.
    private bool Step(TocEntry entry, string sql, string? action = null, bool mayBeApart = true)
    {
        try
        {
            if (action is null)
            {
                Execute(entry, sql);
            }
            else
            {
                connection.Execute(sql);
            }

            return true;
        }
        catch (PureDumpException e) when (
            e.SqlState == InvalidParameterValue && action is null && mayBeApart && !sink.Options.IsInTransaction
            && OptionStatements.Of(entry, sql, sink.Origin) is { } statements)
        {
            return MakeApart(entry, statements);
        }
        catch (PureDumpException e) when (action is null && mayBeApart && !sink.Options.IsInTransaction && TryOtherWays(entry, sql, e))
        {
            return true;
        }
        catch (PureDumpException e)
        {
            PureDumpException known = e.Of(action is null ? sql : null, action).Hinted(EntryRemedy.Hint(entry, e));
            if (!sink.PassesOver(entry, known))
            {
                throw known;
            }

            return false;
        }
    }

    private PureDumpException Of(PureDumpException error) =>
        error.Of(null, $"COPY failed for table \"{_entry!.Name}\"").Hinted(EntryRemedy.HintOfRows(_entry, error, sink.Toc));

    private void PutPieces(ReadOnlySpan<byte> rows)
    {
        const int lengthMax = 4 * RowLimits.LargeObjectPieceMax;
        if (!_isInTransaction && !sink.Options.IsInTransaction)
        {
            // The contents of all are there together or not at all.
            connection.Execute("BEGIN", TransactionState.InTransaction);
            _isInTransaction = true;
        }

        var sql = new StringBuilder();
        while (!rows.IsEmpty)
        {
            LargeObjectPiece piece = LargeObjectPiece.Take(ref rows);
            sql.Append(CultureInfo.InvariantCulture, $"SELECT pg_catalog.lo_put({piece.Oid}, {piece.Offset}, '\\x");
            sql.Append(Convert.ToHexString(piece.Data));
            sql.Append("'::pg_catalog.bytea);\n");
            if (sql.Length >= lengthMax || rows.IsEmpty)
            {
                connection.Execute(sql.ToString());
                sql.Clear();
            }
        }
    }
}
