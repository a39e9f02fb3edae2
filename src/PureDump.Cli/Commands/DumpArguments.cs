using PureDump.Cli.Options;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary>Reads the options that <c>dump</c> and <c>pg_dump</c> share.</summary>
internal static class DumpArguments
{
    private const int ExtraFloatDigitsMin = -15;
    private const int ExtraFloatDigitsMax = 3;

    /// <summary>What belongs to the dump, filter files included.</summary>
    public static DumpSelection Selection(Invocation invocation)
    {
        GivenOptions options = invocation.Options;

        // Of a cluster they choose databases, and are read elsewhere.
        IEnumerable<string> filterPaths = ClusterOptions.AreAskedFor(options) ? [] : options.Values(OptionTable.Filter);
        FilterItem[] filter = [.. filterPaths.SelectMany(path => FilterFile.Read(path, invocation.Surroundings, FilterUses.Dump))];
        if (filter.Any(static item => item is { Object: FilterObject.ForeignData, IsInclude: true }))
        {
            options.Imply(OptionTable.IncludeForeignData);
        }

        bool hasOnly = options.Has(OptionTable.DataOnly) || options.Has(OptionTable.SchemaOnly) || options.Has(OptionTable.StatisticsOnly);
        return new DumpSelection
        {
            Schemas = Patterns(OptionTable.Schema, FilterObject.Schema, true),
            ExcludedSchemas = Patterns(OptionTable.ExcludeSchema, FilterObject.Schema, false),
            Tables = Patterns(OptionTable.Table, FilterObject.Table, true),
            ExcludedTables = Patterns(OptionTable.ExcludeTable, FilterObject.Table, false),
            ExcludedTableData = Patterns(OptionTable.ExcludeTableData, FilterObject.TableData, false),
            TablesAndChildren = Patterns(OptionTable.TableAndChildren, FilterObject.TableAndChildren, true),
            ExcludedTablesAndChildren = Patterns(OptionTable.ExcludeTableAndChildren, FilterObject.TableAndChildren, false),
            ExcludedTableDataAndChildren = Patterns(OptionTable.ExcludeTableDataAndChildren, FilterObject.TableDataAndChildren, false),
            Extensions = Patterns(OptionTable.Extension, FilterObject.Extension, true),
            ExcludedExtensions = Patterns(OptionTable.ExcludeExtension, FilterObject.Extension, false),
            IncludedForeignServers = Patterns(OptionTable.IncludeForeignData, FilterObject.ForeignData, true),
            WithSchema = hasOnly ? options.Has(OptionTable.SchemaOnly) : !options.Has(OptionTable.NoSchema),
            WithData = hasOnly ? options.Has(OptionTable.DataOnly) : !options.Has(OptionTable.NoData),
            WithStatistics = options.Has(OptionTable.StatisticsOnly) || options.Has(OptionTable.Statistics),
            WithSequenceData = options.Has(OptionTable.SequenceData),
            WithUnloggedData = !options.Has(OptionTable.NoUnloggedTableData),
            WithOwners = !options.Has(OptionTable.NoOwner),
            WithPrivileges = !options.Has(OptionTable.NoPrivileges),
            WithComments = !options.Has(OptionTable.NoComments),
            WithSecurityLabels = !options.Has(OptionTable.NoSecurityLabels),
            WithPolicies = !options.Has(OptionTable.NoPolicies),
            WithPublications = !options.Has(OptionTable.NoPublications),
            WithSubscriptions = !options.Has(OptionTable.NoSubscriptions),
            WithTablespaces = !options.Has(OptionTable.NoTablespaces),
            WithTableAccessMethods = !options.Has(OptionTable.NoTableAccessMethod),
            WithToastCompression = !options.Has(OptionTable.NoToastCompression),
            WithDollarQuoting = !options.Has(OptionTable.DisableDollarQuoting),
            LoadViaPartitionRoot = options.Has(OptionTable.LoadViaPartitionRoot),
            WithLargeObjects = options.Has(OptionTable.LargeObjects) ? true : options.Has(OptionTable.NoLargeObjects) ? false : null,
            Sections = options.Sections(),
            StrictNames = options.Has(OptionTable.StrictNames),
            Strict = options.Has(OptionTable.Strict),
            // Only numbers in text have digits to ask for.
            TextOnly = ReadDataFormat(options) == "text" || options.Has(OptionTable.ExtraFloatDigits),
            LockWaitTimeout = options.Value(OptionTable.LockWaitTimeout) is { } time
                ? Duration.Parse(OptionTable.LockWaitTimeout, time)
                : null,
        };

        string[] Patterns(OptionSpec option, FilterObject kind, bool isInclude) =>
        [
            .. options.Values(option),
            .. filter.Where(item => item.Object == kind && item.IsInclude == isInclude).Select(item => item.Pattern),
        ];
    }

    /// <summary>How the sessions are set up.</summary>
    public static DumpSession Session(GivenOptions options) => new()
    {
        Role = options.Value(OptionTable.Role),
        Snapshot = options.Value(OptionTable.Snapshot),
        SerializableDeferrable = options.Has(OptionTable.SerializableDeferrable),
        EnableRowSecurity = options.Has(OptionTable.EnableRowSecurity),
        ExtraFloatDigits = options.Number(OptionTable.ExtraFloatDigits, ExtraFloatDigitsMin, ExtraFloatDigitsMax) ?? ExtraFloatDigitsMax,
        QuoteAllIdentifiers = options.Has(OptionTable.QuoteAllIdentifiers),
        FollowsStrings = options.Verb.ClientName is not null,
    };

    /// <summary>How a script is written.</summary>
    public static ScriptOptions Script(GivenOptions options, DumpSelection selection, TimeProvider clock)
    {
        bool isVerbose = options.Has(OptionTable.Verbose);
        OptionSpec[] inserts = [OptionTable.Inserts, OptionTable.ColumnInserts, OptionTable.RowsPerInsert];
        return ScriptServer.Given(options, new ScriptOptions
        {
            Clean = options.Has(OptionTable.Clean),
            IfExists = options.Has(OptionTable.IfExists),
            CreateDatabase = options.Has(OptionTable.Create),
            UseSetSessionAuthorization = options.Has(OptionTable.UseSetSessionAuthorization) && selection.WithOwners,
            // Else the triggers are made after the rows.
            DisableTriggers = options.Has(OptionTable.DisableTriggers) && !selection.WithSchema,
            Superuser = options.Value(OptionTable.Superuser),
            EnableRowSecurity = options.Has(OptionTable.EnableRowSecurity),
            RestrictKey = options.RestrictKey(),
            Rows = inserts.Any(options.Has) ? RowStatements.Insert : RowStatements.Copy,
            ColumnInserts = options.Has(OptionTable.ColumnInserts),
            RowsPerInsert = options.Number(OptionTable.RowsPerInsert, 1, int.MaxValue) ?? 1,
            OnConflictDoNothing = options.Has(OptionTable.OnConflictDoNothing),
            Verbose = isVerbose,
            Started = isVerbose ? clock.GetUtcNow() : null,
        });
    }

    /// <summary>How a file is brought to the medium.</summary>
    public static FileSync Sync(GivenOptions options)
    {
        FileSync method = options.Value(OptionTable.SyncMethod) switch
        {
            null or "fsync" => FileSync.File,
            "syncfs" when OperatingSystem.IsLinux() => FileSync.FileSystem,
            { } other => throw options.Unusable($"unrecognized sync method: {other}"),
        };
        return options.Has(OptionTable.NoSync) ? FileSync.None : method;
    }

    /// <summary>Whose a file is that is written: under the name of one of PostgreSQL's clients as that one makes it, else its owner's
    /// alone.</summary>
    public static OutputAccess Access(GivenOptions options) => options.Verb.ClientName is null ? OutputAccess.Private : OutputAccess.Umask;

    private static string ReadDataFormat(GivenOptions options) => options.Value(OptionTable.DataFormat) switch
    {
        null or "auto" => "auto",
        "text" => "text",
        { } other => throw options.Unusable($"invalid data format \"{other}\": it must be auto or text"),
    };
}
