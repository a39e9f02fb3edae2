using PureDump.Cli.Options;
using PureDump.Cli.Terminals;
using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary><c>pg_dump</c>: the options, defaults, messages and exit codes of PostgreSQL's own.</summary>
internal static class PgDumpCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "pg_dump",
            ClientName = "pg_dump",
            HelpStandsFirst = true,
            Synopses = ["[OPTION]... [DBNAME]"],
            Summary = "dump a database as pg_dump does: its options, messages and exit codes",
            Description =
                "pg_dump dumps a PostgreSQL database as pg_dump 18 does, into an SQL script. It is run by \"puredump pg_dump\", and by "
                    + "a link to puredump that is called pg_dump.",
            Operands = [("DBNAME", "the database, as with -d; by default PGDATABASE or the role's name")],
            Examples =
            [
                ("pg_dump shop > shop.sql", "dump the database shop"),
                ("pg_dump -h db1 -U app -s -n sales -f sales.sql shop", "the definitions of one schema, from another machine"),
            ],
            Options =
            [
                .. OptionGroups.About,
                .. OptionGroups.Dumping,
                .. OptionGroups.DatabaseDump,
                .. OptionGroups.Patterns,
                .. OptionGroups.Database,
                .. OptionGroups.Reading,
                .. OptionGroups.Parts,
                .. OptionGroups.Login,
                OptionTable.BinaryUpgrade,
            ],
            Rules = DumpRules.PgDump,
            Run = Run,
        };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        DumpSelection selection = DumpArguments.Selection(invocation);
        int jobs = options.Jobs();
        DumpSession session = DumpArguments.Session(options);
        FileSync sync = DumpArguments.Sync(options);
        string? database = options.Value(OptionTable.DatabaseName);
        options.LimitOperands(database is null ? 1 : 0);
        options.Check(OptionScope.None);
        OutputFormat format = OutputFormat.Read(options, new OutputFormat(OutputKind.Script));
        ScriptOptions script = DumpArguments.Script(options, selection, invocation.Surroundings.Clock);
        options.Check(format.Scope);
        StreamCompression compression = format.Compression(invocation);
        options.Check(format.Scope | OptionScope.Settled);
        string? path = DumpCommand.ReadPath(invocation, format);

        // Last, for it may ask for a password.
        ConnectionTarget source = ConnectionOptions.Resolve(invocation, database ?? options.Operands.FirstOrDefault());
        var request = new DumpRequest
        {
            Source = source,
            // Who owns what an archive keeps; it is for the restore to leave that out.
            Selection = format.IsScript ? selection : selection with { WithOwners = true },
            Jobs = jobs,
            Session = session,
            Encoding = options.Value(OptionTable.Encoding) ?? source.ClientEncoding,
            Script = script,
            ScriptCompression = compression,
            Sync = sync,
            Access = DumpArguments.Access(options),
        };
        DumpResult result = DumpCommand.Dump(invocation, request, format, path);
        DumpReport.Write(result, path, format, invocation);
        return 0;
    }
}
