using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Replay;

/// <summary>Runs the steps of a replay one after another over one connection at a time.</summary>
internal sealed class ScriptRun : IDisposable
{
    private const string NoError = "00000";

    private readonly ReplayRequest _request;
    private readonly IReplayObserver _observer;
    private readonly CancellationToken _cancellation;
    private readonly ReplaySession _session;
    private readonly StatementRun _statement;
    private readonly ImplicitTransaction _transaction;
    private readonly ScriptCommands _commands;
    private readonly ScriptStrings _strings = new();
    private ScriptReader? _input;
    private ScriptReader? _reader;
    private string? _name;
    private byte[] _text = [];
    private ServerMessage? _error;

    public ScriptRun(ReplayRequest request, IReplayObserver observer, CancellationToken cancellation)
    {
        _request = request;
        _observer = observer;
        _cancellation = cancellation;
        _session = new ReplaySession(request, TakeNotice, cancellation);
        _statement = new StatementRun(observer, request.RequiresEnds);
        _transaction = new ImplicitTransaction(request.Variables, sql => RunText(Encoding.ASCII.GetBytes(sql)));
        _commands = new ScriptCommands(
            request.Variables,
            _session,
            observer,
            sql => Send(sql) is null,
            RunCopy,
            text => Place(text, isServers: false));
    }

    /// <summary>How many statements and commands failed.</summary>
    public int FailureCount { get; private set; }

    /// <summary>How many statements were sent.</summary>
    public long StatementCount { get; private set; }

    /// <summary>The last failure.</summary>
    public PureDumpException? Error { get; private set; }

    /// <summary>Runs all steps.</summary>
    /// <exception cref="PureDumpException">The first connection cannot be made.</exception>
    public ReplayOutcome Run()
    {
        _session.Open();
        _request.Variables.Set("LAST_ERROR_MESSAGE", "");
        _request.Variables.Set("LAST_ERROR_SQLSTATE", NoError);
        try
        {
            return RunSteps();
        }
        catch (PureDumpException) when (_cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(_cancellation);
        }
        catch (PureDumpException e) when (e.Kind is ErrorKind.Connection or ErrorKind.Protocol)
        {
            Fail(e);
            return ReplayOutcome.ConnectionLost;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private ReplayOutcome RunSteps()
    {
        if (_request.SingleTransaction && !RunText("BEGIN"u8.ToArray()))
        {
            return ReplayOutcome.Stopped;
        }

        ReplayOutcome outcome = ReplayOutcome.Complete;
        foreach (ReplayStep step in _request.Steps)
        {
            _cancellation.ThrowIfCancellationRequested();
            outcome = RunStep(step);
            if (
                outcome == ReplayOutcome.ConnectionLost
                || (outcome != ReplayOutcome.Complete && (_request.Variables.StopsOnError || outcome == ReplayOutcome.Stopped)))
            {
                break;
            }
        }

        // A statement that was cancelled is refused by the server like any other, and is none that failed; nothing is committed behind it.
        if (outcome != ReplayOutcome.Complete || _request.SingleTransaction)
        {
            _cancellation.ThrowIfCancellationRequested();
        }

        if (_request.SingleTransaction && outcome != ReplayOutcome.ConnectionLost)
        {
            bool rollsBack = outcome != ReplayOutcome.Complete && (_request.Variables.StopsOnError || outcome == ReplayOutcome.Stopped);
            if (!RunText(rollsBack ? "ROLLBACK"u8.ToArray() : "COMMIT"u8.ToArray()) && _request.Variables.StopsOnError)
            {
                return ReplayOutcome.Stopped;
            }
        }

        return outcome;
    }

    private ReplayOutcome RunStep(ReplayStep step)
    {
        if (step.Sql is null)
        {
            using Stream? stream = step.Open?.Invoke();
            ScriptReader reader = stream is null ? Input() : new ScriptReader(stream, _request.Variables);
            reader.CountAnew();
            return RunScript(reader, step.Name);
        }

        if (step.Sql.TrimStart() is ['\\', ..] command)
        {
            using var line = new MemoryStream(TypedText.Encode(command));
            ReplayOutcome outcome = RunScript(new ScriptReader(line, _request.Variables), null, isCommand: true);
            return outcome == ReplayOutcome.Complete && _commands.HasFailed ? ReplayOutcome.Failed : outcome;
        }

        try
        {
            // As with psql: the bytes of the argument, whatever client_encoding is.
            _text = TypedText.Encode(step.Sql);
            return RunStatement(_text, Input(), 0) ? ReplayOutcome.Complete : ReplayOutcome.Failed;
        }
        finally
        {
            _text = [];
        }
    }

    private ScriptReader Input() => _input ??= new ScriptReader(_request.Input ?? Stream.Null, _request.Variables);

    private ReplayOutcome RunScript(ScriptReader reader, string? name, bool isCommand = false)
    {
        (_reader, _name) = (reader, name);
        try
        {
            CheckIsScript(reader);
            var conditions = new ConditionStack();
            ReplayOutcome outcome = RunParts(reader, conditions, out bool isAtEnd);
            return isAtEnd && conditions.IsOpen && !isCommand ? EndInBranch(outcome) : outcome;
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ScriptRefused)
        {
            Fail(e);
            return ReplayOutcome.Stopped;
        }
        finally
        {
            (_reader, _name) = (null, null);
        }
    }

    private static void CheckIsScript(ScriptReader reader)
    {
        if (reader.Peek(5).SequenceEqual("PGDMP"u8))
        {
            throw new PureDumpException(
                ErrorKind.ScriptRefused,
                "the input is a PostgreSQL custom-format dump",
                "use pg_restore or puredump restore to restore it");
        }
    }

    private ReplayOutcome EndInBranch(ReplayOutcome outcome)
    {
        if (_request.RequiresEnds)
        {
            throw new PureDumpException(ErrorKind.ScriptRefused, "the script ends inside an \\if: it was cut off");
        }

        Fail(new PureDumpException(ErrorKind.Usage, "reached EOF without finding closing \\endif(s)"));
        return _request.Variables.StopsOnError ? ReplayOutcome.Stopped : outcome;
    }

    private ReplayOutcome RunParts(ScriptReader reader, ConditionStack conditions, out bool isAtEnd)
    {
        isAtEnd = false;
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            Follow(reader);
            bool isDone = true;
            switch (reader.Read())
            {
                case ScriptPart.End:
                    isAtEnd = true;
                    _session.CheckEnd();
                    return ReplayOutcome.Complete;
                case ScriptPart.Statement:
                    isDone = _strings.Takes(reader.Statement)
                        ? PassOver(reader.Statement)
                        : RunStatement(reader.Statement, reader, reader.CopyFromStdinCount);
                    reader.Keep();
                    break;
                default:
                    CommandOutcome outcome = _commands.Run(reader.Command!, reader, conditions, out PureDumpException? error);
                    if (error is not null)
                    {
                        Fail(error);
                        isDone = false;
                    }

                    if (outcome == CommandOutcome.Sends)
                    {
                        isDone = SendBegun(reader);
                        break;
                    }

                    if (outcome == CommandOutcome.Failed)
                    {
                        isDone = false;
                        break;
                    }

                    if (outcome == CommandOutcome.Quit)
                    {
                        _session.CheckEnd();
                    }

                    if (outcome != CommandOutcome.GoesOn)
                    {
                        return outcome switch
                        {
                            CommandOutcome.Quit => ReplayOutcome.Complete,
                            CommandOutcome.NotConnected => ReplayOutcome.ConnectionLost,
                            _ => ReplayOutcome.Stopped,
                        };
                    }

                    break;
            }

            if (!isDone && _request.Variables.StopsOnError)
            {
                return ReplayOutcome.Stopped;
            }
        }
    }

    // What \g and its kin send: the statement that was begun, or the one before.
    private bool SendBegun(ScriptReader reader)
    {
        // On the command line nothing stands before a command.
        bool isDone = true;
        if (reader.EndStatement())
        {
            isDone = RunStatement(reader.Statement, reader, reader.CopyFromStdinCount, _commands.Use, _commands.Prefix);
            reader.Keep();
        }
        else
        {
            _observer.MessageEnds();
        }

        reader.Forget();
        return isDone;
    }

    private bool RunStatement(ReadOnlySpan<byte> sql, ScriptReader rows, int copyCount, ResultUse use = ResultUse.Shown, string prefix = "")
    {
        StatementCount++;
        HeldResult? held = use == ResultUse.Shown ? null : new HeldResult();
        _error = null;
        bool isDone = _transaction.Begin(_session.Connection.TransactionState, Encoding.Latin1.GetString(sql));
        if (isDone)
        {
            isDone = _statement.Run(_session.Connection, sql, rows, copyCount, held, TakeFailure);
            isDone &= _transaction.End(_session.Connection.TransactionState, _statement.LastTag);
        }
        else
        {
            rows.PassOverRows(copyCount);
        }

        string tag = _statement.LastTag;
        _observer.MessageEnds();
        if (isDone && held is { IsWhole: true })
        {
            isDone = use == ResultUse.Stored ? Store(held, prefix) : Execute(held, rows);

            // Of what returned rows by changing others, the changes are still told.
            _observer.StatementEnds(tag, hasRows: true);
            _error = null;
        }

        SetOutcome(isDone, tag);
        if (!isDone)
        {
            _observer.StatementFailed(Place("", isServers: true), sql);
        }

        return isDone;
    }

    // What was set is followed in how the script is read.
    private bool PassOver(ReadOnlySpan<byte> sql)
    {
        StatementCount++;
        _observer.StatementBegins(sql);
        _observer.StatementEnds("SET", hasRows: false);
        _observer.MessageEnds();
        SetOutcome(isDone: true, "SET");
        return true;
    }

    // As psql tells it (common.c, SetResultVariables): a failure of its own has no code and no text.
    private void SetOutcome(bool isDone, string tag)
    {
        ReplayVariables variables = _request.Variables;
        int last = tag.LastIndexOf(' ') + 1;
        variables.Set("ERROR", isDone ? "false" : "true");
        variables.Set("SQLSTATE", isDone ? NoError : _error?.SqlState ?? "");
        variables.Set("ROW_COUNT", isDone && last > 0 && char.IsAsciiDigit(tag[last]) ? tag[last..] : "0");
        if (!isDone)
        {
            variables.Set("LAST_ERROR_SQLSTATE", _error?.SqlState ?? "");
            variables.Set("LAST_ERROR_MESSAGE", _error?.Message ?? "");
        }
    }

    // As \gset does (common.c, StoreQueryTuple).
    private bool Store(HeldResult result, string prefix)
    {
        if (result.RowCount != 1)
        {
            Fail(new PureDumpException(ErrorKind.Usage, $"{(result.RowCount == 0 ? "no rows" : "more than one row")} returned for \\gset"));
            return false;
        }

        List<byte[]?> values = result.Row(0);
        for (int i = 0; i < values.Count; i++)
        {
            byte[] column = result.Columns[i].Name;
            string name =
                prefix
                + (System.Text.Unicode.Utf8.IsValid(column) ? System.Text.Encoding.UTF8 : System.Text.Encoding.Latin1).GetString(column);
            if (ReplayVariables.IsSpecial(name))
            {
                _observer.Warned(Place($"attempt to \\gset into specially treated variable \"{name}\" ignored", isServers: false));
                continue;
            }

            try
            {
                _request.Variables.SetBytes(name, values[i]);
            }
            catch (PureDumpException e) when (e.Kind == ErrorKind.Usage)
            {
                Fail(e);
                return false;
            }
        }

        return true;
    }

    // As \gexec does (common.c, ExecQueryTuples).
    private bool Execute(HeldResult result, ScriptReader rows)
    {
        bool isDone = true;
        byte[] before = _text;
        try
        {
            for (int row = 0; row < result.RowCount; row++)
            {
                foreach (byte[] sql in result.Row(row).OfType<byte[]>())
                {
                    _cancellation.ThrowIfCancellationRequested();
                    if (_observer.WantsLines)
                    {
                        _observer.LineRead(sql);
                    }

                    _text = sql;
                    isDone &= RunStatement(sql, rows, 0);
                    if (!isDone && _request.Variables.StopsOnError)
                    {
                        return false;
                    }
                }
            }

            return isDone;
        }
        finally
        {
            _text = before;
        }
    }

    // What the session is set to now says how the script is to be read.
    private void Follow(ScriptReader reader)
    {
        _strings.Follow(_session.Connection, reader, _statement.LastTag);
        reader.Echo = _observer.WantsLines ? _observer.LineRead : null;
        reader.Encoding = _session.Connection.Parameter("client_encoding") ?? "UTF8";
    }

    // A statement that a command of the script makes, with rows behind its line.
    private bool RunCopy(byte[] sql, ScriptReader rows, int copyCount)
    {
        byte[] before = _text;
        _text = sql;
        try
        {
            return RunStatement(sql, rows, copyCount);
        }
        finally
        {
            _text = before;
        }
    }

    // A statement that is PureDump's own.
    private bool RunText(byte[] sql)
    {
        if (Send(sql) is not { } error)
        {
            return true;
        }

        TakeFailure(error, sql);
        return false;
    }

    private ServerMessage? Send(byte[] sql)
    {
        byte[] before = _text;
        _text = sql;
        try
        {
            var query = new SimpleQuery(_session.Connection, sql);
            ServerMessage? error = null;
            for (QueryPart part = query.Next(); part != QueryPart.Ready; part = query.Next())
            {
                error ??= query.Error;
            }

            return error;
        }
        finally
        {
            _text = before;
        }
    }

    private void TakeNotice(ServerMessage message) =>
        _observer.Notice(Place(Text(message, _reader is null || _text.Length > 0 ? _text : _reader.Statement), isServers: true));

    private void TakeFailure(ServerMessage error, ReadOnlySpan<byte> sql)
    {
        FailureCount++;
        _error = error;
        Error = error.ToException(_name is null ? null : $"{_name}:{_reader?.Line}");
        _observer.Failed(Place(Text(error, sql), isServers: true));
    }

    private void Fail(PureDumpException error)
    {
        FailureCount++;
        Error = _name is null ? error : error.Named($"{_name}:{_reader?.Line}");
        string hint = error.Hint is null ? "" : $" ({error.Hint})";
        _observer.Failed(Place(error.ClientText ?? $"{error.Message}{hint}", isServers: false));
    }

    private string Text(ServerMessage message, ReadOnlySpan<byte> sql) =>
        ServerMessageText.Of(
            message,
            sql,
            _session.IsOpen ? _session.Connection.SessionEncoding : System.Text.Encoding.UTF8,
            _request.Variables["VERBOSITY"] == "terse");

    private ReplayMessage Place(string text, bool isServers) => new(text, isServers, _name, _name is null ? 0 : _reader!.Line);
}
