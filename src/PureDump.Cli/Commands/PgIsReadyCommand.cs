using PureDump.Cli.Options;
using PureDump.Engine.Maintain;
using PureDump.Postgres.Connection;

namespace PureDump.Cli.Commands;

/// <summary><c>pg_isready</c>: the options, defaults, messages and exit codes of PostgreSQL's own.</summary>
internal static class PgIsReadyCommand
{
    private const int NotTried = 3;

    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } = new()
    {
        Name = "pg_isready",
        ClientName = "pg_isready",
        HelpStandsFirst = true,
        Synopses = ["[OPTION]..."],
        Summary = "ask whether a server takes connections, as pg_isready does",
        Description = "pg_isready asks a PostgreSQL server whether it takes connections. No password is needed.",
        Examples = [("pg_isready -h db1 -t 10", "wait up to ten seconds for an answer")],
        ClientExitCode = _ => NotTried,
        ClientExitCodes =
        [
            ("1", "the server is there and takes no connections now"),
            ("2", "nobody answers"),
            ("3", "nobody was asked: the command line cannot be used"),
        ],
        Options =
        [
            .. OptionGroups.About, OptionTable.Host, OptionTable.Port, OptionTable.User, OptionTable.DatabaseName,
            ToolOptions.Quiet, ToolOptions.Timeout,
        ],
        Run = Run,
    };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.LimitOperands(0);
        var arguments = new ConnectionArguments
        {
            Host = options.Value(OptionTable.Host),
            Port = options.Value(OptionTable.Port),
            User = options.Value(OptionTable.User),
            Database = options.Value(OptionTable.DatabaseName),
            Prompting = PasswordPrompting.Never,
        };
        Func<string, string?> environment = invocation.Surroundings.Environment;
        (string host, string port) = ConnectionTarget.NamedPlace(arguments, environment);
        Readiness readiness = ReadinessCheck.Run(
            arguments,
            environment,
            options.Value(ToolOptions.Timeout) ?? ReadinessCheck.TimeoutDefault,
            invocation.Surroundings.Cancellation);
        if (!options.Has(ToolOptions.Quiet))
        {
            string answer = readiness switch
            {
                Readiness.Accepting => "accepting connections",
                Readiness.Rejecting => "rejecting connections",
                _ => "no response",
            };
            using TextWriter output = invocation.Surroundings.OpenText();
            output.WriteLine($"{host}:{port} - {answer}");
        }

        return (int)readiness;
    }
}
