using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Engine;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;

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
        Summary = "dump a database into an archive",
        Description =
            "Dumps a database as it is at one moment, whatever others do meanwhile, into one archive that checks itself. "
            + "The file appears under its name when it is whole, and not before.",
        Operands = [("DBNAME", "the database, as with -d; by default PGDATABASE or the role's name")],
        Examples =
        [
            ("puredump dump -d shop -f shop.pdump", "dump the database shop"),
            ("puredump dump -h db1 -U app -j 4 -d shop -f shop.pdump", "the same from another machine, four connections"),
            ("puredump dump -d shop -s | puredump show - public.orders", "the definition of one table"),
            ("puredump dump -d shop -n sales --exclude-table-data 'sales.log_*' -f sales.pdump", "one schema, some tables without rows"),
        ],
        Run = Run,
    };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.Conflict(OptionTable.SchemaOnly, OptionTable.DataOnly);
        options.Conflict(OptionTable.LargeObjects, OptionTable.NoLargeObjects);
        bool isScript = ReadIsScript(options);
        DumpSelection selection = ReadSelection(options);
        CodecSetting codec = options.Value(OptionTable.Compress) is { } compress ? CodecSetting.Parse(compress) : CodecSetting.Default;
        int jobs = options.Jobs();
        string? database = options.Value(OptionTable.DatabaseName);
        options.LimitOperands(database is null ? 1 : 0);
        string? path = ReadPath(invocation, isScript);
        var request = new DumpRequest
        {
            Source = ConnectionOptions.Resolve(invocation, database ?? options.Operands.FirstOrDefault()),
            Selection = selection,
            Jobs = jobs,
            Codec = codec,
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
        DumpSummary.Write(result, path, invocation.Talk);
        return 0;
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
                throw options.Unusable($"invalid output format \"{other}\"");
        }
    }

    private static DumpSelection ReadSelection(GivenOptions options) => new()
    {
        Schemas = options.Values(OptionTable.Schema),
        ExcludedSchemas = options.Values(OptionTable.ExcludeSchema),
        Tables = options.Values(OptionTable.Table),
        ExcludedTables = options.Values(OptionTable.ExcludeTable),
        ExcludedTableData = options.Values(OptionTable.ExcludeTableData),
        WithSchema = !options.Has(OptionTable.DataOnly),
        WithData = !options.Has(OptionTable.SchemaOnly),
        WithOwners = !options.Has(OptionTable.NoOwner),
        WithPrivileges = !options.Has(OptionTable.NoPrivileges),
        WithComments = !options.Has(OptionTable.NoComments),
        WithLargeObjects = options.Has(OptionTable.LargeObjects) ? true : options.Has(OptionTable.NoLargeObjects) ? false : null,
        Sections = options.Sections(),
        StrictNames = options.Has(OptionTable.StrictNames),
        TextOnly = ReadDataFormat(options) == "text",
        LockWaitTimeout = options.Value(OptionTable.LockWaitTimeout) is { } time ? Duration.Parse(OptionTable.LockWaitTimeout, time) : null,
    };

    private static string ReadDataFormat(GivenOptions options) => options.Value(OptionTable.DataFormat) switch
    {
        null or "auto" => "auto",
        "text" => "text",
        { } other => throw options.Unusable($"invalid data format \"{other}\": it must be auto or text"),
    };

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
