namespace PureDump.Cli.Options;

/// <summary>
/// Every option of the program, declared once: the parser, the help pages and the messages are made from it. The
/// spellings are those of pg_dump and pg_restore 18 where these have the option. Each verb names those that it has.
/// </summary>
internal static class OptionTable
{
    // What comes out, and how.
    public static readonly OptionSpec File = new(
        "file",
        'f',
        "FILE",
        HelpSection.Output,
        "write to this file; - is standard output, as is none");

    public static readonly OptionSpec Format = new(
        "format",
        'F',
        "FORMAT",
        HelpSection.Output,
        "the format of the output: pdump (what dump writes by default), p (plain, what pg_dump writes by default), c (custom), d "
            + "(directory) or t (tar)");

    public static readonly OptionSpec Compress = new(
        "compress",
        'Z',
        "METHOD[:DETAIL]",
        HelpSection.Output,
        "compress: pdump with zstd[:1-22] (default zstd:1), lz4[:1-12] or none; the others with gzip[:1-9] (default of c and d), "
            + "lz4[:1-12], zstd[:1-22] or none (default of p and t)");

    public static readonly OptionSpec ArchiveVersion = new(
        "archive-version",
        '\0',
        "1.14|1.16",
        HelpSection.Output,
        "the version of a custom, directory or tar archive: 1.14 is read by pg_restore 12 and later, 1.16 by 17 and later (default: "
            + "what the pg_restore of the server reads that it is for)");

    public static readonly OptionSpec ForServer = new(
        "for-server",
        '\0',
        "MAJOR",
        HelpSection.Output,
        "write a script, or a custom, directory or tar archive, for servers of this version (default: that of the dumped server)");

    public static readonly OptionSpec DataFormat = new(
        "data-format",
        '\0',
        "auto|text",
        HelpSection.Output,
        "read rows in binary where that is portable, or all as text (default auto)");

    public static readonly OptionSpec Deterministic = new(
        "deterministic",
        '\0',
        null,
        HelpSection.Output,
        "write the same bytes for the same content: no time of creation, rows in one order");

    public static readonly OptionSpec ScriptFile = File with
    { Help = "write a script to this file, in place of restoring into a database; - is standard output" };

    public static readonly OptionSpec ArchiveFormat = Format with
    { Help = "the format of the archive: c, d or t; the archive says itself what it is" };

    public static readonly OptionSpec ShowList = new("list", 'l', null, HelpSection.Output,
        "print what would be restored, a line for each entry, in place of restoring it");

    public static readonly OptionSpec Rows = new("rows", '\0', null, HelpSection.Output,
        "print the rows of a table in COPY's text format, times in UTC");

    public static readonly OptionSpec ShownTable = new("table", 't', "NAME", HelpSection.Output,
        "with --rows: the table, with or without its schema");

    public static readonly OptionSpec Limit = new("limit", '\0', "NUMBER", HelpSection.Output,
        "with --rows: no more than this many rows");

    // What of it.
    public static readonly OptionSpec Schema = new("schema", 'n', "PATTERN", HelpSection.Selection,
        "only schemas that match")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeSchema = new("exclude-schema", 'N', "PATTERN", HelpSection.Selection,
        "no schemas that match")
    { IsRepeatable = true };

    public static readonly OptionSpec Table = new("table", 't', "PATTERN", HelpSection.Selection,
        "only tables, views and sequences that match")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeTable = new("exclude-table", 'T', "PATTERN", HelpSection.Selection,
        "no tables, views and sequences that match")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeTableData = new("exclude-table-data", '\0', "PATTERN", HelpSection.Selection,
        "no rows of tables that match")
    { IsRepeatable = true };

    public static readonly OptionSpec TableAndChildren = new("table-and-children", '\0', "PATTERN", HelpSection.Selection,
        "as -t, with what inherits from them and their partitions")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeTableAndChildren = new("exclude-table-and-children", '\0', "PATTERN", HelpSection.Selection,
        "as -T, with what inherits from them and their partitions")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeTableDataAndChildren = new(
        "exclude-table-data-and-children", '\0', "PATTERN", HelpSection.Selection,
        "as --exclude-table-data, with what inherits from them and their partitions")
    { IsRepeatable = true };

    public static readonly OptionSpec Extension = new("extension", 'e', "PATTERN", HelpSection.Selection,
        "only extensions that match")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeExtension = new("exclude-extension", '\0', "PATTERN", HelpSection.Selection,
        "no extensions that match")
    { IsRepeatable = true };

    public static readonly OptionSpec IncludeForeignData = new("include-foreign-data", '\0', "PATTERN", HelpSection.Selection,
        "the rows of foreign tables too, on foreign servers that match")
    { IsRepeatable = true };

    public static readonly OptionSpec Filter = new("filter", '\0', "FILE", HelpSection.Selection,
        "what to take out of this file, lines as \"include table sales.*\"; - is standard input")
    { IsRepeatable = true };

    public static readonly OptionSpec StrictNames = new("strict-names", '\0', null, HelpSection.Selection,
        "fail unless everything asked for by name is there");

    public static readonly OptionSpec Strict = new("strict", '\0', null, HelpSection.Selection,
        "fail where the server is newer than any known or its catalog holds something unknown; else a warning");

    // The same of an archive, as pg_restore has it: names, no patterns.
    public static readonly OptionSpec SchemaName = Schema with
    { ArgumentName = "NAME", Help = "only what is in this schema; the schema itself is in none" };

    public static readonly OptionSpec ExcludeSchemaName = ExcludeSchema with
    { ArgumentName = "NAME", Help = "nothing that is in this schema" };

    public static readonly OptionSpec TableName = Table with
    {
        ArgumentName = "NAME",
        Help = "this table, view or sequence, its name without a schema, and none of its indexes, constraints and so on",
    };

    public static readonly OptionSpec Index = new("index", 'I', "NAME", HelpSection.Selection,
        "this index")
    { IsRepeatable = true };

    public static readonly OptionSpec Function = new("function", 'P', "NAME(ARGS)", HelpSection.Selection,
        "this function, procedure or aggregate, as the list spells it")
    { IsRepeatable = true };

    public static readonly OptionSpec Trigger = new("trigger", 'T', "NAME", HelpSection.Selection,
        "this trigger, as the list spells it: its table's name, a blank, its own")
    { IsRepeatable = true };

    public static readonly OptionSpec WholeTable = new("whole-table", '\0', "PATTERN", HelpSection.Selection,
        "only tables, views and sequences that match, with all that belongs to them")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeWholeTable = ExcludeTable with
    { Letter = '\0', Help = "no tables, views and sequences that match, and nothing that belongs to them" };

    public static readonly OptionSpec UseList = new("use-list", 'L', "FILE", HelpSection.Selection,
        "only the entries in this list, in its order: what -l prints, with lines moved, deleted or behind a ;");

    // Of a whole cluster.
    public static readonly OptionSpec WholeCluster = new("all", '\0', null, HelpSection.Selection,
        "the whole cluster: roles, tablespaces and every database, into one archive or script");

    public static readonly OptionSpec GlobalsOnly = new("globals-only", 'g', null, HelpSection.Selection,
        "of a cluster only what belongs to no database: roles, privileges on parameters, tablespaces");

    public static readonly OptionSpec RolesOnly = new("roles-only", 'r', null, HelpSection.Selection,
        "of a cluster only the roles, no databases or tablespaces");

    public static readonly OptionSpec TablespacesOnly = new("tablespaces-only", 't', null, HelpSection.Selection,
        "of a cluster only the tablespaces, no databases or roles");

    // The letter means tables to dump.
    public static readonly OptionSpec TablespacesOnlyOfAll = new("tablespaces-only", '\0', null, HelpSection.Selection,
        TablespacesOnly.Help);

    public static readonly OptionSpec ExcludeDatabase = new("exclude-database", '\0', "PATTERN", HelpSection.Selection,
        "of a cluster no databases that match")
    { IsRepeatable = true };

    // The same of the archive of a cluster.
    public static readonly OptionSpec OnlyDatabase = new("only-database", '\0', "NAME", HelpSection.Selection,
        "of the archive of a cluster this database alone; restore takes several with -C")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeArchivedDatabase = ExcludeDatabase with
    { Help = "of the archive of a cluster no databases that match" };

    public static readonly OptionSpec ArchivedGlobals = GlobalsOnly with
    { Help = "of the archive of a cluster only what belongs to no database" };

    public static readonly OptionSpec NoRolePasswords = new("no-role-passwords", '\0', null, HelpSection.Selection,
        "of a cluster no passwords of roles, which only superusers may read");

    public static readonly OptionSpec DataOnly = new("data-only", 'a', null, HelpSection.Content,
        "only rows, large objects and sequence values, no definitions");

    public static readonly OptionSpec SchemaOnly = new("schema-only", 's', null, HelpSection.Content,
        "only definitions, no rows");

    public static readonly OptionSpec StatisticsOnly = new("statistics-only", '\0', null, HelpSection.Content,
        "only what the planner knows of the contents");

    public static readonly OptionSpec NoData = new("no-data", '\0', null, HelpSection.Content,
        "no rows, large objects and sequence values");

    public static readonly OptionSpec NoSchema = new("no-schema", '\0', null, HelpSection.Content,
        "no definitions");

    public static readonly OptionSpec NoStatistics = new("no-statistics", '\0', null, HelpSection.Content,
        "without what the planner knows of the contents (default)");

    public static readonly OptionSpec Statistics = new("statistics", '\0', null, HelpSection.Content,
        "with what the planner knows of the contents");

    public static readonly OptionSpec NoArchivedStatistics = NoStatistics with
    { Help = "without what the planner knows of the contents" };

    public static readonly OptionSpec ArchivedStatistics = Statistics with
    { Help = "with what the planner knows of the contents, where it is in the archive (default)" };

    public static readonly OptionSpec SequenceData = new("sequence-data", '\0', null, HelpSection.Content,
        "with the values of sequences, even where no rows are dumped");

    public static readonly OptionSpec Section = new("section", '\0', "SECTION", HelpSection.Content,
        "only this section: pre-data, data or post-data; may be repeated")
    { IsRepeatable = true };

    public static readonly OptionSpec LargeObjects = new("large-objects", 'b', null, HelpSection.Content,
        "with large objects, whatever the selection suggests")
    { OtherName = "blobs" };

    public static readonly OptionSpec NoLargeObjects = new("no-large-objects", 'B', null, HelpSection.Content,
        "without large objects")
    { OtherName = "no-blobs" };

    public static readonly OptionSpec NoOwner = new("no-owner", 'O', null, HelpSection.Content,
        "without the owners of objects");

    public static readonly OptionSpec NoPrivileges = new("no-privileges", 'x', null, HelpSection.Content,
        "without privileges (GRANT and REVOKE)")
    { OtherName = "no-acl" };

    public static readonly OptionSpec NoComments = new("no-comments", '\0', null, HelpSection.Content,
        "without comments");

    public static readonly OptionSpec NoTablespaces = new("no-tablespaces", '\0', null, HelpSection.Content,
        "without tablespaces: everything goes into the default one");

    public static readonly OptionSpec NoSecurityLabels = new("no-security-labels", '\0', null, HelpSection.Content,
        "without security labels");

    public static readonly OptionSpec NoPolicies = new("no-policies", '\0', null, HelpSection.Content,
        "without row security policies");

    public static readonly OptionSpec NoPublications = new("no-publications", '\0', null, HelpSection.Content,
        "without publications");

    public static readonly OptionSpec NoSubscriptions = new("no-subscriptions", '\0', null, HelpSection.Content,
        "without subscriptions");

    public static readonly OptionSpec NoUnloggedTableData = new("no-unlogged-table-data", '\0', null, HelpSection.Content,
        "without the rows of unlogged tables");

    public static readonly OptionSpec NoTableAccessMethod = new("no-table-access-method", '\0', null, HelpSection.Content,
        "without table access methods: all tables get the default one");

    public static readonly OptionSpec NoToastCompression = new("no-toast-compression", '\0', null, HelpSection.Content,
        "without the compression methods of columns");

    public static readonly OptionSpec DisableDollarQuoting = new("disable-dollar-quoting", '\0', null, HelpSection.Content,
        "bodies of functions in single quotes");

    public static readonly OptionSpec QuoteAllIdentifiers = new("quote-all-identifiers", '\0', null, HelpSection.Content,
        "all names in double quotes");

    public static readonly OptionSpec LoadViaPartitionRoot = new("load-via-partition-root", '\0', null, HelpSection.Content,
        "load the rows of partitions through their root, which finds their place anew");

    public static readonly OptionSpec EnableRowSecurity = new("enable-row-security", '\0', null, HelpSection.Content,
        "with the row security policies that hold for the role");

    public static readonly OptionSpec ExtraFloatDigits = new("extra-float-digits", '\0', "NUMBER", HelpSection.Content,
        "print floating-point numbers as text with this setting, -15 to 3 (default 3)");

    public static readonly OptionSpec Encoding = new("encoding", 'E', "ENCODING", HelpSection.Content,
        "the encoding of the dump (default that of the database)");

    // What happens at the target.
    public static readonly OptionSpec Create = new("create", 'C', null, HelpSection.Target,
        "create the database and restore into it");

    public static readonly OptionSpec Clean = new("clean", 'c', null, HelpSection.Target,
        "drop the objects before creating them; with -C the database");

    public static readonly OptionSpec IfExists = new("if-exists", '\0', null, HelpSection.Target,
        "with -c: it is no error that an object is not there");

    public static readonly OptionSpec SingleTransaction = new("single-transaction", '1', null, HelpSection.Target,
        "restore everything or nothing, in one transaction");

    public static readonly OptionSpec ExitOnError = new("exit-on-error", 'e', null, HelpSection.Target,
        "stop at the first error; else errors are reported and counted");

    public static readonly OptionSpec TransactionSize = new("transaction-size", '\0', "N", HelpSection.Target,
        "commit after every N entries, and stop at the first error");

    public static readonly OptionSpec NoDataForFailedTables = new("no-data-for-failed-tables", '\0', null, HelpSection.Target,
        "no rows for tables that could not be made");

    public static readonly OptionSpec Salvage = new("salvage", '\0', null, HelpSection.Target,
        "take what is whole of a damaged archive and say what is missing");

    public static readonly OptionSpec Analyze = new("analyze", '\0', null, HelpSection.Target,
        "run ANALYZE in the end on every table and materialized view that was filled, the largest first");

    public static readonly OptionSpec StopAtFirstError = ExitOnError with { Letter = '\0' };

    public static readonly OptionSpec VerifyContents = new("verify", '\0', null, HelpSection.Target,
        "read the target again in the end and compare the contents of each table with what the source sent; else their numbers of rows");

    // How a script does it.
    public static readonly OptionSpec Inserts = new("inserts", '\0', null, HelpSection.Script,
        "rows as INSERT statements, not COPY");

    public static readonly OptionSpec ColumnInserts = new("column-inserts", '\0', null, HelpSection.Script,
        "rows as INSERT statements with the names of columns")
    { OtherName = "attribute-inserts" };

    public static readonly OptionSpec RowsPerInsert = new("rows-per-insert", '\0', "NUMBER", HelpSection.Script,
        "rows as INSERT statements of so many rows");

    public static readonly OptionSpec OnConflictDoNothing = new("on-conflict-do-nothing", '\0', null, HelpSection.Script,
        "INSERT statements skip rows that are there");

    public static readonly OptionSpec DisableTriggers = new("disable-triggers", '\0', null, HelpSection.Script,
        "switch triggers off while rows are loaded, with -a");

    public static readonly OptionSpec Superuser = new("superuser", 'S', "NAME", HelpSection.Script,
        "the superuser that switches triggers off");

    public static readonly OptionSpec UseSetSessionAuthorization = new("use-set-session-authorization", '\0', null, HelpSection.Script,
        "become the owner of objects before making them, in place of ALTER ... OWNER");

    public static readonly OptionSpec RestrictKey = new("restrict-key", '\0', "KEY", HelpSection.Script,
        "the key that keeps psql from running commands of the dump (default a random one)");

    // A restore into a database knows them too.
    public static readonly OptionSpec DisableTriggersAtTarget = DisableTriggers with { HelpSection = HelpSection.Target };

    public static readonly OptionSpec SuperuserAtTarget = Superuser with { HelpSection = HelpSection.Target };

    public static readonly OptionSpec UseSetSessionAuthorizationAtTarget = UseSetSessionAuthorization with
    { HelpSection = HelpSection.Target };

    // How it is done, and what is said meanwhile.
    public static readonly OptionSpec Jobs = new("jobs", 'j', "NUMBER", HelpSection.General,
        "work on this many tables at the same time, each over a connection of its own (default 1)");

    public static readonly OptionSpec IndexJobs = new("index-jobs", '\0', "NUMBER", HelpSection.General,
        "make this many indexes and constraints at the same time (default as -j)");

    public static readonly OptionSpec LockWaitTimeout = new("lock-wait-timeout", '\0', "TIME", HelpSection.General,
        "fail after waiting this long for a table lock: milliseconds, or with ms, s, min or h");

    public static readonly OptionSpec Snapshot = new("snapshot", '\0', "NAME", HelpSection.General,
        "read this snapshot, which another session has exported");

    public static readonly OptionSpec SerializableDeferrable = new("serializable-deferrable", '\0', null, HelpSection.General,
        "wait for a snapshot without serialization anomalies");

    public static readonly OptionSpec NoSync = new("no-sync", '\0', null, HelpSection.General,
        "do not wait until the file is on the medium");

    public static readonly OptionSpec SyncMethod = new("sync-method", '\0', "METHOD", HelpSection.General,
        "how the file is brought to the medium: fsync (default) or syncfs");

    public static readonly OptionSpec BinaryUpgrade = new("binary-upgrade", '\0', null, HelpSection.General,
        "refused: pg_upgrade needs the pg_dump of its own version");

    public static readonly OptionSpec NoReconnect = new("no-reconnect", 'R', null, HelpSection.General,
        "accepted for old scripts; does nothing");

    public static readonly OptionSpec Verbose = new("verbose", 'v', null, HelpSection.General,
        "say what is being done, a line for each step");

    public static readonly OptionSpec Quiet = new("quiet", 'q', null, HelpSection.General,
        "say nothing but warnings and errors");

    public static readonly OptionSpec Json = new("json", '\0', null, HelpSection.General,
        "say it as JSON, one object a line");

    public static readonly OptionSpec ShowSecrets = new("show-secrets", '\0', null, HelpSection.General,
        "leave passwords and other secrets in messages about statements; else *** stands in their place");

    public static readonly OptionSpec Stats = new("stats", '\0', "FILE", HelpSection.General,
        "write into this file where the time went, entry by entry, as JSON; as a page to look at where its name ends with .html");

    public static readonly OptionSpec Help = new("help", '?', null, HelpSection.General,
        "show this page");

    public static readonly OptionSpec Version = new("version", 'V', null, HelpSection.General,
        "show the version");

    // Which server.
    public static readonly OptionSpec Source = new("source", '\0', "DBNAME", HelpSection.Connection,
        "the database that is read: a name, a conninfo string or a postgresql:// URI");

    public static readonly OptionSpec Target = new("target", '\0', "DBNAME", HelpSection.Connection,
        "the database that is written: a name, a conninfo string or a postgresql:// URI");

    public static readonly OptionSpec DatabaseName = new("dbname", 'd', "DBNAME", HelpSection.Connection,
        "the database: a name, a conninfo string or a postgresql:// URI");

    public static readonly OptionSpec ConnectionString = new("dbname", 'd', "CONNSTR", HelpSection.Connection,
        "the server: a conninfo string or a postgresql:// URI, whose database is not looked at");

    public static readonly OptionSpec MaintenanceDatabase = new("database", 'l', "DBNAME", HelpSection.Connection,
        "the database to read the globals through (default postgres, then template1)");

    public static readonly OptionSpec Host = new("host", 'h', "HOST", HelpSection.Connection,
        "the server's host name or socket directory");

    public static readonly OptionSpec Port = new("port", 'p', "PORT", HelpSection.Connection,
        "the server's port");

    public static readonly OptionSpec User = new("username", 'U', "NAME", HelpSection.Connection,
        "the role to log in as");

    public static readonly OptionSpec NoPassword = new("no-password", 'w', null, HelpSection.Connection,
        "never ask for a password");

    public static readonly OptionSpec Password = new("password", 'W', null, HelpSection.Connection,
        "ask for the password before connecting");

    public static readonly OptionSpec Role = new("role", '\0', "NAME", HelpSection.Connection,
        "become this role after logging in");

    /// <summary>All options, in the order of the help pages.</summary>
    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        File,
        ScriptFile,
        Format,
        ArchiveFormat,
        ShowList,
        Compress,
        ArchiveVersion,
        ForServer,
        DataFormat,
        Deterministic,
        Rows,
        ShownTable,
        Limit,
        Schema,
        ExcludeSchema,
        Table,
        ExcludeTable,
        ExcludeTableData,
        TableAndChildren,
        ExcludeTableAndChildren,
        ExcludeTableDataAndChildren,
        SchemaName,
        ExcludeSchemaName,
        TableName,
        Index,
        Function,
        Trigger,
        WholeTable,
        ExcludeWholeTable,
        UseList,
        Extension,
        ExcludeExtension,
        IncludeForeignData,
        Filter,
        StrictNames,
        Strict,
        WholeCluster,
        GlobalsOnly,
        RolesOnly,
        TablespacesOnly,
        TablespacesOnlyOfAll,
        ExcludeDatabase,
        OnlyDatabase,
        ExcludeArchivedDatabase,
        ArchivedGlobals,
        NoRolePasswords,
        DataOnly,
        SchemaOnly,
        StatisticsOnly,
        NoData,
        NoSchema,
        NoStatistics,
        Statistics,
        NoArchivedStatistics,
        ArchivedStatistics,
        SequenceData,
        Section,
        LargeObjects,
        NoLargeObjects,
        NoOwner,
        NoPrivileges,
        NoComments,
        NoSecurityLabels,
        NoPolicies,
        NoPublications,
        NoSubscriptions,
        NoUnloggedTableData,
        NoTablespaces,
        NoTableAccessMethod,
        NoToastCompression,
        DisableDollarQuoting,
        QuoteAllIdentifiers,
        LoadViaPartitionRoot,
        EnableRowSecurity,
        ExtraFloatDigits,
        Encoding,
        Create,
        Clean,
        IfExists,
        SingleTransaction,
        TransactionSize,
        ExitOnError,
        NoDataForFailedTables,
        DisableTriggersAtTarget,
        SuperuserAtTarget,
        UseSetSessionAuthorizationAtTarget,
        Salvage,
        Analyze,
        StopAtFirstError,
        VerifyContents,
        Inserts,
        ColumnInserts,
        RowsPerInsert,
        OnConflictDoNothing,
        DisableTriggers,
        Superuser,
        UseSetSessionAuthorization,
        RestrictKey,
        Jobs,
        IndexJobs,
        LockWaitTimeout,
        Snapshot,
        SerializableDeferrable,
        NoSync,
        SyncMethod,
        BinaryUpgrade,
        NoReconnect,
        Verbose,
        Quiet,
        Json,
        ShowSecrets,
        Stats,
        Help,
        Version,
        Source,
        Target,
        DatabaseName,
        ConnectionString,
        MaintenanceDatabase,
        Host,
        Port,
        User,
        NoPassword,
        Password,
        Role,
        .. PsqlOptions.All,
        .. ToolOptions.All,
    ];

    /// <summary>Options in the order of the help pages.</summary>
    public static IReadOnlyList<OptionSpec> InOrder(IEnumerable<OptionSpec> options)
    {
        var wanted = new HashSet<OptionSpec>(options, ReferenceEqualityComparer.Instance);
        return [.. All.Where(wanted.Contains)];
    }
}
