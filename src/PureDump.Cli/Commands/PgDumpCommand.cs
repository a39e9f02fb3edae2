using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Engine;
using PureDump.Engine.Files;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Cli.Commands;

/// <summary><c>pg_dump</c>: the options, defaults, messages and exit codes of PostgreSQL's own.</summary>
internal static class PgDumpCommand
{
    /// <summary>What it is.</summary>
    public static Verb Verb { get; } = new()
    {
        Name = "pg_dump",
        ClientName = "pg_dump",
        Flag = Verbs.PgDump,
        HelpStandsFirst = true,
        Synopses = ["[OPTION]... [DBNAME]"],
        Summary = "dump a database as pg_dump does: its options, messages and exit codes",
        Description =
            "pg_dump dumps a PostgreSQL database as pg_dump 18 does, into an SQL script. It is run by \"puredump pg_dump\", and by a link to puredump that is called pg_dump.",
        Operands = [("DBNAME", "the database, as with -d; by default PGDATABASE or the role's name")],
        Examples =
        [
            ("pg_dump shop > shop.sql", "dump the database shop"),
            ("pg_dump -h db1 -U app -s -n sales -f sales.sql shop", "the definitions of one schema, from another machine"),
        ],
        Run = Run,
    };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        DumpSelection selection = DumpOptions.Selection(invocation);
        int jobs = options.Jobs();
        DumpSession session = DumpOptions.Session(options);
        FileSync sync = DumpOptions.Sync(options);
        string? database = options.Value(OptionTable.DatabaseName);
        options.LimitOperands(database is null ? 1 : 0);
        DumpRules.Check(options, selection, jobs);
        bool isAppending = ReadIsAppending(options);
        ScriptOptions script = DumpOptions.Script(options, selection, invocation.Surroundings.Clock);
        StreamCompression compression = options.Value(OptionTable.Compress) is { } text
            ? StreamCompression.Parse(text, invocation.Talk.Warn)
            : default;
        if (jobs > 1)
        {
            throw options.Unusable("parallel backup only supported by the directory format");
        }

        if (options.Has(OptionTable.BinaryUpgrade))
        {
            throw options.Unusable($"option {OptionTable.BinaryUpgrade.Label} is not available: pg_upgrade needs the pg_dump of its own version");
        }

        string? path = options.Value(OptionTable.File) is var file and not "-" ? file : null;
        if (path is not null && !isAppending)
        {
            DumpOperation.CheckOutput(path);
        }

        var request = new DumpRequest
        {
            // Last, for it may ask for a password.
            Source = ConnectionOptions.Resolve(invocation, database ?? options.Operands.FirstOrDefault()),
            Selection = selection,
            Session = session,
            Encoding = options.Value(OptionTable.Encoding),
            Script = script,
            ScriptCompression = compression,
            Sync = sync,
        };
        (Talk talk, CancellationToken cancellation) = (invocation.Talk, invocation.Surroundings.Cancellation);
        DumpResult result =
            path is null ? DumpOperation.ToScript(request, invocation.Surroundings.Output, talk, cancellation)
            : isAppending ? DumpOperation.AppendScript(request, path, talk, cancellation)
            : DumpOperation.ToScriptFile(request, path, talk, cancellation);
        DumpSummary.Write(result, path, isScript: true, talk);
        return 0;
    }

    // "append" is not documented; pg_dumpall asks for it.
    private static bool ReadIsAppending(GivenOptions options)
    {
        string format = options.Value(OptionTable.Format) ?? "p";
        switch (format.ToLowerInvariant())
        {
            case "p" or "plain":
                return false;
            case "a" or "append":
                return true;
            case "c" or "custom" or "d" or "directory" or "t" or "tar":
                if (options.Has(OptionTable.RestrictKey))
                {
                    DumpRules.CheckArchive(options);
                }

                throw new PureDumpException(
                    ErrorKind.Usage,
                    $"output format \"{format}\" is not available yet",
                    "the format of this version is plain; \"puredump dump\" writes archives of its own format");
            default:
                throw options.Unusable($"invalid output format \"{format}\" specified");
        }
    }
}
