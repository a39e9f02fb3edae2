namespace PureDump.Cli.Options;

/// <summary>Which options of a dump go together, in the order in which pg_dump looks at them (pg_dump.c, main).</summary>
internal static class DumpRules
{
    private const string ScriptsOnly = "can only be used with --format=plain";
    private const string ClientArchivesOnly = "can only be used with --format=custom, directory or tar";

    // What only says how a script is written: an archive is told that when it is restored.
    private static readonly OptionSpec[] s_ofScripts =
    [
        OptionTable.Clean, OptionTable.Create, OptionTable.DisableTriggers, OptionTable.Superuser, OptionTable.UseSetSessionAuthorization,
        OptionTable.RestrictKey,
    ];

    // An archive of pg_dump's can hold INSERT statements too.
    private static readonly OptionSpec[] s_ofInserts = [OptionTable.Inserts, OptionTable.ColumnInserts, OptionTable.RowsPerInsert];

    /// <summary>For what is dumped of a database; the foreign servers may come out of a filter file.</summary>
    public static readonly OptionRule[] Content =
    [
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.DataOnly),
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.StatisticsOnly),
        OptionRule.Conflict(OptionTable.DataOnly, OptionTable.StatisticsOnly),
        OptionRule.Conflict(OptionTable.DataOnly, OptionTable.NoData),
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.NoSchema),
        OptionRule.Conflict(OptionTable.StatisticsOnly, OptionTable.NoStatistics),
        OptionRule.Conflict(OptionTable.Statistics, OptionTable.NoStatistics),
        OptionRule.Conflict(OptionTable.DataOnly, OptionTable.Statistics),
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.Statistics),
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.IncludeForeignData),
        OptionRule.Unfit(OptionScope.None, OptionTable.IncludeForeignData, "is not supported with parallel backup") with
        {
            WithSeveralJobs = true,
        },
        OptionRule.Conflict(OptionTable.Clean, OptionTable.DataOnly),
        OptionRule.Requirement(OptionTable.IfExists, OptionTable.Clean),
        OptionRule.Requirement(OptionTable.OnConflictDoNothing, OptionTable.Inserts, OptionTable.RowsPerInsert, OptionTable.ColumnInserts),
    ];

    /// <summary>For large objects; pg_dump lets the two stand beside one another.</summary>
    public static readonly OptionRule LargeObjects = OptionRule.Conflict(OptionTable.LargeObjects, OptionTable.NoLargeObjects);

    /// <summary>For the server that something is written for: PureDump's own archive is for all of them.</summary>
    public static readonly OptionRule ForServer =
        OptionRule.Unfit(OptionScope.OwnArchive, OptionTable.ForServer, "can only be used with --format=plain, custom, directory or tar");

    /// <summary>For the version of what is written: archives of pg_dump's have one.</summary>
    public static readonly OptionRule[] ArchiveVersion =
    [
        OptionRule.Unfit(OptionScope.Settled | OptionScope.Script, OptionTable.ArchiveVersion, ClientArchivesOnly),
        OptionRule.Unfit(OptionScope.Settled | OptionScope.OwnArchive, OptionTable.ArchiveVersion, ClientArchivesOnly),
    ];

    /// <summary>For <c>dump</c>, of one database or with <c>--all</c>.</summary>
    public static readonly OptionRule[] Dump =
    [
        .. Content,
        LargeObjects.In(OptionScope.Files),
        ForServer,
        .. ClusterRules.WholeOrNot,
        new("parallel dumps can only be used with --format=pdump and --format=directory")
        {
            WithSeveralJobs = true,
            Scope = OptionScope.Database | OptionScope.Serial,
        },
        .. OptionRule.Unfit(OptionScope.Database | OptionScope.OwnArchive, s_ofInserts, ScriptsOnly),
        .. OptionRule.Unfit(OptionScope.Database | OptionScope.Archive, s_ofScripts, ScriptsOnly),
        .. OptionRule.Unfit(
            OptionScope.Cluster | OptionScope.OwnArchive | OptionScope.Settled, [.. s_ofInserts, .. s_ofScripts], ScriptsOnly),
        .. ArchiveVersion.Select(static rule => rule.In(OptionScope.Database)),
        .. ClusterRules.Parts(OptionTable.TablespacesOnlyOfAll),
    ];

    /// <summary>For <c>pg_dump</c>.</summary>
    public static readonly OptionRule[] PgDump =
    [
        .. Content,
        OptionRule.Unfit(OptionScope.Archive, OptionTable.RestrictKey, ScriptsOnly),
        new("parallel backup only supported by the directory format")
        {
            WithSeveralJobs = true,
            Scope = OptionScope.Settled | OptionScope.Serial,
        },
        OptionRule.Unfit(
            OptionScope.Settled, OptionTable.BinaryUpgrade, "is not available: pg_upgrade needs the pg_dump of its own version"),
    ];

    /// <summary>For <c>pg_dumpall</c>.</summary>
    public static readonly OptionRule[] PgDumpAll =
    [
        OptionRule.Unfit(
            OptionScope.None, OptionTable.BinaryUpgrade, "is not available: pg_upgrade needs the pg_dumpall of its own version"),
        .. ClusterRules.Parts(OptionTable.TablespacesOnly),

        // It has no option for foreign tables, and its filter files speak of databases.
        .. Content
            .Where(static rule => !rule.Given.Contains(OptionTable.IncludeForeignData))
            .Select(static rule => rule.In(OptionScope.ClusterDatabases)),
    ];

    /// <summary>For <c>copy</c>.</summary>
    public static readonly OptionRule[] Copy = [.. Content, .. RestoreRules.Analyze, LargeObjects];
}
