using PureDump.Cli.Options;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Server;

namespace PureDump.Cli.Commands;

/// <summary>Which server a script, or an archive of pg_dump's, is written for.</summary>
internal static class ScriptServer
{
    /// <summary>
    /// Options with the server: that of <c>--for-server</c>, else that of the dump. Under the name of one of PostgreSQL's clients it is
    /// any, as that one writes it.
    /// </summary>
    /// <exception cref="PureDumpException">It is no version that is known (<see cref="ErrorKind.Usage"/>).</exception>
    public static ScriptOptions Given(GivenOptions options, ScriptOptions script) => script with
    {
        FitsServer = options.Verb.ClientName is null,
        ForMajor = options.Number(OptionTable.ForServer, ServerFeatures.OldestMajor, ServerFeatures.NewestMajor),
    };
}
