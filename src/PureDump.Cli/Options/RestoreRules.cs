namespace PureDump.Cli.Options;

/// <summary>
/// Which options of a restore go together, in the order in which pg_restore looks at them (pg_restore.c, main). Some of them
/// pg_restore does not have.
/// </summary>
internal static class RestoreRules
{
    // What takes a part of an archive or changes it; a script is run as it stands.
    private static readonly OptionSpec[] s_ofArchives =
    [
        OptionTable.SchemaName, OptionTable.ExcludeSchemaName, OptionTable.TableName, OptionTable.Index, OptionTable.Function,
        OptionTable.Trigger, OptionTable.WholeTable, OptionTable.ExcludeWholeTable, OptionTable.ExcludeTableData, OptionTable.UseList,
        OptionTable.Filter, OptionTable.StrictNames, OptionTable.DataOnly, OptionTable.SchemaOnly, OptionTable.StatisticsOnly,
        OptionTable.NoData, OptionTable.NoSchema, OptionTable.NoArchivedStatistics, OptionTable.ArchivedStatistics, OptionTable.Section,
        OptionTable.NoOwner, OptionTable.NoPrivileges, OptionTable.NoComments, OptionTable.NoSecurityLabels, OptionTable.NoPolicies,
        OptionTable.NoPublications, OptionTable.NoSubscriptions, OptionTable.NoTablespaces, OptionTable.NoTableAccessMethod,
        OptionTable.EnableRowSecurity, OptionTable.Role, OptionTable.Create, OptionTable.Clean, OptionTable.IfExists, OptionTable.Stats,
        OptionTable.TransactionSize, OptionTable.NoDataForFailedTables, OptionTable.DisableTriggersAtTarget,
        OptionTable.SuperuserAtTarget, OptionTable.UseSetSessionAuthorizationAtTarget, OptionTable.Jobs, OptionTable.Analyze,
        OptionTable.Salvage, OptionTable.ShowList,
    ];

    /// <summary>For an ANALYZE of what was filled: rows come, and into a database.</summary>
    public static readonly OptionRule[] Analyze =
    [
        OptionRule.Conflict(OptionTable.Analyze, OptionTable.ScriptFile),
        OptionRule.Conflict(OptionTable.Analyze, OptionTable.ShowList),
        OptionRule.Conflict(OptionTable.Analyze, OptionTable.SchemaOnly),
        OptionRule.Conflict(OptionTable.Analyze, OptionTable.StatisticsOnly),
        OptionRule.Conflict(OptionTable.Analyze, OptionTable.NoData),
    ];

    /// <summary>For <c>pg_restore</c>.</summary>
    public static readonly OptionRule[] PgRestore =
    [
        new($"one of {OptionTable.DatabaseName.Label} and {OptionTable.ScriptFile.Label} must be specified")
        {
            Missing = [OptionTable.DatabaseName, OptionTable.ScriptFile, OptionTable.ShowList],
        },
        OptionRule.Conflict(OptionTable.DatabaseName, OptionTable.ScriptFile) with { PointsAtHelp = true },
        OptionRule.Conflict(OptionTable.DatabaseName, OptionTable.RestrictKey),
        new(GivenOptions.InvalidRestrictKey)
        {
            Given = [OptionTable.RestrictKey],
            IsUnusable = static key => !GivenOptions.IsRestrictKey(key),
        },
        OptionRule.Conflict(OptionTable.DatabaseName, OptionTable.ForServer),
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.DataOnly),
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.StatisticsOnly),
        OptionRule.Conflict(OptionTable.DataOnly, OptionTable.StatisticsOnly),
        OptionRule.Conflict(OptionTable.DataOnly, OptionTable.NoData),
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.NoSchema),
        OptionRule.Conflict(OptionTable.StatisticsOnly, OptionTable.NoArchivedStatistics),
        OptionRule.Conflict(OptionTable.ArchivedStatistics, OptionTable.NoArchivedStatistics),
        OptionRule.Conflict(OptionTable.DataOnly, OptionTable.ArchivedStatistics),
        OptionRule.Conflict(OptionTable.SchemaOnly, OptionTable.ArchivedStatistics),
        OptionRule.Conflict(OptionTable.Clean, OptionTable.DataOnly),
        .. Analyze,
        OptionRule.Conflict(OptionTable.SingleTransaction, OptionTable.TransactionSize),
        OptionRule.Conflict(OptionTable.Create, OptionTable.SingleTransaction),
        new("cannot specify both --single-transaction and multiple jobs")
        {
            Given = [OptionTable.SingleTransaction],
            WithSeveralJobs = true,
        },
        OptionRule.Requirement(OptionTable.IfExists, OptionTable.Clean),
    ];

    /// <summary>For <c>restore</c>.</summary>
    public static readonly OptionRule[] Restore =
    [
        .. PgRestore,
        OptionRule.Conflict(OptionTable.Stats, OptionTable.ScriptFile),
        OptionRule.Conflict(OptionTable.Stats, OptionTable.ShowList),
        OptionRule.Conflict(OptionTable.Salvage, OptionTable.SingleTransaction).In(OptionScope.Files),
        OptionRule.Conflict(OptionTable.Salvage, OptionTable.ScriptFile).In(OptionScope.Files),
        OptionRule.Conflict(OptionTable.Salvage, OptionTable.ShowList).In(OptionScope.Files),
        .. OptionRule.Unfit(OptionScope.SqlScript, s_ofArchives, "cannot be used with an SQL script: it is run as it stands"),
        .. ClusterRules.Restore,
    ];
}
