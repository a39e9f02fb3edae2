namespace PureDump.Cli.Options;

/// <summary>Which options of a cluster go together, and which are about one database alone.</summary>
internal static class ClusterRules
{
    /// <summary>What chooses parts of the archive of a cluster.</summary>
    public static readonly OptionSpec[] OfMembers =
        [OptionTable.OnlyDatabase, OptionTable.ExcludeArchivedDatabase, OptionTable.ArchivedGlobals];

    private static readonly OptionSpec[] s_ofCluster =
    [
        OptionTable.GlobalsOnly, OptionTable.RolesOnly, OptionTable.TablespacesOnlyOfAll, OptionTable.ExcludeDatabase,
        OptionTable.NoRolePasswords,
    ];

    // What names things in one database, or makes sense in one alone.
    private static readonly OptionSpec[] s_ofDatabase =
    [
        OptionTable.Schema, OptionTable.ExcludeSchema, OptionTable.Table, OptionTable.ExcludeTable, OptionTable.ExcludeTableData,
        OptionTable.TableAndChildren, OptionTable.ExcludeTableAndChildren, OptionTable.ExcludeTableDataAndChildren, OptionTable.Extension,
        OptionTable.ExcludeExtension, OptionTable.IncludeForeignData, OptionTable.StrictNames, OptionTable.Section, OptionTable.Create,
        OptionTable.Snapshot,
    ];

    // The same of an archive.
    private static readonly OptionSpec[] s_ofArchivedDatabase =
    [
        OptionTable.ShowList, OptionTable.UseList, OptionTable.SchemaName, OptionTable.ExcludeSchemaName, OptionTable.TableName,
        OptionTable.Index, OptionTable.Function, OptionTable.Trigger, OptionTable.WholeTable, OptionTable.ExcludeWholeTable,
        OptionTable.ExcludeTableData, OptionTable.Filter, OptionTable.StrictNames, OptionTable.SingleTransaction,
    ];

    /// <summary>For <c>dump</c>: what needs <c>--all</c>, and what is of no use with it.</summary>
    public static readonly OptionRule[] WholeOrNot =
    [
        .. s_ofCluster.Select(static option => OptionRule.Requirement(option, OptionTable.WholeCluster).In(OptionScope.Database)),
        new("a whole cluster can only be dumped with --format=pdump and --format=plain")
        {
            Scope = OptionScope.Cluster | OptionScope.PgArchive,
        },
        .. s_ofDatabase.Select(static option =>
            OptionRule.Conflict(OptionTable.WholeCluster, option).In(OptionScope.Cluster | OptionScope.Settled)),
        new("parallel dumps can only be used with --format=pdump")
        {
            WithSeveralJobs = true,
            Scope = OptionScope.Cluster | OptionScope.Settled | OptionScope.Script,
        },
    ];

    /// <summary>For what chooses one database of an archive.</summary>
    public static readonly OptionRule[] Member =
    [
        OptionRule.Conflict(OptionTable.OnlyDatabase, OptionTable.ArchivedGlobals).In(OptionScope.Member),
        .. OptionRule.Unfit(OptionScope.DatabaseArchive, OfMembers, "can only be used with the archive of a cluster"),
    ];

    /// <summary>For what is restored of a cluster.</summary>
    public static readonly OptionRule[] Restore =
    [
        OptionRule.Conflict(OptionTable.ArchivedGlobals, OptionTable.OnlyDatabase).In(OptionScope.ClusterArchive),
        OptionRule.Conflict(OptionTable.ArchivedGlobals, OptionTable.ExcludeArchivedDatabase).In(OptionScope.ClusterArchive),
        OptionRule.Conflict(OptionTable.OnlyDatabase, OptionTable.ExcludeArchivedDatabase).In(OptionScope.ClusterArchive),
        .. OptionRule.Unfit(OptionScope.DatabaseArchive, OfMembers, "can only be used with the archive of a cluster"),
        .. OptionRule.Unfit(
            OptionScope.SeveralDatabases,
            s_ofArchivedDatabase,
            "can only be used with one database of the archive of a cluster",
            $"name one with {OptionTable.OnlyDatabase.Label}, without {OptionTable.Create.Label}"),
    ];

    /// <summary>
    /// For the parts of a cluster that are dumped, in the order in which pg_dumpall looks at them (pg_dumpall.c, main). It points at its
    /// help page here, where pg_dump does not; excluded databases may come out of a filter file.
    /// </summary>
    /// <param name="tablespaces">The verb's own <c>--tablespaces-only</c>.</param>
    public static IEnumerable<OptionRule> Parts(OptionSpec tablespaces)
    {
        OptionRule[] rules =
        [
            // Where it is not given it is spelled as pg_dumpall has it.
            Exclusion(tablespaces, tablespaces),
            Exclusion(OptionTable.GlobalsOnly, OptionTable.TablespacesOnly),
            Exclusion(OptionTable.RolesOnly, OptionTable.TablespacesOnly),
            OptionRule.Conflict(OptionTable.GlobalsOnly, OptionTable.RolesOnly) with { PointsAtHelp = true },
            OptionRule.Conflict(OptionTable.GlobalsOnly, tablespaces) with { PointsAtHelp = true },
            OptionRule.Requirement(OptionTable.IfExists, OptionTable.Clean),
            OptionRule.Conflict(OptionTable.RolesOnly, tablespaces) with { PointsAtHelp = true },
        ];
        return rules.Select(static rule => rule.In(OptionScope.ClusterParts));
    }

    private static OptionRule Exclusion(OptionSpec only, OptionSpec tablespaces) =>
        new($"option {OptionTable.ExcludeDatabase.Label} cannot be used together with {OptionTable.GlobalsOnly.Label}, "
            + $"{OptionTable.RolesOnly.Label}, or {tablespaces.Label}")
        {
            Given = [OptionTable.ExcludeDatabase, only],
            PointsAtHelp = true,
        };
}
