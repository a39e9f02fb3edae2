namespace PureDump.Cli.Options;

/// <summary>The part of <see cref="OptionTable"/> that only psql has, in its spellings.</summary>
internal static class PsqlOptions
{
    public static readonly OptionSpec Command = new("command", 'c', "COMMAND", HelpSection.General,
        "run this text; may be repeated and mixed with -f")
    { IsRepeatable = true };

    public static readonly OptionSpec ScriptFile = new("file", 'f', "FILENAME", HelpSection.General,
        "run this script; - is standard input; may be repeated and mixed with -c")
    { IsRepeatable = true };

    public static readonly OptionSpec ListDatabases = new("list", 'l', null, HelpSection.General,
        "list the databases");

    public static readonly OptionSpec Variable = new("variable", 'v', "NAME=VALUE", HelpSection.General,
        "set a variable of the script, for example ON_ERROR_STOP=1")
    { IsRepeatable = true, OtherName = "set" };

    public static readonly OptionSpec NoStartupFile = new("no-psqlrc", 'X', null, HelpSection.General,
        "accepted: a start-up file is never read");

    public static readonly OptionSpec OneTransaction = new("single-transaction", '1', null, HelpSection.General,
        "run everything in one transaction");

    public static readonly OptionSpec EchoAll = new("echo-all", 'a', null, HelpSection.Output,
        "print the lines of scripts as they are read");

    public static readonly OptionSpec EchoErrors = new("echo-errors", 'b', null, HelpSection.Output,
        "print statements that fail");

    public static readonly OptionSpec EchoQueries = new("echo-queries", 'e', null, HelpSection.Output,
        "print statements as they are sent");

    public static readonly OptionSpec EchoHidden = new("echo-hidden", 'E', null, HelpSection.Output,
        "accepted: there are no hidden queries");

    public static readonly OptionSpec LogFile = new("log-file", 'L', "FILENAME", HelpSection.Output,
        "write statements and results to this file too");

    public static readonly OptionSpec NoReadline = new("no-readline", 'n', null, HelpSection.Output,
        "accepted: nothing is typed");

    public static readonly OptionSpec ResultFile = new("output", 'o', "FILENAME", HelpSection.Output,
        "write results to this file");

    public static readonly OptionSpec QuietScript = new("quiet", 'q', null, HelpSection.Output,
        "print results alone, no command tags");

    public static readonly OptionSpec SingleStep = new("single-step", 's', null, HelpSection.Output,
        "refused: there is nobody to ask");

    public static readonly OptionSpec SingleLine = new("single-line", 'S', null, HelpSection.Output,
        "refused: a semicolon ends a statement");

    public static readonly OptionSpec NoAlign = new("no-align", 'A', null, HelpSection.Output,
        "print results unaligned");

    public static readonly OptionSpec Csv = new("csv", '\0', null, HelpSection.Output,
        "print results as CSV");

    public static readonly OptionSpec FieldSeparator = new("field-separator", 'F', "STRING", HelpSection.Output,
        "between the fields of unaligned rows (default |)");

    public static readonly OptionSpec Html = new("html", 'H', null, HelpSection.Output,
        "print results as HTML");

    public static readonly OptionSpec PrintingOption = new("pset", 'P', "VAR[=ARG]", HelpSection.Output,
        "set a printing option: border, csv_fieldsep, expanded, fieldsep, footer, format, null, recordsep, tableattr, title, tuples_only")
    { IsRepeatable = true };

    public static readonly OptionSpec RecordSeparator = new("record-separator", 'R', "STRING", HelpSection.Output,
        "between unaligned rows (default a line end)");

    public static readonly OptionSpec TuplesOnly = new("tuples-only", 't', null, HelpSection.Output,
        "print rows alone");

    public static readonly OptionSpec TableAttributes = new("table-attr", 'T', "TEXT", HelpSection.Output,
        "attributes of the table tag of HTML: width, border");

    public static readonly OptionSpec Expanded = new("expanded", 'x', null, HelpSection.Output,
        "print a line for each field");

    public static readonly OptionSpec FieldSeparatorZero = new("field-separator-zero", 'z', null, HelpSection.Output,
        "zero bytes between the fields of unaligned rows");

    public static readonly OptionSpec RecordSeparatorZero = new("record-separator-zero", '0', null, HelpSection.Output,
        "zero bytes between unaligned rows");

    /// <summary>All of them, in the order of the help page.</summary>
    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        Command,
        ScriptFile,
        ListDatabases,
        Variable,
        NoStartupFile,
        OneTransaction,
        EchoAll,
        EchoErrors,
        EchoQueries,
        EchoHidden,
        LogFile,
        NoReadline,
        ResultFile,
        QuietScript,
        SingleStep,
        SingleLine,
        NoAlign,
        Csv,
        FieldSeparator,
        Html,
        PrintingOption,
        RecordSeparator,
        TuplesOnly,
        TableAttributes,
        Expanded,
        FieldSeparatorZero,
        RecordSeparatorZero,
    ];
}
