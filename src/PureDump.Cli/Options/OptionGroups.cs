namespace PureDump.Cli.Options;

/// <summary>Options that several verbs have in common. A verb names groups, and the single options it has besides.</summary>
internal static class OptionGroups
{
    /// <summary>Of a program that is called by a name of its own.</summary>
    public static readonly OptionSpec[] About = [OptionTable.Help, OptionTable.Version];

    /// <summary>How to log in to a server.</summary>
    public static readonly OptionSpec[] Login =
        [OptionTable.Host, OptionTable.Port, OptionTable.User, OptionTable.NoPassword, OptionTable.Password];

    /// <summary>How much is said meanwhile.</summary>
    public static readonly OptionSpec[] Talk = [OptionTable.Verbose, OptionTable.Quiet, OptionTable.Json];

    /// <summary>Which parts come along, out of a database or an archive, and what is in their place at the target.</summary>
    public static readonly OptionSpec[] Parts =
    [
        OptionTable.Filter, OptionTable.DataOnly, OptionTable.SchemaOnly, OptionTable.NoData, OptionTable.NoSchema, OptionTable.NoOwner,
        OptionTable.NoPrivileges, OptionTable.NoComments, OptionTable.NoTablespaces, OptionTable.NoSecurityLabels, OptionTable.NoPolicies,
        OptionTable.NoPublications, OptionTable.NoSubscriptions, OptionTable.NoTableAccessMethod, OptionTable.Clean, OptionTable.IfExists,
        OptionTable.Verbose, OptionTable.ShowSecrets,
    ];

    /// <summary>What makes sense for one database alone, read or restored.</summary>
    public static readonly OptionSpec[] Database = [OptionTable.StrictNames, OptionTable.Section, OptionTable.Create, OptionTable.Jobs];

    /// <summary>What is read of a server, whether of one database or of all.</summary>
    public static readonly OptionSpec[] Reading =
    [
        OptionTable.NoStatistics, OptionTable.Statistics, OptionTable.SequenceData, OptionTable.NoUnloggedTableData,
        OptionTable.NoToastCompression, OptionTable.LoadViaPartitionRoot, OptionTable.LockWaitTimeout,
    ];

    /// <summary>Which objects of a database are read, and as of when.</summary>
    public static readonly OptionSpec[] Patterns =
    [
        OptionTable.Schema, OptionTable.ExcludeSchema, OptionTable.Table, OptionTable.ExcludeTable, OptionTable.ExcludeTableData,
        OptionTable.TableAndChildren, OptionTable.ExcludeTableAndChildren, OptionTable.ExcludeTableDataAndChildren, OptionTable.Extension,
        OptionTable.ExcludeExtension, OptionTable.LargeObjects, OptionTable.NoLargeObjects, OptionTable.Snapshot,
        OptionTable.SerializableDeferrable,
    ];

    /// <summary>What of a cluster is read.</summary>
    public static readonly OptionSpec[] Cluster =
        [OptionTable.GlobalsOnly, OptionTable.RolesOnly, OptionTable.ExcludeDatabase, OptionTable.NoRolePasswords];

    /// <summary>How a script is written, and the file of any dump.</summary>
    public static readonly OptionSpec[] Dumping =
    [
        OptionTable.File, OptionTable.NoSync, OptionTable.StatisticsOnly, OptionTable.DisableDollarQuoting, OptionTable.QuoteAllIdentifiers,
        OptionTable.ExtraFloatDigits, OptionTable.Encoding, OptionTable.Inserts, OptionTable.ColumnInserts, OptionTable.RowsPerInsert,
        OptionTable.OnConflictDoNothing, OptionTable.DisableTriggers, OptionTable.Superuser, OptionTable.UseSetSessionAuthorization,
        OptionTable.RestrictKey, OptionTable.Role,
    ];

    /// <summary>How one database is dumped, into a file of any format.</summary>
    public static readonly OptionSpec[] DatabaseDump =
    [
        OptionTable.Format, OptionTable.Compress, OptionTable.SyncMethod, OptionTable.IncludeForeignData, OptionTable.EnableRowSecurity,
        OptionTable.NoReconnect, OptionTable.DatabaseName,
    ];

    /// <summary>What of an archive is restored, where to, and how.</summary>
    public static readonly OptionSpec[] Restoring =
    [
        OptionTable.ScriptFile, OptionTable.ShowList, OptionTable.SchemaName, OptionTable.ExcludeSchemaName, OptionTable.TableName,
        OptionTable.Index, OptionTable.Function, OptionTable.Trigger, OptionTable.UseList, OptionTable.StatisticsOnly,
        OptionTable.NoArchivedStatistics, OptionTable.ArchivedStatistics, OptionTable.SingleTransaction, OptionTable.ExitOnError,
        OptionTable.TransactionSize, OptionTable.NoDataForFailedTables, OptionTable.DisableTriggersAtTarget,
        OptionTable.SuperuserAtTarget, OptionTable.UseSetSessionAuthorizationAtTarget, OptionTable.EnableRowSecurity,
        OptionTable.RestrictKey, OptionTable.Role, OptionTable.DatabaseName,
    ];
}
