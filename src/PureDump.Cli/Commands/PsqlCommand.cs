using PureDump.Cli.Options;
using PureDump.Cli.Printing;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Engine.Maintain;
using PureDump.Engine.Replay;
using PureDump.Formats.Errors;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary><c>psql</c>, as far as scripts need it: no prompt, no command that runs a program or touches a file.</summary>
internal static class PsqlCommand
{
    private const int Failure = 1;
    private const int ConnectionLost = 2;
    private const int Stopped = 3;

    // psql's own name for what it reads from standard input as -f -.
    private const string StandardInput = "<stdin>";

    // Where the list of databases is asked for, unless the command line says where: whatever PGDATABASE is (startup.c, main).
    private const string AnyDatabase = "postgres";

    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "psql",
            ClientName = "psql",
            Synopses = ["[OPTION]... [DBNAME [USERNAME]]"],
            Summary = "run SQL scripts as psql does: its options, output and exit codes",
            Description =
                "Runs SQL from files (-f), from the command line (-c) or from standard input, and prints what psql prints. Nothing but "
                + "SQL is "
                + "run: a script that asks for a program, a file or another server ends with an error. Of backslash commands there are "
                + "\\connect, "
                + "\\conninfo, \\encoding, \\restrict, \\unrestrict, \\set, \\unset, \\if, \\elif, \\else, \\endif, \\g, \\gx, \\gset, "
                + "\\gexec, \\p, \\r, "
                + "\\echo, \\qecho, \\warn, \\timing, \\pset, \\a, \\C, \\f, \\H, \\t, \\T, \\x and \\q; others fail by name, and the "
                + "script goes on. "
                + "A variable that was set with -v or \\set stands for :name, :'name' and :\"name\" outside quotes. "
                + "It is run by \"puredump psql\", and by a link to puredump that is called psql.",
            Operands =
            [
                ("DBNAME", "the database, as with -d; by default PGDATABASE or the role's name"),
                ("USERNAME", "the role, as with -U"),
            ],
            Examples =
            [
                ("psql -U postgres -d shop -v ON_ERROR_STOP=1 -f shop.sql", "run a script, up to its first error"),
                ("psql -At -c 'SELECT count(*) FROM orders' shop", "one value"),
                ("pg_dump shop | psql shop_copy", "from database to database"),
                ("psql -lqt | cut -d '|' -f 1", "the names of all databases"),
            ],
            ClientExitCode = static kind =>
                kind switch
                {
                    ErrorKind.Connection
                    or ErrorKind.Authentication
                    or ErrorKind.Tls
                    or ErrorKind.NotFound
                    or ErrorKind.Protocol
                    or ErrorKind.ConnectionOptions
                    or ErrorKind.Server
                    or ErrorKind.Permission
                    or ErrorKind.UnsupportedServer => ConnectionLost,
                    ErrorKind.Cancelled => Stopped,
                    _ => Failure,
                },
            ClientExitCodes =
            [
                ("1", "it could not begin, or the text of -c failed or was interrupted"),
                ("2", "no connection, or it was lost"),
                ("3", "a script was ended: by an error with ON_ERROR_STOP, by something that is not run from a script, by an interruption"),
            ],
            Options = [.. OptionGroups.About, .. PsqlOptions.All, .. OptionGroups.Login, OptionTable.DatabaseName, OptionTable.ShowSecrets],
            Rules =
            [
                OptionRule.Unfit(OptionScope.None, PsqlOptions.SingleStep, "is not available"),
                OptionRule.Unfit(OptionScope.None, PsqlOptions.SingleLine, "is not available"),
            ],
            Run = Run,
        };

    // startup.c (EstablishVariableSpace) and settings.h of psql: what a script may ask for by name.
    private static readonly (string Name, string Value)[] s_defaults =
    [
        ("AUTOCOMMIT", "on"),
        ("COMP_KEYWORD_CASE", "preserve-upper"),
        ("ECHO", "none"),
        ("ECHO_HIDDEN", "off"),
        ("FETCH_COUNT", "0"),
        ("HIDE_TABLEAM", "off"),
        ("HIDE_TOAST_COMPRESSION", "off"),
        ("HISTCONTROL", "none"),
        ("HISTSIZE", "500"),
        ("IGNOREEOF", "0"),
        ("ON_ERROR_ROLLBACK", "off"),
        ("ON_ERROR_STOP", "off"),
        ("PROMPT1", "%/%R%x%# "),
        ("PROMPT2", "%/%R%x%# "),
        ("PROMPT3", ">> "),
        ("QUIET", "off"),
        ("SHOW_ALL_RESULTS", "on"),
        ("SHOW_CONTEXT", "errors"),
        ("SINGLELINE", "off"),
        ("SINGLESTEP", "off"),
        ("VERBOSITY", "default"),
        ("WATCH_INTERVAL", "2"),
    ];

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.Check(OptionScope.None);
        string? database = options.Value(OptionTable.DatabaseName);
        string? user = options.Value(OptionTable.User);
        string[] operands = [.. options.Operands];
        database ??= Take(ref operands);
        user ??= Take(ref operands);
        foreach (string extra in operands)
        {
            invocation.Talk.Warn($"extra command-line argument \"{extra}\" ignored");
        }

        bool isList = options.Has(PsqlOptions.ListDatabases);
        List<ReplayStep> steps = isList ? [new ReplayStep { Sql = DatabaseList.Sql }] : ReadSteps(invocation);
        ReplayVariables variables = ReadVariables(options);
        using Stream? results = OpenOutput(options.Value(PsqlOptions.ResultFile));
        using Stream? log = options.Value(PsqlOptions.LogFile) is { } path && !isList ? Open(path, FileMode.Append) : null;
        var printer = new ScriptPrinter(invocation.Surroundings, variables, results, log, isTerse: steps[0].Name is null);
        ReadStyle(options, printer.Style);
        if (isList)
        {
            printer.HidesStatements = true;
            printer.Style.Title = DatabaseList.Title;
        }

        var request = new ReplayRequest
        {
            // Last, for it may ask for a password.
            Target = ConnectionOptions.Resolve(invocation, database ?? (isList ? AnyDatabase : null), user),
            Steps = steps,
            Variables = variables,
            SingleTransaction = options.Has(PsqlOptions.OneTransaction) && !isList,
            Input = invocation.Surroundings.Input,

            // As psql: a person's terminal is in UTF-8, a script says its encoding or is in that of the database.
            Encoding =
                invocation.Surroundings is { InputIsTerminal: true, OutputIsTerminal: true }
                && invocation.Surroundings.Environment("PGCLIENTENCODING") is null
                    ? "UTF8"
                    : null,
        };
        return Run(request, printer, invocation.Surroundings);
    }

    private static int Run(ReplayRequest request, ScriptPrinter printer, Surroundings surroundings)
    {
        CancellationToken cancellation = surroundings.Cancellation;
        try
        {
            ReplayResult result = ReplayOperation.Run(request, printer, cancellation);
            return result.Outcome switch
            {
                ReplayOutcome.Complete => 0,
                ReplayOutcome.Failed => Failure,
                ReplayOutcome.ConnectionLost => ConnectionLost,
                _ => Stopped,
            };
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            // psql's code is that of its last step: a text fails, a script is ended (startup.c, main; mainloop.c, MainLoop).
            ErrorReport.Write(
                new PureDumpException(ErrorKind.Cancelled, "interrupted", null, e),
                isJson: false,
                surroundings.Error,
                Verb.Speaker);
            return request.Steps[^1].Sql is not null ? Failure : Stopped;
        }
        finally
        {
            printer.Flush();
        }
    }

    private static string? Take(ref string[] operands)
    {
        string? first = operands.FirstOrDefault();
        operands = operands.Length == 0 ? operands : operands[1..];
        return first;
    }

    private static List<ReplayStep> ReadSteps(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        List<ReplayStep> steps =
        [
            .. options
                .InOrder(PsqlOptions.Command, PsqlOptions.ScriptFile)
                .Select(given =>
                    given.Option == PsqlOptions.Command
                        ? new ReplayStep { Sql = given.Value }
                        : Script(given.Value, invocation.Surroundings.Cancellation)),
        ];
        if (steps.Count > 0)
        {
            return steps;
        }

        if (invocation.Surroundings.InputIsTerminal)
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                "there is no interactive mode: standard input is a terminal",
                "give a script with -f, a text with -c, or redirect standard input");
        }

        return [new ReplayStep()];
    }

    private static ReplayStep Script(string path, CancellationToken cancellation)
    {
        if (path == "-")
        {
            return new ReplayStep { Name = StandardInput };
        }

        if (!File.Exists(path))
        {
            throw new PureDumpException(
                ErrorKind.File,
                $"{path}: {(Directory.Exists(path) ? "Is a directory" : "No such file or directory")}");
        }

        return new ReplayStep { Name = path, Open = () => ScriptInput.Open(DescriptorStream.OpenFile(path, cancellation), path) };
    }

    private static ReplayVariables ReadVariables(GivenOptions options)
    {
        var variables = new ReplayVariables();
        foreach ((string name, string value) in s_defaults)
        {
            variables.Set(name, value);
        }

        variables.Set("VERSION", $"PostgreSQL {ProgramVersion.OfClients} (PureDump {ProgramVersion.Own})");
        variables.Set("VERSION_NAME", ProgramVersion.OfClients);
        variables.Set("VERSION_NUM", ReplayVariables.VersionNumber(ProgramVersion.OfClients));
        if (options.Has(PsqlOptions.QuietScript))
        {
            variables.Set("QUIET", "on");
        }

        foreach ((OptionSpec option, _) in options.InOrder(PsqlOptions.EchoErrors, PsqlOptions.EchoQueries, PsqlOptions.EchoAll))
        {
            variables.Set(
                "ECHO",
                option == PsqlOptions.EchoErrors ? "errors"
                    : option == PsqlOptions.EchoQueries ? "queries"
                    : "all");
        }

        foreach (string given in options.Values(PsqlOptions.Variable))
        {
            int equals = given.IndexOf('=', StringComparison.Ordinal);
            variables.Set(equals < 0 ? given : given[..equals], equals < 0 ? null : given[(equals + 1)..]);
        }

        return variables;
    }

    private static void ReadStyle(GivenOptions options, TableStyle style)
    {
        (OptionSpec Option, string Name, string? Value)[] known =
        [
            (PsqlOptions.NoAlign, "format", "unaligned"),
            (PsqlOptions.Csv, "format", "csv"),
            (PsqlOptions.Html, "format", "html"),
            (PsqlOptions.TableAttributes, "tableattr", options.Value(PsqlOptions.TableAttributes)),
            (PsqlOptions.TuplesOnly, "tuples_only", "on"),
            (PsqlOptions.Expanded, "expanded", "on"),
            (PsqlOptions.FieldSeparator, "fieldsep", options.Value(PsqlOptions.FieldSeparator)),
            (PsqlOptions.RecordSeparator, "recordsep", options.Value(PsqlOptions.RecordSeparator)),
            (PsqlOptions.FieldSeparatorZero, "fieldsep_zero", null),
            (PsqlOptions.RecordSeparatorZero, "recordsep_zero", null),
        ];
        foreach ((OptionSpec option, string name, string? value) in known)
        {
            if (options.Has(option))
            {
                style.Set(name, value, out _);
            }
        }

        foreach (string given in options.Values(PsqlOptions.PrintingOption))
        {
            int equals = given.IndexOf('=', StringComparison.Ordinal);
            style.Set(equals < 0 ? given : given[..equals], equals < 0 ? null : given[(equals + 1)..], out string? error);
            if (error is not null)
            {
                throw options.Unusable(error);
            }
        }
    }

    private static Stream? OpenOutput(string? path)
    {
        if (path is ['|', ..])
        {
            throw new PureDumpException(ErrorKind.Usage, "-o writes to files: no program is run", "redirect standard output");
        }

        return string.IsNullOrEmpty(path) ? null : Open(path, FileMode.Create);
    }

    // As psql: the file is there at once, and holds what there is of a run that failed.
    private static FileStream Open(string path, FileMode mode)
    {
        try
        {
            // Refuses a link that may be a trap. What others lead to, /dev/stdout for one, the system knows best.
            _ = LinkedPath.Follow(path);
            return new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not open \"{path}\"");
        }
    }
}
