namespace PureDump.Cli.Options;

/// <summary>The part of <see cref="OptionTable"/> that only psql has, in its spellings.</summary>
internal static class PsqlOptions
{
    public static readonly OptionSpec Command = new("command", 'c', "COMMAND", OptionGroup.General, Verbs.Psql,
        "run this text; may be repeated and mixed with -f")
    { IsRepeatable = true };

    public static readonly OptionSpec ScriptFile = new("file", 'f', "FILENAME", OptionGroup.General, Verbs.Psql,
        "run this script; - is standard input; may be repeated and mixed with -c")
    { IsRepeatable = true };

    public static readonly OptionSpec ListDatabases = new("list", 'l', null, OptionGroup.General, Verbs.Psql,
        "list the databases");

    public static readonly OptionSpec Variable = new("variable", 'v', "NAME=VALUE", OptionGroup.General, Verbs.Psql,
        "set a variable of the script, for example ON_ERROR_STOP=1")
    { IsRepeatable = true, OtherName = "set" };

    public static readonly OptionSpec NoStartupFile = new("no-psqlrc", 'X', null, OptionGroup.General, Verbs.Psql,
        "accepted: a start-up file is never read");

    public static readonly OptionSpec OneTransaction = new("single-transaction", '1', null, OptionGroup.General, Verbs.Psql,
        "run everything in one transaction");

    public static readonly OptionSpec EchoAll = new("echo-all", 'a', null, OptionGroup.Output, Verbs.Psql,
        "print the lines of scripts as they are read");

    public static readonly OptionSpec EchoErrors = new("echo-errors", 'b', null, OptionGroup.Output, Verbs.Psql,
        "print statements that fail");

    public static readonly OptionSpec EchoQueries = new("echo-queries", 'e', null, OptionGroup.Output, Verbs.Psql,
        "print statements as they are sent");

    public static readonly OptionSpec EchoHidden = new("echo-hidden", 'E', null, OptionGroup.Output, Verbs.Psql,
        "accepted: there are no hidden queries");

    public static readonly OptionSpec LogFile = new("log-file", 'L', "FILENAME", OptionGroup.Output, Verbs.Psql,
        "write statements and results to this file too");

    public static readonly OptionSpec NoReadline = new("no-readline", 'n', null, OptionGroup.Output, Verbs.Psql,
        "accepted: nothing is typed");

    public static readonly OptionSpec ResultFile = new("output", 'o', "FILENAME", OptionGroup.Output, Verbs.Psql,
        "write results to this file");

    public static readonly OptionSpec QuietScript = new("quiet", 'q', null, OptionGroup.Output, Verbs.Psql,
        "print results alone, no command tags");

    public static readonly OptionSpec SingleStep = new("single-step", 's', null, OptionGroup.Output, Verbs.Psql,
        "refused: there is nobody to ask");

    public static readonly OptionSpec SingleLine = new("single-line", 'S', null, OptionGroup.Output, Verbs.Psql,
        "refused: a semicolon ends a statement");

    public static readonly OptionSpec NoAlign = new("no-align", 'A', null, OptionGroup.Output, Verbs.Psql,
        "print results unaligned");

    public static readonly OptionSpec Csv = new("csv", '\0', null, OptionGroup.Output, Verbs.Psql,
        "print results as CSV");

    public static readonly OptionSpec FieldSeparator = new("field-separator", 'F', "STRING", OptionGroup.Output, Verbs.Psql,
        "between the fields of unaligned rows (default |)");

    public static readonly OptionSpec Html = new("html", 'H', null, OptionGroup.Output, Verbs.Psql,
        "print results as HTML");

    public static readonly OptionSpec PrintingOption = new("pset", 'P', "VAR[=ARG]", OptionGroup.Output, Verbs.Psql,
        "set a printing option: border, csv_fieldsep, expanded, fieldsep, footer, format, null, recordsep, tableattr, title, tuples_only")
    { IsRepeatable = true };

    public static readonly OptionSpec RecordSeparator = new("record-separator", 'R', "STRING", OptionGroup.Output, Verbs.Psql,
        "between unaligned rows (default a line end)");

    public static readonly OptionSpec TuplesOnly = new("tuples-only", 't', null, OptionGroup.Output, Verbs.Psql,
        "print rows alone");

    public static readonly OptionSpec TableAttributes = new("table-attr", 'T', "TEXT", OptionGroup.Output, Verbs.Psql,
        "attributes of the table tag of HTML: width, border");

    public static readonly OptionSpec Expanded = new("expanded", 'x', null, OptionGroup.Output, Verbs.Psql,
        "print a line for each field");

    public static readonly OptionSpec FieldSeparatorZero = new("field-separator-zero", 'z', null, OptionGroup.Output, Verbs.Psql,
        "zero bytes between the fields of unaligned rows");

    public static readonly OptionSpec RecordSeparatorZero = new("record-separator-zero", '0', null, OptionGroup.Output, Verbs.Psql,
        "zero bytes between unaligned rows");

    /// <summary>All of them, in the order of the help page.</summary>
    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        Command, ScriptFile, ListDatabases, Variable, NoStartupFile, OneTransaction,
        EchoAll, EchoErrors, EchoQueries, EchoHidden, LogFile, NoReadline, ResultFile, QuietScript, SingleStep, SingleLine,
        NoAlign, Csv, FieldSeparator, Html, PrintingOption, RecordSeparator, TuplesOnly, TableAttributes, Expanded, FieldSeparatorZero, RecordSeparatorZero,
    ];
}
