using PureDump.Cli.Options;
using PureDump.Engine.Maintain;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump.Cli.Commands;

/// <summary><c>dropdb</c>: the options, defaults, messages and exit codes of PostgreSQL's own.</summary>
internal static class DropDbCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } = new()
    {
        Name = "dropdb",
        ClientName = "dropdb",
        HelpStandsFirst = true,
        Synopses = ["[OPTION]... DBNAME"],
        Summary = "remove a database as dropdb does",
        Description = "dropdb removes a PostgreSQL database.",
        Operands = [("DBNAME", "the database")],
        Examples = [("dropdb -i shop", "remove a database, after a question")],
        Options =
        [
            .. OptionGroups.About, .. OptionGroups.Login, ToolOptions.Echo, ToolOptions.Force, ToolOptions.Interactive,
            ToolOptions.IfExists, ToolOptions.MaintenanceDatabase,
        ],
        Run = Run,
    };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        if (options.Operands.Count == 0)
        {
            throw new PureDumpException(ErrorKind.Usage, "missing required argument database name", options.Verb.HelpHint);
        }

        options.LimitOperands(1);
        string name = options.Operands[0];
        if (options.Has(ToolOptions.Interactive) && !Confirm(name, invocation))
        {
            return 0;
        }

        string condition = options.Has(ToolOptions.IfExists) ? "IF EXISTS " : "";
        string force = options.Has(ToolOptions.Force) ? " WITH (FORCE)" : "";
        string sql = $"DROP DATABASE {condition}{SqlText.Name(name)}{force};";
        using MaintenanceSession session = Maintenance.Open(invocation, name);
        Maintenance.Execute(session, sql, "database removal failed");
        return 0;
    }

    // dropdb asks for ever where nobody answers any more; an end of the input is no answer.
    private static bool Confirm(string name, Invocation invocation)
    {
        using TextWriter output = invocation.Surroundings.OpenText();
        output.WriteLine($"Database \"{name}\" will be permanently removed.");
        output.Flush();
        while (true)
        {
            switch (invocation.Surroundings.AskLine("Are you sure? (y/n) "))
            {
                case "y":
                    return true;
                case "n":
                    return false;
                case null:
                    throw invocation.Options.Unusable("nobody answers whether the database is to be removed");
            }

            output.WriteLine("Please answer \"y\" or \"n\".");
            output.Flush();
        }
    }
}
