using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Sinks;

/// <summary>
/// One connection to the database that is restored into: who it acts as, what its settings are, and the transaction in which rows come.
/// </summary>
internal sealed class TargetSession(LiveSink sink, WireConnection connection)
{
    private readonly EntrySteps _steps = new(SqlText.LiteralAnywhere, sink.Options.UseSetSessionAuthorization);
    private readonly EntrySession _session = new();

    // The entry that may have changed what the session is set to; null where none has.
    private TocEntry? _setBy;

    /// <summary>What is spoken over.</summary>
    public WireConnection Connection => connection;

    /// <summary>A transaction is open that this session has begun: not that of <c>--single-transaction</c>.</summary>
    public bool IsInTransaction { get; private set; }

    /// <summary>The steps by which an entry is restored in this session.</summary>
    public IEnumerable<EntryStep> StepsOf(TocEntry entry, string? createSql) => _steps.Of(entry, createSql, _session);

    /// <summary>
    /// What an entry sets, or who it becomes, as one of GRANTs does, counts for itself alone: the next is run as if it were the first. Rows
    /// of entries that only set values are not worth it: there may be one for each of thousands of sequences.
    /// </summary>
    public void SetUp(TocEntry entry)
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

    /// <summary>Acts as the owner of an entry from here on, where owners are restored.</summary>
    public void BecomeOwner(TocEntry entry) => Become(_steps.BecomeOwner(entry, _session));

    /// <summary>Acts as the user that <c>--superuser</c> names, or as who has logged in.</summary>
    public void BecomeSuperuser() =>
        Become(_steps.Become(TypedText.In(sink.Origin.Encoding, sink.Options.Superuser ?? ""), _session));

    /// <summary>Acts as somebody else.</summary>
    /// <param name="step">Null where nothing changes.</param>
    /// <exception cref="PureDumpException">The server refuses; what would follow is not to be done by another role.</exception>
    public void Become(EntryStep? step)
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

    /// <summary>Runs text of the archive, which may change any setting.</summary>
    /// <exception cref="PureDumpException">The server refuses it, or it would end the one transaction of the restore.</exception>
    public void Execute(TocEntry entry, string sql)
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

    /// <summary>As <see cref="Execute"/>, for rows that are statements: nobody looks at each whether it has set something.</summary>
    public void ExecuteRow(TocEntry entry, string sql)
    {
        RefuseTransactionCommands(sql);
        connection.Execute(sql);
        _setBy = entry;
    }

    /// <summary>Begins a transaction, unless the rows come in one already.</summary>
    public void Begin()
    {
        if (!IsInTransaction && !sink.Options.IsInTransaction)
        {
            BeginWith("BEGIN");
        }
    }

    /// <summary>Begins a transaction with more than BEGIN in one round trip.</summary>
    public void BeginWith(string sql)
    {
        connection.Execute(sql, TransactionState.InTransaction);
        IsInTransaction = true;
    }

    /// <summary>Commits what was begun here.</summary>
    public void Commit()
    {
        IsInTransaction = false;
        connection.Commit();
    }

    /// <summary>Rolls back what was begun here.</summary>
    public void RollBack()
    {
        if (IsInTransaction)
        {
            IsInTransaction = false;
            connection.Execute("ROLLBACK", TransactionState.Idle);
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
}
