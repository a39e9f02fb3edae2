namespace PureDump.Cli.Options;

/// <summary>
/// Every option of the program, declared once: the parser, the help pages and the messages are made from it. The
/// spellings are those of pg_dump and pg_restore 18 where these have the option.
/// </summary>
internal static class OptionTable
{
    // What comes out, and how.
    public static readonly OptionSpec File = new("file", 'f', "FILE", OptionGroup.Output, Verbs.Dump,
        "write the archive to this file; - is standard output, as is none");

    public static readonly OptionSpec Format = new("format", 'F', "FORMAT", OptionGroup.Output, Verbs.Dump,
        "the format of the output: pdump");

    public static readonly OptionSpec Compress = new("compress", 'Z', "METHOD[:LEVEL]", OptionGroup.Output, Verbs.Dump,
        "compress with zstd[:1-22], lz4[:1-12] or none (default zstd:1)");

    public static readonly OptionSpec DataFormat = new("data-format", '\0', "auto|text", OptionGroup.Output, Verbs.Dump,
        "read rows in binary where that is portable, or all as text (default auto)");

    public static readonly OptionSpec Deterministic = new("deterministic", '\0', null, OptionGroup.Output, Verbs.Dump,
        "write the same bytes for the same content: no time of creation, rows in one order");

    // What of it.
    public static readonly OptionSpec Schema = new("schema", 'n', "PATTERN", OptionGroup.Selection, Verbs.Transfers,
        "only schemas that match")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeSchema = new("exclude-schema", 'N', "PATTERN", OptionGroup.Selection, Verbs.Transfers,
        "no schemas that match")
    { IsRepeatable = true };

    public static readonly OptionSpec Table = new("table", 't', "PATTERN", OptionGroup.Selection, Verbs.Transfers,
        "only tables, views and sequences that match")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeTable = new("exclude-table", 'T', "PATTERN", OptionGroup.Selection, Verbs.Transfers,
        "no tables, views and sequences that match")
    { IsRepeatable = true };

    public static readonly OptionSpec ExcludeTableData = new("exclude-table-data", '\0', "PATTERN", OptionGroup.Selection, Verbs.Transfers,
        "no rows of tables that match")
    { IsRepeatable = true };

    public static readonly OptionSpec StrictNames = new("strict-names", '\0', null, OptionGroup.Selection, Verbs.Dump,
        "fail unless every pattern matches something");

    public static readonly OptionSpec DataOnly = new("data-only", 'a', null, OptionGroup.Content, Verbs.Transfers,
        "only rows, large objects and sequence values, no definitions");

    public static readonly OptionSpec SchemaOnly = new("schema-only", 's', null, OptionGroup.Content, Verbs.Transfers,
        "only definitions, no rows");

    public static readonly OptionSpec Section = new("section", '\0', "SECTION", OptionGroup.Content, Verbs.Transfers,
        "only this section: pre-data, data or post-data; may be repeated")
    { IsRepeatable = true };

    public static readonly OptionSpec LargeObjects = new("large-objects", 'b', null, OptionGroup.Content, Verbs.Dump,
        "with large objects, whatever the selection suggests")
    { OtherName = "blobs" };

    public static readonly OptionSpec NoLargeObjects = new("no-large-objects", 'B', null, OptionGroup.Content, Verbs.Dump,
        "without large objects")
    { OtherName = "no-blobs" };

    public static readonly OptionSpec NoOwner = new("no-owner", 'O', null, OptionGroup.Content, Verbs.Transfers,
        "without the owners of objects");

    public static readonly OptionSpec NoPrivileges = new("no-privileges", 'x', null, OptionGroup.Content, Verbs.Transfers,
        "without privileges (GRANT and REVOKE)")
    { OtherName = "no-acl" };

    public static readonly OptionSpec NoComments = new("no-comments", '\0', null, OptionGroup.Content, Verbs.Transfers,
        "without comments");

    public static readonly OptionSpec NoTablespaces = new("no-tablespaces", '\0', null, OptionGroup.Content, Verbs.Restore,
        "without tablespaces: everything goes into the default one");

    // What happens at the target.
    public static readonly OptionSpec Create = new("create", 'C', null, OptionGroup.Target, Verbs.Restore,
        "create the database of the archive and restore into it");

    public static readonly OptionSpec Clean = new("clean", 'c', null, OptionGroup.Target, Verbs.Restore,
        "drop the objects before creating them; with -C the database");

    public static readonly OptionSpec IfExists = new("if-exists", '\0', null, OptionGroup.Target, Verbs.Restore,
        "with -c: it is no error that an object is not there");

    public static readonly OptionSpec SingleTransaction = new("single-transaction", '1', null, OptionGroup.Target, Verbs.Restore,
        "restore everything or nothing, in one transaction");

    public static readonly OptionSpec ExitOnError = new("exit-on-error", 'e', null, OptionGroup.Target, Verbs.Restore,
        "stop at the first error; else errors are reported and counted");

    public static readonly OptionSpec Salvage = new("salvage", '\0', null, OptionGroup.Target, Verbs.Restore,
        "take what is whole of a damaged archive and say what is missing");

    // How it is done, and what is said meanwhile.
    public static readonly OptionSpec Jobs = new("jobs", 'j', "NUMBER", OptionGroup.General, Verbs.Transfers,
        "use this many connections at the same time (default 1)");

    public static readonly OptionSpec LockWaitTimeout = new("lock-wait-timeout", '\0', "TIME", OptionGroup.General, Verbs.Dump,
        "fail after waiting this long for a table lock: milliseconds, or with ms, s, min or h");

    public static readonly OptionSpec Verbose = new("verbose", 'v', null, OptionGroup.General, Verbs.Transfers | Verbs.Verify,
        "say what is being done, a line for each step");

    public static readonly OptionSpec Quiet = new("quiet", 'q', null, OptionGroup.General, Verbs.Transfers | Verbs.Verify,
        "say nothing but warnings and errors");

    public static readonly OptionSpec Json = new("json", '\0', null, OptionGroup.General, Verbs.Transfers | Verbs.List | Verbs.Verify,
        "say it as JSON, one object a line");

    public static readonly OptionSpec Help = new("help", '?', null, OptionGroup.General, Verbs.All,
        "show this page");

    public static readonly OptionSpec Version = new("version", 'V', null, OptionGroup.General, Verbs.Root,
        "show the version");

    // Which server.
    public static readonly OptionSpec DatabaseName = new("dbname", 'd', "DBNAME", OptionGroup.Connection, Verbs.Transfers,
        "the database: a name, a conninfo string or a postgresql:// URI");

    public static readonly OptionSpec Host = new("host", 'h', "HOST", OptionGroup.Connection, Verbs.Transfers,
        "the server's host name or socket directory");

    public static readonly OptionSpec Port = new("port", 'p', "PORT", OptionGroup.Connection, Verbs.Transfers,
        "the server's port");

    public static readonly OptionSpec User = new("username", 'U', "NAME", OptionGroup.Connection, Verbs.Transfers,
        "the role to log in as");

    public static readonly OptionSpec NoPassword = new("no-password", 'w', null, OptionGroup.Connection, Verbs.Transfers,
        "never ask for a password");

    public static readonly OptionSpec Password = new("password", 'W', null, OptionGroup.Connection, Verbs.Transfers,
        "ask for the password before connecting");

    /// <summary>All options, in the order of the help pages.</summary>
    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        File, Format, Compress, DataFormat, Deterministic,
        Schema, ExcludeSchema, Table, ExcludeTable, ExcludeTableData, StrictNames,
        DataOnly, SchemaOnly, Section, LargeObjects, NoLargeObjects, NoOwner, NoPrivileges, NoComments, NoTablespaces,
        Create, Clean, IfExists, SingleTransaction, ExitOnError, Salvage,
        Jobs, LockWaitTimeout, Verbose, Quiet, Json, Help, Version,
        DatabaseName, Host, Port, User, NoPassword, Password,
    ];

    /// <summary>The options of a verb.</summary>
    public static IEnumerable<OptionSpec> Of(Verbs verb) => All.Where(option => (option.Verbs & verb) != 0);
}
