using PureDump.Cli.Options;
using PureDump.Postgres.Connection;

namespace PureDump.Cli.Commands;

/// <summary>The connection options of a command line.</summary>
internal static class ConnectionOptions
{
    /// <summary>Brings them and the environment together. Does not connect; asks for the password with <c>-W</c>.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="database">A name, a conninfo string or a URI; null for what the environment says.</param>
    /// <param name="user">The role, where <c>-U</c> was not given.</param>
    /// <param name="databaseCountsLess">See <see cref="ConnectionArguments.DatabaseCountsLess"/>.</param>
    public static ConnectionTarget Resolve(Invocation invocation, string? database, string? user = null, bool databaseCountsLess = false)
    {
        GivenOptions options = invocation.Options;
        options.Check(CommonRules.Login);
        var arguments = new ConnectionArguments
        {
            Host = options.Value(OptionTable.Host),
            Port = options.Value(OptionTable.Port),
            User = options.Value(OptionTable.User) ?? user,
            ApplicationName = options.Verb == PsqlCommand.Verb ? options.Verb.Name : "puredump",
            Database = database,
            DatabaseCountsLess = databaseCountsLess,
            // Who calls the program by a client's name gets what that client says, and no more.
            DatabaseIsVisible = options.Verb.ClientName is null,
            Prompting = options.Has(OptionTable.NoPassword) ? PasswordPrompting.Never
                : options.Has(OptionTable.Password) ? PasswordPrompting.Always
                : PasswordPrompting.WhenNeeded,
            Prompt = invocation.Surroundings.AskPassword,
            Warn = options.Verb.ClientName is null ? invocation.Talk.WarnOnce : invocation.Talk.Warn,
        };
        return ConnectionTarget.Resolve(arguments, invocation.Surroundings.Environment);
    }
}
