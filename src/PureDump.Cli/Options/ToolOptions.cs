namespace PureDump.Cli.Options;

/// <summary>The options that only createdb, dropdb and pg_isready have: a part of <see cref="OptionTable"/>.</summary>
internal static class ToolOptions
{
    public static readonly OptionSpec Tablespace = new("tablespace", 'D', "TABLESPACE", HelpSection.Output,
        "where the database keeps its tables by default");

    public static readonly OptionSpec Echo = new("echo", 'e', null, HelpSection.Output,
        "print the statements that are sent to the server");

    public static readonly OptionSpec Encoding = new("encoding", 'E', "ENCODING", HelpSection.Output,
        "the encoding of the database");

    public static readonly OptionSpec Locale = new("locale", 'l', "LOCALE", HelpSection.Output,
        "the locale of the database in all respects");

    public static readonly OptionSpec LcCollate = new("lc-collate", '\0', "LOCALE", HelpSection.Output,
        "the locale that says how text is sorted");

    public static readonly OptionSpec LcCtype = new("lc-ctype", '\0', "LOCALE", HelpSection.Output,
        "the locale that says what is a letter");

    public static readonly OptionSpec BuiltinLocale = new("builtin-locale", '\0', "LOCALE", HelpSection.Output,
        "the locale of the provider builtin");

    public static readonly OptionSpec IcuLocale = new("icu-locale", '\0', "LOCALE", HelpSection.Output,
        "the locale of the provider icu");

    public static readonly OptionSpec IcuRules = new("icu-rules", '\0', "RULES", HelpSection.Output,
        "rules that are added to those of the ICU locale");

    public static readonly OptionSpec LocaleProvider = new("locale-provider", '\0', "{builtin|libc|icu}", HelpSection.Output,
        "whose locales the database uses");

    public static readonly OptionSpec Owner = new("owner", 'O', "OWNER", HelpSection.Output,
        "the role that gets the database");

    public static readonly OptionSpec Strategy = new("strategy", 'S', "STRATEGY", HelpSection.Output,
        "how the template is copied: wal_log or file_copy");

    public static readonly OptionSpec Template = new("template", 'T', "TEMPLATE", HelpSection.Output,
        "the database to copy");

    public static readonly OptionSpec Force = new("force", 'f', null, HelpSection.Output,
        "end the sessions of others in it first");

    public static readonly OptionSpec Interactive = new("interactive", 'i', null, HelpSection.Output,
        "ask before anything is removed");

    public static readonly OptionSpec IfExists = new("if-exists", '\0', null, HelpSection.Output,
        "it is no error that there is no such database");

    public static readonly OptionSpec Quiet = new("quiet", 'q', null, HelpSection.Output,
        "print nothing, end with the exit code alone");

    public static readonly OptionSpec Timeout = new("timeout", 't', "SECS", HelpSection.Connection,
        "wait this long for a connection; 0 is without end (default 3)");

    public static readonly OptionSpec MaintenanceDatabase = new("maintenance-db", '\0', "DBNAME", HelpSection.Connection,
        "the database to connect to meanwhile (default postgres, else template1)");

    /// <summary>What a new database is like.</summary>
    public static IReadOnlyList<OptionSpec> NewDatabase { get; } =
        [Tablespace, Encoding, LcCollate, LcCtype, Locale, LocaleProvider, BuiltinLocale, IcuLocale, IcuRules, Owner, Strategy, Template];

    /// <summary>All of them, in the order of the help pages.</summary>
    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        Tablespace,
        Echo,
        Encoding,
        LcCollate,
        LcCtype,
        Locale,
        LocaleProvider,
        BuiltinLocale,
        IcuLocale,
        IcuRules,
        Owner,
        Strategy,
        Template,
        Force,
        Interactive,
        IfExists,
        Quiet,
        Timeout,
        MaintenanceDatabase,
    ];
}
