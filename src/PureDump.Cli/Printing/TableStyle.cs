namespace PureDump.Cli.Printing;

/// <summary>How results are laid out.</summary>
internal enum TableLayout
{
    Aligned,
    Unaligned,
    Csv,
}

/// <summary>How results are printed: psql's printing options (<c>\pset</c>), as far as text goes.</summary>
internal sealed class TableStyle
{
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

    /// <summary>What stands for NULL.</summary>
    public string Null { get; set; } = "";

    /// <summary>Between the fields of an unaligned row.</summary>
    public string FieldSeparator { get; set; } = "|";

    /// <summary>Between unaligned rows.</summary>
    public string RecordSeparator { get; set; } = "\n";

    /// <summary>Between the fields of a CSV row; one letter.</summary>
    public string CsvSeparator { get; set; } = ",";

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
                IsExpanded = value is "auto" ? IsExpanded : Switch(name, value, IsExpanded, out error);
                return value is "auto" ? "Expanded display is used automatically." : $"Expanded display is {OnOff(IsExpanded)}.";
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
                return "Pager usage is off.";
            case "columns" or "linestyle" or "numericlocale" or "pager_min_lines" or "tableattr" or "T" or "title" or "C"
                or "unicode_border_linestyle" or "unicode_column_linestyle" or "unicode_header_linestyle" or "xheader_width" or "display_false" or "display_true":
                error = $"\\pset: {name} is not available";
                return "";
            default:
                error = $"\\pset: unknown option: {name}";
                return "";
        }
    }

    private static string OnOff(bool isOn) => isOn ? "on" : "off";

    private static bool Switch(string name, string? value, bool present, out string? error)
    {
        error = null;
        switch (value?.ToLowerInvariant())
        {
            case null:
                return !present;
            case "on" or "true" or "yes" or "1":
                return true;
            case "off" or "false" or "no" or "0":
                return false;
            default:
                error = $"unrecognized value \"{value}\" for \"\\pset {name}\": Boolean expected";
                return present;
        }
    }

    // The beginning of a name will do; for a long time "aligned" was all that began with an "a".
    private string SetLayout(string? value, out string? error)
    {
        error = null;
        if (value is { Length: > 0 })
        {
            (string Name, TableLayout Layout)[] known = [("aligned", TableLayout.Aligned), ("unaligned", TableLayout.Unaligned), ("csv", TableLayout.Csv)];
            (string Name, TableLayout Layout) found = known.FirstOrDefault(one => one.Name.StartsWith(value, StringComparison.OrdinalIgnoreCase));
            if (found.Name is null)
            {
                error = $"\\pset: format {value} is not available: it can be aligned, unaligned or csv";
                return "";
            }

            Layout = found.Layout;
        }

        return $"Output format is {Layout.ToString().ToLowerInvariant()}.";
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
