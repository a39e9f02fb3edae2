using System.Collections.Frozen;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;

namespace PureDump.Engine.Replay;

/// <summary>How a script goes on after a backslash command.</summary>
internal enum CommandOutcome
{
    GoesOn,

    /// <summary>The statement that was begun is to be sent.</summary>
    Sends,

    /// <summary>The server refused what the command sent; that has been told.</summary>
    Failed,
    Quit,
    NotConnected,
    Refused,
}

/// <summary>
/// The backslash commands of a script. A script is untrusted: those that run a program, touch a file or lead to another server end it, for
/// what follows could rest on them. Others that are not here fail by name, as one does that psql does not know.
/// </summary>
internal sealed class ScriptCommands(
    ReplayVariables variables,
    ReplaySession session,
    IReplayObserver observer,
    Func<byte[], bool> runText,
    Func<byte[], ScriptReader, int, bool> runCopy,
    Func<string, ReplayMessage> place)
{
    // A script that pg_restore makes of a tar archive has this for a key: the key that pg_dump had not (pg_backup_archiver.c).
    private const string MissingKey = "(null)";

    // What runs a program, touches a file, or follows what somebody types.
    private static readonly FrozenSet<string> s_refused = new[]
    {
        "!",
        "cd",
        "e",
        "edit",
        "ef",
        "ev",
        "i",
        "include",
        "include_relative",
        "ir",
        "lo_export",
        "lo_import",
        "o",
        "out",
        "s",
        "w",
        "write",
    }.ToFrozenSet(StringComparer.Ordinal);

    // What psql 18 knows and is not here; \d and \l with their letters besides.
    private static readonly FrozenSet<string> s_missing = new[]
    {
        "?",
        "bind",
        "bind_named",
        "close_prepared",
        "copyright",
        "crosstabview",
        "endpipeline",
        "errverbose",
        "flush",
        "flushrequest",
        "gdesc",
        "getenv",
        "getresults",
        "h",
        "help",
        "l",
        "list",
        "lo_list",
        "lo_unlink",
        "parse",
        "password",
        "prompt",
        "sendpipeline",
        "setenv",
        "sf",
        "startpipeline",
        "sv",
        "syncpipeline",
        "watch",
        "z",
        "zp",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Of those, what takes the statement that was begun: it does not go on behind them.
    private static readonly FrozenSet<string> s_taking =
        new[] { "crosstabview", "gdesc", "parse", "sendpipeline", "watch" }.ToFrozenSet(StringComparer.Ordinal);

    // How many words a command takes; those that are not here take any number.
    private static readonly FrozenDictionary<string, int> s_wordCounts = new Dictionary<string, int>
    {
        ["C"] = 1,
        ["H"] = 0,
        ["T"] = 1,
        ["a"] = 0,
        ["conninfo"] = 0,
        ["copy"] = 0,
        ["else"] = 0,
        ["encoding"] = 1,
        ["endif"] = 0,
        ["f"] = 1,
        ["gexec"] = 0,
        ["gset"] = 1,
        ["html"] = 0,
        ["p"] = 0,
        ["print"] = 0,
        ["pset"] = 2,
        ["q"] = 0,
        ["quit"] = 0,
        ["r"] = 0,
        ["reset"] = 0,
        ["restrict"] = 1,
        ["t"] = 1,
        ["timing"] = 1,
        ["unrestrict"] = 1,
        ["unset"] = 1,
        ["x"] = 1,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private string? _restrictKey;

    /// <summary>True where the last command failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>What becomes of the statement that is to be sent.</summary>
    public ResultUse Use { get; private set; }

    /// <summary>What the names of variables begin with that a result is stored in.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>Runs a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="reader">The script it stands in.</param>
    /// <param name="conditions">Where the script stands in its branches.</param>
    /// <param name="error">Why it failed, or null.</param>
    public CommandOutcome Run(MetaCommand command, ScriptReader reader, ConditionStack conditions, out PureDumpException? error)
    {
        CommandOutcome outcome = CommandOutcome.GoesOn;
        error = null;
        try
        {
            outcome = Run(command, reader, conditions);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ScriptRefused)
        {
            error = e;
            outcome = CommandOutcome.Refused;
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.Usage)
        {
            error = e;
        }
        catch (PureDumpException e) when (command.Name is "c" or "connect")
        {
            error = e.Named($"\\{command.Name}");
            outcome = CommandOutcome.NotConnected;
        }

        HasFailed = error is not null || outcome == CommandOutcome.Failed;
        if (error is not null)
        {
            // What else stands on its line may rest on it.
            reader.ForgetLine();
        }

        return outcome;
    }

    private static PureDumpException Failure(string message) => new(ErrorKind.Usage, message);

    private static bool IsMissing(string name) =>
        s_missing.Contains(name)
        || (name is ['d', ..] && name.All(static letter => char.IsAsciiLetter(letter) || letter is '+'))
        || s_missing.Contains(name.TrimEnd('+', 'x', 'S'));

    private CommandOutcome Run(MetaCommand command, ScriptReader reader, ConditionStack conditions)
    {
        if (_restrictKey is not null && command.Name != "unrestrict")
        {
            throw Failure("backslash commands are restricted; only \\unrestrict is allowed");
        }

        if (ConditionStack.IsBranching(command.Name))
        {
            Branch(command, reader, conditions);
            return CommandOutcome.GoesOn;
        }

        if (!conditions.IsActive)
        {
            if (!Known(command))
            {
                throw Unknown(command);
            }

            PassOver(command.Name, reader);
            return CommandOutcome.GoesOn;
        }

        if (command.Name is "restrict" or "unrestrict")
        {
            Restrict(command);
            return CommandOutcome.GoesOn;
        }

        CheckAllowed(command);
        CommandOutcome outcome = RunKnown(command, reader);
        WarnOfMore(command, s_wordCounts.GetValueOrDefault(command.Name, int.MaxValue));
        return outcome;
    }

    private static PureDumpException Unknown(MetaCommand command) => Failure($"invalid command \\{command.Name}");

    // In a branch that is not taken only a name that psql does not know is an error.
    private static bool Known(MetaCommand command) =>
        s_refused.Contains(command.Name) || IsMissing(command.Name) || s_wordCounts.ContainsKey(command.Name)
        || command.Name is "c" or "connect" or "echo" or "g" or "gx" or "qecho" or "set" or "warn";

    private static void CheckAllowed(MetaCommand command)
    {
        // Without a file \o ends what never began, and \s lists what was typed.
        bool isRefused = s_refused.Contains(command.Name) && !(command.Name is "o" or "out" or "s" && command.Arguments.Count == 0);
        if (isRefused || (command.Name is "g" or "gx" && BehindOptions(command) < command.Arguments.Count))
        {
            throw RefusedForFile(command);
        }

        if (command.HasBackquote)
        {
            throw new PureDumpException(
                ErrorKind.ScriptRefused,
                $"\\{command.Name} asks for a program to be run by backquotes, which is never done");
        }
    }

    // The first word behind \g (name=value ...).
    private static int BehindOptions(MetaCommand command)
    {
        int end = command.Arguments is [['(', ..], ..] ? command.Arguments.TakeWhile(static word => !word.EndsWith(')')).Count() + 1 : 0;
        return Math.Min(end, command.Arguments.Count);
    }

    private void Branch(MetaCommand command, ScriptReader reader, ConditionStack conditions)
    {
        bool isTrue = false;
        if (conditions.Evaluates(command.Name))
        {
            if (command.HasBackquote)
            {
                throw new PureDumpException(
                    ErrorKind.ScriptRefused,
                    $"\\{command.Name} asks for a program to be run by backquotes, which is never done");
            }

            string expression = string.Join(' ', command.Arguments);
            bool? value = ReplayVariables.ReadFlag(expression);
            if (value is null)
            {
                observer.Failed(place($"unrecognized value \"{expression}\" for \"\\{command.Name} expression\": Boolean expected"));
            }

            isTrue = value == true;
        }

        conditions.Go(command.Name, isTrue);
        reader.Skips = !conditions.IsActive;
        if (conditions.IsActive)
        {
            WarnOfMore(command, s_wordCounts.GetValueOrDefault(command.Name, int.MaxValue));
        }
    }

    // What would have sent the statement or forgotten it ends it, here too: the next one, and rows, begin behind it.
    private static void PassOver(string name, ScriptReader reader)
    {
        bool isSent = name is "g" or "gx" or "gset" or "gexec";
        if (isSent)
        {
            reader.PassOverRows(reader.CopyFromStdinCount);
        }

        if (isSent || name is "r" or "reset" || s_taking.Contains(name))
        {
            reader.Forget();
        }
    }

    private void WarnOfMore(MetaCommand command, int wordCount)
    {
        foreach (string word in command.Arguments.Skip(wordCount))
        {
            observer.Warned(place($"\\{command.Name}: extra argument \"{word}\" ignored"));
        }
    }

    private CommandOutcome RunKnown(MetaCommand command, ScriptReader reader)
    {
        IReadOnlyList<string> arguments = command.Arguments;
        switch (command.Name)
        {
            case "c" or "connect":
                session.Reconnect(arguments);
                observer.Reconnected(variables["DBNAME"]!, variables["USER"]!);
                break;
            case "copy":
                return Copy(command, reader);
            case "encoding" when arguments.Count > 0:
                SetEncoding(arguments[0]);
                break;
            case "set" when arguments.Count > 0:
                variables.Set(arguments[0], string.Concat(arguments.Skip(1)));
                break;
            case "unset" when arguments.Count > 0:
                variables.Set(arguments[0], null);
                break;
            case "encoding":
                observer.TextShown(Encoding.UTF8.GetBytes(variables["ENCODING"] ?? ""), isTalk: false);
                break;
            case "set" or "unset":
                throw Failure($"\\{command.Name}: missing required argument");
            case "r" or "reset":
                reader.Forget();
                observer.TextShown("Query buffer reset (cleared)."u8, isTalk: true);
                break;
            case "p" or "print":
                ReadOnlySpan<byte> begun = reader.Begun;
                observer.TextShown(begun.IsEmpty ? "Query buffer is empty."u8 : begun, isTalk: begun.IsEmpty);
                break;
            case "conninfo":
                Show(command);
                ShowConnection();
                break;
            case "g" or "gx":
                Show(command);
                return Sends(ResultUse.Shown);
            case "gset":
                return Sends(ResultUse.Stored, arguments.Count > 0 ? arguments[0] : "");
            case "gexec":
                return Sends(ResultUse.Executed);
            case "o" or "out":
                break;
            case "q" or "quit":
                return CommandOutcome.Quit;
            case var name when name == "s" || IsMissing(name):
                if (s_taking.Contains(name))
                {
                    reader.Forget();
                }

                throw Failure($"\\{name} is not available");
            default:
                Show(command);
                break;
        }

        return CommandOutcome.GoesOn;
    }

    // With rows of the script, or to where results go; the server's own message says what is wrong with it.
    private CommandOutcome Copy(MetaCommand command, ScriptReader reader)
    {
        string statement = CopyArguments.Read(command.Tail, out bool hasRows) ?? throw RefusedForFile(command);
        return runCopy(TypedText.Encode(statement), reader, hasRows ? 1 : 0) ? CommandOutcome.GoesOn : CommandOutcome.Failed;
    }

    private static PureDumpException RefusedForFile(MetaCommand command) =>
        new(
            ErrorKind.ScriptRefused,
            $"\\{command.Name} is not run from a script",
            "it touches a file or a program; run what it needs apart from the script");

    private CommandOutcome Sends(ResultUse use, string prefix = "")
    {
        (Use, Prefix) = (use, prefix);
        return CommandOutcome.Sends;
    }

    private void ShowConnection()
    {
        const uint text = 25;
        List<(string Name, string Value)> lines = session.Describe();
        observer.ResultBegins([new ReplayColumn("Parameter"u8.ToArray(), text), new ReplayColumn("Value"u8.ToArray(), text)]);
        lines.ForEach(line => observer.Row(new ReplayRow(ReplayRow.Encode(line.Name, line.Value))));
        observer.StatementEnds($"SELECT {lines.Count}", hasRows: true);
        observer.MessageEnds();
    }

    private void Show(MetaCommand command)
    {
        if (!observer.TryRun(command, out string? error))
        {
            throw Unknown(command);
        }

        if (error is not null)
        {
            throw Failure(error);
        }
    }

    // The key is taken as it stands: psql before 18.6 ran backquotes in it (CVE-2026-18408).
    private void Restrict(MetaCommand command)
    {
        string key = command.Tail.Split([' ', '\t'], 2)[0];
        if (key.Length == 0)
        {
            throw Failure($"\\{command.Name}: missing required argument");
        }

        if (command.Name == "restrict")
        {
            if (_restrictKey is not null)
            {
                throw Failure("backslash commands are restricted; only \\unrestrict is allowed");
            }

            _restrictKey = key == MissingKey ? null : key;
            return;
        }

        if (_restrictKey is null)
        {
            if (key != MissingKey)
            {
                throw Failure("\\unrestrict: not currently in restricted mode");
            }
        }
        else if (key == _restrictKey)
        {
            _restrictKey = null;
        }
        else
        {
            throw Failure("\\unrestrict: wrong key");
        }
    }

    private void SetEncoding(string name)
    {
        if (!Ascii.IsValid(name) || !runText(Encoding.UTF8.GetBytes($"SET client_encoding = {SqlText.LiteralAnywhere(name)}")))
        {
            throw Failure($"{name}: invalid encoding name or conversion procedure not found");
        }

        variables.Set("ENCODING", session.Connection.Parameter("client_encoding"));
    }
}
