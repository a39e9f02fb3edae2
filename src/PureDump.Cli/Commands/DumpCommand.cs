using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Connection;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump dump</c>.</summary>
internal static class DumpCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "dump",
            Synopses = ["[OPTION]... [DBNAME]"],
            Summary = "dump a database into an archive or a script",
            Description =
                "Dumps a database as it is at one moment, whatever others do meanwhile, into one archive that checks itself; with --all "
                + "every database of the server. "
                + "With -F plain it becomes an SQL script for psql. The file appears under its name when it is whole, and not before.",
            Operands = [("DBNAME", "the database, as with -d; by default PGDATABASE or the role's name")],
            Examples =
            [
                ("puredump dump -d shop -f shop.pdump", "dump the database shop"),
                ("puredump dump -h db1 -U app -j 4 -d shop -f shop.pdump", "the same from another machine, four connections"),
                ("puredump dump -d shop -s | puredump show - public.orders", "the definition of one table"),
                ("puredump dump --all -j 4 -f all.pdump", "the whole cluster: roles, tablespaces and every database"),
                (
                    "puredump dump -d shop -n sales --exclude-table-data 'sales.log_*' -f sales.pdump",
                    "one schema, some tables without rows"),
            ],
            Options =
            [
                .. OptionGroups.Dumping,
                .. OptionGroups.DatabaseDump,
                .. OptionGroups.Patterns,
                .. OptionGroups.Database,
                .. OptionGroups.Reading,
                .. OptionGroups.Parts,
                .. OptionGroups.Cluster,
                .. OptionGroups.Login,
                .. OptionGroups.Talk,
                OptionTable.ArchiveVersion,
                OptionTable.ForServer,
                OptionTable.DataFormat,
                OptionTable.Deterministic,
                OptionTable.WholeCluster,
                OptionTable.TablespacesOnlyOfAll,
                OptionTable.Strict,
                OptionTable.Stats,
                OptionTable.Help,
            ],
            Rules = DumpRules.Dump,
            EndsWith = static kind =>
                kind
                    is not (
                        ErrorKind.RestoreIncomplete
                        or ErrorKind.ArchiveDamaged
                        or ErrorKind.ArchiveVersion
                        or ErrorKind.TargetMismatch),
            Run = Run,
        };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        DumpSelection selection = DumpArguments.Selection(invocation);
        int jobs = options.Jobs();
        string? database = options.Value(OptionTable.DatabaseName);
        options.LimitOperands(database is null ? 1 : 0);
        options.Check(OptionScope.None);
        TransferReport.Check(options);
        options.Check(OptionScope.Files);
        OutputFormat format = OutputFormat.Read(options, new OutputFormat(OutputKind.Pdump));
        if (options.Has(OptionTable.WholeCluster))
        {
            return RunAll(invocation, selection, format, jobs);
        }

        OptionScope scope = OptionScope.Database | format.Scope;
        options.Check(scope);
        string? compress = options.Value(OptionTable.Compress);
        DumpSession session = DumpArguments.Session(options);
        ScriptOptions script = DumpArguments.Script(options, selection, invocation.Surroundings.Clock);
        CodecSetting codec = compress is null || format.Kind != OutputKind.Pdump ? CodecSetting.Default : CodecSetting.Parse(compress);
        StreamCompression compression = format.Kind == OutputKind.Pdump ? default : format.Compression(invocation);
        FileSync sync = DumpArguments.Sync(options);
        options.Check(scope | OptionScope.Settled);
        _ = format.Version(options);
        string? path = ReadPath(invocation, format);
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
        DumpResult result = Dump(invocation, request, format, path);
        DumpReport.Write(result, path, format, invocation);
        return 0;
    }

    /// <summary>Dumps into what is asked for.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="request">What, and how.</param>
    /// <param name="format">What it becomes.</param>
    /// <param name="path">Where to; null for standard output.</param>
    public static DumpResult Dump(Invocation invocation, DumpRequest request, OutputFormat format, string? path)
    {
        (Talk talk, CancellationToken cancellation) = (invocation.Talk, invocation.Surroundings.Cancellation);
        switch (format.Kind)
        {
            case OutputKind.PgArchive:
                PgArchiveTarget target = format.Target(invocation, path, request.ScriptCompression, request.Sync);
                return DumpOperation.ToPgArchive(request, target, talk, cancellation);
            case OutputKind.Pdump:
                return path is null
                    ? DumpOperation.ToStream(request, invocation.Surroundings.OpenArchive(), talk, cancellation)
                    : DumpOperation.ToFile(request, path, talk, cancellation);
            case OutputKind.AppendedScript when path is not null:
                return DumpOperation.AppendScript(request, path, talk, cancellation);
            default:
                return path is null
                    ? DumpOperation.ToScript(request, invocation.Surroundings.Output, talk, cancellation)
                    : DumpOperation.ToScriptFile(request, path, talk, cancellation);
        }
    }

    /// <summary>The path of <c>-f</c>; null for standard output, which must not be a terminal for an archive.</summary>
    /// <exception cref="PureDumpException">It cannot be written, as far as that shows.</exception>
    public static string? ReadPath(Invocation invocation, OutputFormat format)
    {
        string? path = invocation.Options.Value(OptionTable.File);
        if (path is not (null or "-"))
        {
            if (!format.IsDirectory && format.Kind != OutputKind.AppendedScript)
            {
                DumpOperation.CheckOutput(path);
            }

            return path;
        }

        if (format.IsDirectory)
        {
            throw invocation.Options.Unusable("no output directory specified");
        }

        return format.IsScript || !invocation.Surroundings.OutputIsTerminal
            ? null
            : throw new PureDumpException(
                ErrorKind.Usage, "refusing to write an archive to a terminal", "name a file with -f, or redirect standard output");
    }

    private static int RunAll(Invocation invocation, DumpSelection selection, OutputFormat format, int jobs)
    {
        GivenOptions options = invocation.Options;
        bool isArchive = format.Kind == OutputKind.Pdump;
        OptionScope scope = OptionScope.Cluster | format.Scope;
        options.Check(scope);
        ClusterSelection cluster = ClusterOptions.Selection(invocation, selection);
        options.Check(scope | OptionScope.Settled);
        string? compress = options.Value(OptionTable.Compress);
        return ClusterDump.Write(
            invocation,
            cluster,
            selection,
            new ClusterTarget
            {
                Path = ReadPath(invocation, format),
                IsArchive = isArchive,
                Jobs = jobs,
                Codec = compress is null || !isArchive ? CodecSetting.Default : CodecSetting.Parse(compress),
                Deterministic = options.Has(OptionTable.Deterministic),
                Compression = compress is null || isArchive ? default : StreamCompression.Parse(compress, invocation.Talk.Warn),
                Sync = DumpArguments.Sync(options),
            },
            () =>
            {
                ConnectionTarget source = ConnectionOptions.Resolve(
                    invocation,
                    options.Value(OptionTable.DatabaseName) ?? options.Operands.FirstOrDefault());
                bool isNamed = options.Has(OptionTable.DatabaseName) || options.Operands.Count > 0;
                return (source, isNamed ? source.Database : null);
            }
        );
    }
}
