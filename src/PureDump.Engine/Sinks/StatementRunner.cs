using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Sinks;

/// <summary>
/// Runs the statements of entries in a session: step by step, another way where the server refuses one and another leads to the same, and
/// past what fails where the restore goes on.
/// </summary>
internal sealed class StatementRunner(LiveSink sink, TargetSession session)
{
    // What the server says of an option that it does not know, among others.
    private const string InvalidParameterValue = "22023";

    private bool _hasTriggersOff;

    private WireConnection Connection => session.Connection;

    /// <summary>Drops what an entry makes, where it stands in the way.</summary>
    public void Drop(TocEntry entry, bool ifExists)
    {
        session.SetUp(entry);

        // Lines that only explain why nothing is dropped need no round trip.
        string sql = ifExists && entry.DropIfExistsSql.Length > 0 ? entry.DropIfExistsSql : entry.DropSql;
        if (!sql.StartsWith("--", StringComparison.Ordinal))
        {
            session.BecomeOwner(entry);
            RunEach(entry, sql, "");
        }

        sink.EndAction();
    }

    /// <summary>Runs what an entry consists of, but its rows.</summary>
    public void Run(TocEntry entry)
    {
        if ((entry.Kind == EntryKind.StatisticsData && !sink.Features.HasStatisticsImport)
            || (entry.Kind == EntryKind.ExtendedStatisticsData && !sink.Features.HasExtendedStatisticsImport))
        {
            // Older servers cannot be given statistics; ANALYZE makes them.
            return;
        }

        session.SetUp(entry);
        foreach (EntryStep step in session.StepsOf(entry, entry.CreateSql.Length == 0 ? null : CreateSql(entry)))
        {
            RunStep(entry, step);
        }

        sink.EndAction();
    }

    /// <summary>Keeps the triggers of a table from its rows, where that was asked for.</summary>
    public void DisableTriggers(TocEntry entry)
    {
        if (sink.Options.DisableTriggers)
        {
            session.BecomeSuperuser();
            _hasTriggersOff = true;
            Step(entry, $"ALTER TABLE {SqlText.Name(entry.Schema, entry.Name)} DISABLE TRIGGER ALL;\n\n");
        }
    }

    /// <summary>Undoes <see cref="DisableTriggers"/>, but not where everything is rolled back anyway.</summary>
    public void EnableTriggers(TocEntry entry)
    {
        if (_hasTriggersOff && Connection.TransactionState != TransactionState.Failed)
        {
            session.BecomeSuperuser();
            Step(entry, $"ALTER TABLE {SqlText.Name(entry.Schema, entry.Name)} ENABLE TRIGGER ALL;\n\n");
        }

        _hasTriggersOff = false;
    }

    /// <summary>Runs one query of an entry.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="sql">The query: the archive's own text where no action is named.</param>
    /// <param name="action">What it does, for the error.</param>
    /// <param name="mayBeApart">Where the server does not know an option, the rest is made without.</param>
    /// <returns>False where it failed and the entry goes on without it.</returns>
    public bool Step(TocEntry entry, string sql, string? action = null, bool mayBeApart = true)
    {
        try
        {
            if (action is null)
            {
                session.Execute(entry, sql);
            }
            else
            {
                Connection.Execute(sql);
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

    private void RunStep(TocEntry entry, EntryStep step)
    {
        switch (step.Action)
        {
            case EntryAction.Become:
                session.Become(step);
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
            && Connection.Query($"SELECT 1 FROM pg_catalog.pg_extension WHERE extname = {SqlText.LiteralAnywhere(entry.Name)}", 1) is [])
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
        Connection.Execute(settings);
        bool isMade = Step(entry, entry.CreateSql + "\n\n");

        // What is rolled back takes its settings with it.
        if (Connection.TransactionState != TransactionState.Failed)
        {
            Connection.Execute(ForeignKeyChecks.AsBefore);
        }

        return isMade;
    }

    private bool TryRun(TocEntry entry, string sql)
    {
        try
        {
            session.Execute(entry, sql);
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
            Connection.Execute("BEGIN", TransactionState.InTransaction);
            try
            {
                foreach (string statement in way)
                {
                    session.Execute(entry, statement);
                }

                Connection.Commit();
                if (EntryRemedy.Remark(entry, error) is { } remark)
                {
                    sink.Warn(remark);
                }

                return true;
            }
            catch (PureDumpException e)
                when (e.Kind is ErrorKind.Server or ErrorKind.Permission && Connection.TransactionState != TransactionState.Idle)
            {
                Connection.Execute("ROLLBACK", TransactionState.Idle);
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
}
