using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Engine;
using PureDump.Engine.Files;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump dump</c>.</summary>
internal static class DumpCommand
{
    /// <summary>What it is.</summary>
    public static Verb Verb { get; } = new()
    {
        Name = "dump",
        Flag = Verbs.Dump,
        Synopses = ["[OPTION]... [DBNAME]"],
        Summary = "dump a database into an archive or a script",
        Description =
            "Dumps a database as it is at one moment, whatever others do meanwhile, into one archive that checks itself. "
            + "With -F plain it becomes an SQL script for psql. The file appears under its name when it is whole, and not before.",
        Operands = [("DBNAME", "the database, as with -d; by default PGDATABASE or the role's name")],
        Examples =
        [
            ("puredump dump -d shop -f shop.pdump", "dump the database shop"),
            ("puredump dump -h db1 -U app -j 4 -d shop -f shop.pdump", "the same from another machine, four connections"),
            ("puredump dump -d shop -s | puredump show - public.orders", "the definition of one table"),
            ("puredump dump --all -F plain -f all.sql", "the whole cluster: roles, tablespaces and every database"),
            ("puredump dump -d shop -n sales --exclude-table-data 'sales.log_*' -f sales.pdump", "one schema, some tables without rows"),
        ],
        Run = Run,
    };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        DumpSelection selection = DumpOptions.Selection(invocation);
        int jobs = options.Jobs();
        string? database = options.Value(OptionTable.DatabaseName);
        options.LimitOperands(database is null ? 1 : 0);
        DumpRules.Check(options, selection, jobs);
        options.Conflict(OptionTable.LargeObjects, OptionTable.NoLargeObjects);
        bool isScript = ReadIsScript(options);
        if (options.Has(OptionTable.WholeCluster))
        {
            return RunAll(invocation, selection, isScript, jobs);
        }

        ClusterOptions.CheckNone(options);
        if (isScript && jobs > 1)
        {
            throw options.Unusable("parallel dumps can only be used with --format=pdump");
        }

        if (!isScript)
        {
            DumpRules.CheckArchive(options);
        }

        string? compress = options.Value(OptionTable.Compress);
        DumpSession session = DumpOptions.Session(options);
        ScriptOptions script = DumpOptions.Script(options, selection, invocation.Surroundings.Clock);
        CodecSetting codec = compress is null || isScript ? CodecSetting.Default : CodecSetting.Parse(compress);
        StreamCompression compression = compress is null || !isScript ? default : StreamCompression.Parse(compress, invocation.Talk.Warn);
        FileSync sync = DumpOptions.Sync(options);
        string? path = ReadPath(invocation, isScript);
        var request = new DumpRequest
        {
            // Last, for it may ask for a password.
            Source = ConnectionOptions.Resolve(invocation, database ?? options.Operands.FirstOrDefault()),
            Selection = selection,
            Session = session,
            Encoding = options.Value(OptionTable.Encoding),
            Jobs = jobs,
            Codec = codec,
            Script = script,
            ScriptCompression = compression,
            Sync = sync,
            Deterministic = options.Has(OptionTable.Deterministic),
        };
        (Talk talk, CancellationToken cancellation) = (invocation.Talk, invocation.Surroundings.Cancellation);
        DumpResult result = (path, isScript) switch
        {
            (null, false) => DumpOperation.ToStream(request, invocation.Surroundings.Output, talk, cancellation),
            (null, true) => DumpOperation.ToScript(request, invocation.Surroundings.Output, talk, cancellation),
            (_, false) => DumpOperation.ToFile(request, path, talk, cancellation),
            (_, true) => DumpOperation.ToScriptFile(request, path, talk, cancellation),
        };
        DumpSummary.Write(result, path, isScript, talk);
        return 0;
    }

    private static int RunAll(Invocation invocation, DumpSelection selection, bool isScript, int jobs)
    {
        GivenOptions options = invocation.Options;
        if (!isScript)
        {
            throw new PureDumpException(ErrorKind.Usage, "a whole cluster can only be dumped into a script yet", "add --format=plain");
        }

        ClusterSelection cluster = ClusterOptions.Selection(invocation, selection);
        ClusterOptions.CheckAll(options, jobs);
        string? compress = options.Value(OptionTable.Compress);
        return ClusterScript.Write(invocation, cluster, selection, new ClusterScriptTarget
        {
            Path = ReadPath(invocation, isScript),
            Compression = compress is null ? default : StreamCompression.Parse(compress, invocation.Talk.Warn),
            Sync = DumpOptions.Sync(options),
        }, () =>
        {
            ConnectionTarget source = ConnectionOptions.Resolve(invocation, options.Value(OptionTable.DatabaseName) ?? options.Operands.FirstOrDefault());
            bool isNamed = options.Has(OptionTable.DatabaseName) || options.Operands.Count > 0;
            return (source, isNamed ? source.Database : null);
        });
    }

    private static bool ReadIsScript(GivenOptions options)
    {
        switch (options.Value(OptionTable.Format))
        {
            case null or "pdump":
                return false;
            case "p" or "plain":
                return true;
            case "c" or "custom" or "d" or "directory" or "t" or "tar":
                throw new PureDumpException(
                    ErrorKind.Usage, $"output format \"{options.Value(OptionTable.Format)}\" is not available yet", "the formats of this version are pdump and plain");
            case { } other:
                throw options.Unusable($"invalid output format \"{other}\" specified");
        }
    }

    private static string? ReadPath(Invocation invocation, bool isScript)
    {
        string? path = invocation.Options.Value(OptionTable.File);
        if (path is null or "-")
        {
            return isScript || !invocation.Surroundings.OutputIsTerminal
                ? null
                : throw new PureDumpException(
                    ErrorKind.Usage, "refusing to write an archive to a terminal", "name a file with -f, or redirect standard output");
        }

        DumpOperation.CheckOutput(path);
        return path;
    }
}
