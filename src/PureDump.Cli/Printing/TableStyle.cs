using System.Globalization;
using PureDump.Engine.Replay;

namespace PureDump.Cli.Printing;

/// <summary>How results are laid out.</summary>
internal enum TableLayout
{
    Aligned,
    Unaligned,
    Csv,
    Html,
}

/// <summary>How results are printed: psql's printing options (<c>\pset</c>), as far as text goes.</summary>
internal sealed class TableStyle
{
    private static readonly string[] s_missingLayouts = ["asciidoc", "latex", "latex-longtable", "troff-ms", "wrapped"];

    // What psql keeps and only a terminal shows.
    private bool _isExpandedByWidth;
    private int _columnCount;
    private int _pagerUse = 1;
    private int _pagerMinLines;

    /// <summary>The layout.</summary>
    public TableLayout Layout { get; set; }

    /// <summary>A line for each field, not for each row.</summary>
    public bool IsExpanded { get; set; }

    /// <summary>Rows alone, without names and footers.</summary>
    public bool TuplesOnly { get; set; }

    /// <summary>How much of a frame an aligned table has: 0 to 2.</summary>
    public int Border { get; set; } = 1;

    /// <summary>Whether the number of rows stands below.</summary>
    public bool HasFooter { get; set; } = true;

    /// <summary>What stands above a result; null for nothing.</summary>
    public string? Title { get; set; }

    /// <summary>What stands in the table tag of HTML; null for nothing.</summary>
    public string? TableAttributes { get; set; }

    /// <summary>What psql says of <see cref="Title"/> when it has been set.</summary>
    public string TitleText => Title is null ? "Title is unset." : $"Title is \"{Title}\".";

    /// <summary>What psql says of <see cref="TableAttributes"/> when they have been set.</summary>
    public string TableAttributesText =>
        TableAttributes is null ? "Table attributes unset." : $"Table attributes are \"{TableAttributes}\".";

    /// <summary>All options and their values, as <c>\pset</c> lists them (command.c, pset_value_string).</summary>
    public IEnumerable<(string Name, string Value)> Options =>
    [
        ("border", Text(Border)),
        ("columns", Text(_columnCount)),
        ("csv_fieldsep", Quoted(CsvSeparator)),
        ("expanded", _isExpandedByWidth ? "auto" : OnOff(IsExpanded)),
        ("fieldsep", Quoted(FieldSeparator == "\0" ? "" : FieldSeparator)),
        ("fieldsep_zero", OnOff(FieldSeparator == "\0")),
        ("footer", OnOff(HasFooter)),
        ("format", LayoutName),
        ("linestyle", "ascii"),
        ("null", Quoted(Null)),
        ("numericlocale", "off"),
        ("pager", Text(_pagerUse)),
        ("pager_min_lines", Text(_pagerMinLines)),
        ("recordsep", Quoted(RecordSeparator == "\0" ? "" : RecordSeparator)),
        ("recordsep_zero", OnOff(RecordSeparator == "\0")),
        ("tableattr", TableAttributes is null ? "" : Quoted(TableAttributes)),
        ("title", Title is null ? "" : Quoted(Title)),
        ("tuples_only", OnOff(TuplesOnly)),
        ("unicode_border_linestyle", "single"),
        ("unicode_column_linestyle", "single"),
        ("unicode_header_linestyle", "single"),
        ("xheader_width", "full"),
    ];

    private string LayoutName => Layout.ToString().ToLowerInvariant();

    /// <summary>What stands for NULL.</summary>
    public string Null { get; set; } = "";

    /// <summary>Between the fields of an unaligned row.</summary>
    public string FieldSeparator { get; set; } = "|";

    /// <summary>Between unaligned rows.</summary>
    public string RecordSeparator { get; set; } = "\n";

    /// <summary>Between the fields of a CSV row; one letter.</summary>
    public string CsvSeparator { get; set; } = ",";

    /// <summary>A style that is the same, and may be changed on its own.</summary>
    public TableStyle Copy() => (TableStyle)MemberwiseClone();

    /// <summary>Sets an option by psql's name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, or null: switches are turned over, others stay.</param>
    /// <param name="error">Why it cannot be set, or null.</param>
    /// <returns>What psql says when it has been set: for some options nothing, where a value was given.</returns>
    public string Set(string name, string? value, out string? error)
    {
        error = null;
        switch (name)
        {
            case "format":
                return SetLayout(value, out error);
            case "border":
                if (value is not null && !(int.TryParse(value, out int border) && (Border = Math.Clamp(border, 0, 2)) >= 0))
                {
                    error = $"\\pset: invalid value \"{value}\" for border";
                }

                return $"Border style is {Border}.";
            case "expanded" or "x" or "vertical":
                bool isExpanded = value is not "auto" && Switch(name, value, IsExpanded || _isExpandedByWidth, out error);
                if (error is null)
                {
                    (IsExpanded, _isExpandedByWidth) = (isExpanded, value is "auto");
                }

                return _isExpandedByWidth ? "Expanded display is used automatically." : $"Expanded display is {OnOff(IsExpanded)}.";
            case "tuples_only" or "t":
                TuplesOnly = Switch(name, value, TuplesOnly, out error);
                return value is null ? $"Tuples only is {OnOff(TuplesOnly)}." : "";
            case "footer":
                HasFooter = Switch(name, value, HasFooter, out error);
                return value is null ? $"Default footer is {OnOff(HasFooter)}." : "";
            case "null":
                Null = value ?? Null;
                return $"Null display is \"{Null}\".";
            case "fieldsep":
                FieldSeparator = value ?? FieldSeparator;
                return FieldSeparator == "\0" ? "Field separator is zero byte." : $"Field separator is \"{FieldSeparator}\".";
            case "fieldsep_zero":
                FieldSeparator = "\0";
                return "Field separator is zero byte.";
            case "recordsep":
                RecordSeparator = value ?? RecordSeparator;
                return RecordSeparator switch
                {
                    "\0" => "Record separator is zero byte.",
                    "\n" => "Record separator is <newline>.",
                    _ => $"Record separator is \"{RecordSeparator}\".",
                };
            case "recordsep_zero":
                RecordSeparator = "\0";
                return "Record separator is zero byte.";
            case "csv_fieldsep":
                return SetCsvSeparator(value, out error);
            case "pager":
                _pagerUse =
                    value == "always" ? 2
                    : value is null
                        ? _pagerUse == 1 ? 0
                            : 1
                    : Switch(name, value, _pagerUse > 0, out error) ? 1
                    : 0;
                return _pagerUse switch
                {
                    0 => "Pager usage is off.",
                    1 => "Pager is used for long output.",
                    _ => "Pager is always used.",
                };
            case "pager_min_lines":
                _pagerMinLines = Number(name, value, _pagerMinLines, out error);
                return $"Pager won't be used for less than {_pagerMinLines} line{(_pagerMinLines == 1 ? "" : "s")}.";
            case "columns":
                _columnCount = Number(name, value, _columnCount, out error);
                return _columnCount == 0 ? "Target width is unset." : $"Target width is {_columnCount}.";
            case "title" or "C":
                Title = value;
                return TitleText;
            case "tableattr" or "T":
                TableAttributes = value;
                return TableAttributesText;
            case "linestyle":
                return Only(name, value, "ascii", "Line style is ascii.", out error);
            case "numericlocale":
                bool isLocal = value is not null && Switch(name, value, present: false, out error);
                error = isLocal ? $"\\pset: {name} is not available" : error;
                return value is null ? "Locale-adjusted numeric output is off." : "";
            case "xheader_width":
                return Only(name, value, "full", "Expanded header width is \"full\".", out error);
            case "unicode_border_linestyle":
                return Only(name, value, "single", "Unicode border line style is \"single\".", out error);
            case "unicode_column_linestyle":
                return Only(name, value, "single", "Unicode column line style is \"single\".", out error);
            case "unicode_header_linestyle":
                return Only(name, value, "single", "Unicode header line style is \"single\".", out error);
            case "display_false" or "display_true":
                error = $"\\pset: {name} is not available";
                return "";
            default:
                error = $"\\pset: unknown option: {name}";
                return "";
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        $"'{text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    // An option of which there is one value here.
    private static string Only(string name, string? value, string only, string said, out string? error)
    {
        error = value is null || value == only ? null : $"\\pset: {name} {value} is not available: it can be {only}";
        return said;
    }

    private static int Number(string name, string? value, int present, out string? error)
    {
        error = null;
        if (value is null)
        {
            return present;
        }

        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            error = $"\\pset: invalid value \"{value}\" for {name}";
        }

        return error is null ? number : present;
    }

    private static string OnOff(bool isOn) => isOn ? "on" : "off";

    private static bool Switch(string name, string? value, bool present, out string? error)
    {
        error = null;
        bool? given = value is null ? !present : ReplayVariables.ReadFlag(value);
        error =
            given is not null ? null
            : name is "expanded" or "x" or "vertical"
                ? $"unrecognized value \"{value}\" for \"{name}\"\nAvailable values are: on, off, auto."
            : $"unrecognized value \"{value}\" for \"{name}\": Boolean expected";
        return given ?? present;
    }

    // The beginning of a name will do; for a long time "aligned" was all that began with an "a".
    private string SetLayout(string? value, out string? error)
    {
        error = null;
        if (value is { Length: > 0 })
        {
            (string Name, TableLayout Layout)[] known = 
            [
                ("aligned", TableLayout.Aligned),
                ("unaligned", TableLayout.Unaligned),
                ("csv", TableLayout.Csv),
                ("html", TableLayout.Html),
            ];
            (string Name, TableLayout Layout) found = known.FirstOrDefault(one =>
                one.Name.StartsWith(value, StringComparison.OrdinalIgnoreCase));
            if (found.Name is null)
            {
                error = s_missingLayouts.Any(one => one.StartsWith(value, StringComparison.OrdinalIgnoreCase))
                    ? $"\\pset: format {value} is not available: it can be aligned, unaligned, csv or html"
                    : "\\pset: allowed formats are aligned, asciidoc, csv, html, latex, latex-longtable, troff-ms, unaligned, wrapped";
                return "";
            }

            Layout = found.Layout;
        }

        return $"Output format is {LayoutName}.";
    }

    private string SetCsvSeparator(string? value, out string? error)
    {
        error = value switch
        {
            null or [not ('"' or '\n' or '\r')] => null,
            { Length: 1 } => "\\pset: csv_fieldsep cannot be a double quote, a newline, or a carriage return",
            _ => "\\pset: csv_fieldsep must be a single one-byte character",
        };
        CsvSeparator = error is null ? value ?? CsvSeparator : CsvSeparator;
        return $"Field separator for CSV is \"{CsvSeparator}\".";
    }
}
