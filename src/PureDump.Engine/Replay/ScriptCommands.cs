using System.Text;
using System.Collections.Frozen;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;

namespace PureDump.Engine.Replay;

/// <summary>How a script goes on after a backslash command.</summary>
internal enum CommandOutcome
{
    GoesOn,
    Quit,
    NotConnected,
    Refused,
}

/// <summary>
/// The backslash commands of a script. There are few: a script is untrusted, and psql's others run programs, read and write
/// files, or send what a query returned as statements. Those end the script, for what follows could rest on them.
/// </summary>
internal sealed class ScriptCommands(ReplayVariables variables, ReplaySession session, IReplayObserver observer, Func<byte[], bool> runText)
{
    // A script that pg_restore makes of a tar archive has this for a key: the key that pg_dump had not (pg_backup_archiver.c).
    private const string MissingKey = "(null)";

    // What psql 18 knows and a script cannot have here; \d and \l with their letters besides.
    private static readonly FrozenSet<string> s_refused = new[]
    {
        "!", "?", "bind", "bind_named", "cd", "close_prepared", "conninfo", "copy", "copyright", "crosstabview", "e", "edit", "ef", "elif",
        "else", "endif", "endpipeline", "errverbose", "ev", "flush", "flushrequest", "g", "gdesc", "getenv", "getresults", "gexec", "gset",
        "gx", "h", "help", "html", "H", "C", "T", "i", "if", "include", "include_relative", "ir", "l", "list", "o", "out", "p", "parse", "password", "print",
        "prompt", "s", "sendpipeline", "setenv", "sf", "startpipeline", "sv", "syncpipeline", "timing", "w", "watch", "write", "z",
    }.ToFrozenSet(StringComparer.Ordinal);

    private string? _restrictKey;

    /// <summary>True where the last command failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Runs a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="reader">The script it stands in.</param>
    /// <param name="error">Why it failed, or null.</param>
    public CommandOutcome Run(MetaCommand command, ScriptReader reader, out PureDumpException? error)
    {
        CommandOutcome outcome = CommandOutcome.GoesOn;
        error = null;
        try
        {
            outcome = Run(command, reader);
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

        HasFailed = error is not null;
        return outcome;
    }

    private static PureDumpException Failure(string message) => new(ErrorKind.Usage, message);

    private static bool IsRefused(string name) =>
        s_refused.Contains(name) || name.StartsWith('d') || name.StartsWith("lo_", StringComparison.Ordinal) || name.TrimEnd('+') is "l" or "list" or "sf" or "sv" or "z";

    private CommandOutcome Run(MetaCommand command, ScriptReader reader)
    {
        if (command.Name is "restrict" or "unrestrict")
        {
            Restrict(command);
            return CommandOutcome.GoesOn;
        }

        if (_restrictKey is not null)
        {
            throw Failure("backslash commands are restricted; only \\unrestrict is allowed");
        }

        if (IsRefused(command.Name))
        {
            throw new PureDumpException(ErrorKind.ScriptRefused, $"\\{command.Name} is not run from a script", "nothing but SQL is; run what it needs apart from the script");
        }

        if (command.HasBackquote)
        {
            throw new PureDumpException(ErrorKind.ScriptRefused, $"\\{command.Name} asks for a program to be run by backquotes, which is never done");
        }

        return RunKnown(command, reader);
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
            case "encoding" when arguments.Count > 0:
                SetEncoding(arguments[0]);
                break;
            case "set" when arguments.Count > 0:
                variables.Set(arguments[0], string.Concat(arguments.Skip(1)));
                break;
            case "unset" when arguments.Count > 0:
                variables.Set(arguments[0], null);
                break;
            case "encoding" or "set" or "unset":
                throw Failure($"\\{command.Name}: missing required argument");
            case "r" or "reset":
                reader.Forget();
                break;
            case "q" or "quit":
                return CommandOutcome.Quit;
            default:
                if (!observer.TryRun(command, out string? error))
                {
                    throw Failure($"invalid command \\{command.Name}");
                }

                return error is null ? CommandOutcome.GoesOn : throw Failure(error);
        }

        return CommandOutcome.GoesOn;
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
