using PureDump.Cli.Options;
using PureDump.Engine.Maintain;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Connection;

namespace PureDump.Cli.Commands;

/// <summary><c>createdb</c>: the options, defaults, messages and exit codes of PostgreSQL's own.</summary>
internal static class CreateDbCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } = new()
    {
        Name = "createdb",
        ClientName = "createdb",
        HelpStandsFirst = true,
        Synopses = ["[OPTION]... [DBNAME] [DESCRIPTION]"],
        Summary = "make a database as createdb does",
        Description = "createdb makes a new PostgreSQL database.",
        Operands =
        [
            ("DBNAME", "the name of the database; by default PGDATABASE, PGUSER or the name of the account"),
            ("DESCRIPTION", "a comment on it"),
        ],
        Examples = [("createdb -O app shop 'what is sold'", "make a database of a role, with a comment")],
        Options =
        [
            .. OptionGroups.About, .. OptionGroups.Login, .. ToolOptions.NewDatabase, ToolOptions.Echo, ToolOptions.MaintenanceDatabase,
        ],
        Run = Run,
    };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.LimitOperands(2);
        if (options.Value(ToolOptions.Encoding) is { } encoding && !TextEncoding.IsKnown(encoding))
        {
            throw options.Unusable($"\"{encoding}\" is not a valid encoding name");
        }

        string name = options.Operands.FirstOrDefault()
            ?? invocation.Surroundings.Environment("PGDATABASE")
            ?? invocation.Surroundings.Environment("PGUSER")
            ?? OperatingSystemUser.EffectiveName()
            ?? throw options.Unusable("could not look up the name of the account this process runs as");
        var statement = new CreateDatabaseStatement
        {
            Name = name,
            Owner = options.Value(ToolOptions.Owner),
            Tablespace = options.Value(ToolOptions.Tablespace),
            Encoding = options.Value(ToolOptions.Encoding),
            Strategy = options.Value(ToolOptions.Strategy),
            Template = options.Value(ToolOptions.Template),
            LcCollate = options.Value(ToolOptions.LcCollate),
            LcCtype = options.Value(ToolOptions.LcCtype),
            Locale = options.Value(ToolOptions.Locale),
            BuiltinLocale = options.Value(ToolOptions.BuiltinLocale),
            LocaleProvider = options.Value(ToolOptions.LocaleProvider),
            IcuLocale = options.Value(ToolOptions.IcuLocale),
            IcuRules = options.Value(ToolOptions.IcuRules),
        };
        using MaintenanceSession session = Maintenance.Open(invocation, name);
        Maintenance.Execute(session, statement.ToSql(session.Literal), "database creation failed");
        if (options.Operands is [_, var comment])
        {
            Maintenance.Execute(
                session,
                $"COMMENT ON DATABASE {SqlText.Name(name)} IS {session.Literal(comment)};",
                "comment creation failed (database was created)");
        }

        return 0;
    }
}
