using System.Diagnostics;
using System.Globalization;
using System.Text;
using PureDump.Cli.Terminals;
using PureDump.Engine.Replay;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;

namespace PureDump.Cli.Printing;

/// <summary>What a script brings forth, printed as psql prints it: results on standard output or in a file, the rest on standard
/// error.</summary>
internal sealed class ScriptPrinter : IReplayObserver
{
    private const string Client = "psql";

    private readonly ReplayVariables _variables;
    private readonly ByteOutput _output;
    private readonly ByteOutput _results;
    private readonly ByteOutput? _log;
    private readonly TalkOutput _error;
    private readonly bool _isTerse;
    private readonly bool _flushesAlways;
    private ResultTable? _table;
    private List<IRowPrinter> _rows = [];
    private bool _isCopyOut;
    private TableStyle? _styleBefore;
    private bool _isTimed;
    private string _openWarning = "";
    private long _began;

    /// <summary>A printer.</summary>
    /// <param name="surroundings">Standard output and standard error.</param>
    /// <param name="variables">Say what is echoed.</param>
    /// <param name="results">Where results go; null for standard output.</param>
    /// <param name="log">Where statements and results are logged; null for nowhere.</param>
    /// <param name="isTerse">Failures of the program's own have no label.</param>
    public ScriptPrinter(Surroundings surroundings, ReplayVariables variables, Stream? results, Stream? log, bool isTerse)
    {
        _variables = variables;
        _output = new ByteOutput(surroundings.Output);
        _results = results is null ? _output : new ByteOutput(results);
        _log = log is null ? null : new ByteOutput(log);
        _error = surroundings.Error;
        _isTerse = isTerse;
        _flushesAlways = surroundings.OutputIsTerminal;
    }

    /// <summary>How results are printed.</summary>
    public TableStyle Style { get; private set; } = new();

    /// <summary>True where statements are the program's own: they are neither echoed nor logged.</summary>
    public bool HidesStatements { get; set; }

    /// <inheritdoc/>
    public bool WantsLines => _variables["ECHO"] == "all";

    private bool IsUtf8 => TextEncoding.IsUtf8(_variables["ENCODING"] ?? "UTF8");

    private bool IsQuiet => _variables.Flag("QUIET");

    /// <summary>Hands on all that was gathered.</summary>
    public void Flush()
    {
        _output.Flush();
        _results.Flush();
        _log?.Flush();
    }

    /// <inheritdoc/>
    public void LineRead(ReadOnlySpan<byte> line) => EchoLine(line);

    /// <inheritdoc/>
    public void StatementBegins(ReadOnlySpan<byte> sql)
    {
        _began = Stopwatch.GetTimestamp();
        if (HidesStatements)
        {
            return;
        }

        if (_variables["ECHO"] == "queries")
        {
            EchoLine(sql);
        }

        if (_log is not null)
        {
            _log.Write("/******** QUERY *********/\n");
            _log.Write(sql);
            _log.Write("\n/************************/\n\n");
        }
    }

    /// <inheritdoc/>
    public void ResultBegins(IReadOnlyList<ReplayColumn> columns)
    {
        if (Style.Layout == TableLayout.Aligned)
        {
            _table = new ResultTable(columns);
            return;
        }

        _rows = [.. ResultOutputs().Select<ByteOutput, IRowPrinter>(output => Style.Layout == TableLayout.Html
            ? new HtmlPrinter(columns, Style, output)
            : new UnalignedPrinter(columns, Style, output))];
        _rows.ForEach(static rows => rows.Begin());
    }

    /// <inheritdoc/>
    public void Row(ReplayRow row)
    {
        _table?.Add(row);
        foreach (IRowPrinter rows in _rows)
        {
            rows.Print(row);
        }
    }

    /// <inheritdoc/>
    public void StatementEnds(string tag, bool hasRows)
    {
        PrintResult();
        bool changes = tag.StartsWith("INSERT", StringComparison.Ordinal) || tag.StartsWith("UPDATE", StringComparison.Ordinal)
            || tag.StartsWith("DELETE", StringComparison.Ordinal) || tag.StartsWith("MERGE", StringComparison.Ordinal);
        if (!IsQuiet && !_isCopyOut && (!hasRows || changes))
        {
            foreach (ByteOutput output in ResultOutputs())
            {
                output.WriteLine(Style.Layout == TableLayout.Html && output == _results ? $"<p>{tag}</p>" : tag);
            }
        }

        _isCopyOut = false;
        FlushForReader();
    }

    /// <inheritdoc/>
    public void CopyOut(ReadOnlySpan<byte> bytes)
    {
        _isCopyOut = true;
        _results.Write(bytes);
    }

    /// <inheritdoc/>
    public void Notice(ReplayMessage message) => Say(message.Text, message);

    /// <inheritdoc/>
    public void Failed(ReplayMessage message)
    {
        // What of a result came before the failure is not shown, unless it was shown row by row.
        _table = null;
        _rows.ForEach(static rows => rows.End());
        _rows = [];
        _isCopyOut = false;
        Say(message.IsServers || (_isTerse && message.Script is null) ? message.Text : $"error: {message.Text}", message);
    }

    /// <inheritdoc/>
    public void Warned(ReplayMessage message) =>
        Say(_isTerse && message.Script is null ? message.Text : $"warning: {message.Text}", message);

    /// <inheritdoc/>
    public void MessageEnds()
    {
        Style = _styleBefore ?? Style;
        _styleBefore = null;
        if (_isTimed && _began != 0)
        {
            _output.WriteLine(TimeText(Stopwatch.GetElapsedTime(_began)));
        }

        _began = 0;
    }

    /// <inheritdoc/>
    public void TextShown(ReadOnlySpan<byte> text, bool isTalk)
    {
        if (!isTalk || !IsQuiet)
        {
            EchoLine(text);
        }
    }

    /// <inheritdoc/>
    public void StatementFailed(ReplayMessage place, ReadOnlySpan<byte> sql)
    {
        if (_variables["ECHO"] == "errors" && !HidesStatements)
        {
            Say($"STATEMENT:  {SecretText.MaskedStatement((IsUtf8 ? Encoding.UTF8 : Encoding.Latin1).GetString(sql))}", place);
        }
    }

    /// <inheritdoc/>
    public void Reconnected(string database, string user)
    {
        if (!IsQuiet)
        {
            _output.WriteLine(ShownText.Line($"You are now connected to database \"{database}\" as user \"{user}\"."));
        }
    }

    /// <inheritdoc/>
    public bool TryRun(MetaCommand command, out string? error)
    {
        error = null;
        IReadOnlyList<string> words = command.Arguments;
        switch (command.Name)
        {
            case "echo":
                Echo(words, _output);
                return true;
            case "qecho":
                Echo(words, _results);
                return true;
            case "warn":
                Warn(words);
                return true;
            case "g" or "gx":
                BeginOptions(command, out error);
                return true;
            case "conninfo":
                _styleBefore = Style;
                Style = Style.Copy();
                Style.Title = "Connection Information";
                return true;
            case "timing":
                SetTiming(words.FirstOrDefault(), out error);
                return true;
            case "pset" when words.Count > 0:
                SetStyle(words[0], words.ElementAtOrDefault(1), out error);
                return true;
            case "pset":
                Style.Options.ToList().ForEach(option => _output.WriteLine($"{option.Name,-24} {option.Value}"));
                return true;
            case "C":
                Style.Title = words.Count == 0 ? null : words[0];
                SayStyle(Style.TitleText);
                return true;
            case "T":
                Style.TableAttributes = words.Count == 0 ? null : words[0];
                SayStyle(Style.TableAttributesText);
                return true;
            case "H" or "html":
                SetStyle("format", Style.Layout == TableLayout.Html ? "aligned" : "html", out error);
                return true;
            case "a":
                SetStyle("format", Style.Layout == TableLayout.Aligned ? "unaligned" : "aligned", out error);
                return true;
            case "t":
                SetStyle("tuples_only", words.FirstOrDefault(), out error);
                return true;
            case "x":
                SetStyle("expanded", words.FirstOrDefault(), out error);
                return true;
            case "f":
                SetStyle("fieldsep", words.FirstOrDefault(), out error);
                return true;
            default:
                return false;
        }
    }

    // As psql words it (common.c, PrintTiming), short of days.
    private static string TimeText(TimeSpan time)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"Time: {time.TotalMilliseconds:0.000} ms");
        string hours = time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:") : "";
        return time.TotalSeconds < 1
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text} ({hours}{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds:000})");
    }

    // \g (name=value name=value): in force for what is sent now (command.c, process_command_g_options).
    private void BeginOptions(MetaCommand command, out string? error)
    {
        error = null;
        _styleBefore ??= Style;
        Style = Style.Copy();
        IReadOnlyList<string> words = command.Arguments;
        bool isOpen = words is [['(', ..], ..];
        for (int i = 0; isOpen && i < words.Count; i++)
        {
            string word = i == 0 ? words[i][1..] : words[i];
            isOpen = !word.EndsWith(')');
            word = isOpen ? word : word[..^1];
            if (word.Length > 0)
            {
                int equals = word.IndexOf('=', StringComparison.Ordinal);
                Style.Set(equals < 0 ? word : word[..equals], equals < 0 ? null : word[(equals + 1)..], out string? wrong);
                error ??= wrong;
            }
        }

        error ??= isOpen ? $"\\{command.Name}: missing right parenthesis" : null;
        if (error is not null)
        {
            (Style, _styleBefore) = (_styleBefore, null);
        }
        else if (command.Name == "gx")
        {
            Style.IsExpanded = true;
        }
    }

    private void SetTiming(string? value, out string? error)
    {
        bool? isOn = value is null ? !_isTimed : ReplayVariables.ReadFlag(value);
        error = isOn is null ? $"unrecognized value \"{value}\" for \"\\timing\": Boolean expected" : null;
        _isTimed = isOn ?? _isTimed;
        TextShown(_isTimed ? "Timing is on."u8 : "Timing is off."u8, isTalk: true);
    }

    private IEnumerable<ByteOutput> ResultOutputs() => _log is null ? [_results] : [_results, _log];

    private void PrintResult()
    {
        if (_table is { } table)
        {
            _table = null;
            foreach (ByteOutput output in ResultOutputs())
            {
                if (Style.IsExpanded)
                {
                    new ExpandedTable(table, Style, IsUtf8, output).Print();
                }
                else
                {
                    new AlignedTable(table, Style, IsUtf8, output).Print();
                }
            }
        }

        _rows.ForEach(static rows => rows.End());
        _rows = [];
    }

    private void SetStyle(string name, string? value, out string? error)
    {
        string said = Style.Set(name, value, out error);
        SayStyle(error is null ? said : "");
    }

    private void SayStyle(string said)
    {
        if (said.Length > 0 && !IsQuiet)
        {
            _output.WriteLine(said);
        }
    }

    // With -n the line goes on with what comes next.
    private void Warn(IReadOnlyList<string> words)
    {
        Flush();
        bool isOpen = words is ["-n", ..];
        _openWarning += string.Join(' ', isOpen ? words.Skip(1) : words);
        if (!isOpen)
        {
            _error.WriteLine(ShownText.OfClient(_openWarning, Client));
            _openWarning = "";
        }
    }

    private static void Echo(IReadOnlyList<string> words, ByteOutput output)
    {
        bool isOpen = words is ["-n", ..];
        output.Write(string.Join(' ', isOpen ? words.Skip(1) : words));
        output.Write(isOpen ? "" : "\n");
    }

    private void EchoLine(ReadOnlySpan<byte> line)
    {
        _output.Write(line);
        _output.Write("\n"u8);
    }

    // Standard output and standard error may be one terminal, or one file: what came first is to stand first.
    private void Say(string text, ReplayMessage message)
    {
        Flush();
        string place =
            message.Script is null ? ""
            : message.Line == 0 ? $"psql:{message.Script}: "
            : $"psql:{message.Script}:{message.Line}: ";
        _error.WriteLine(ShownText.OfClient($"{place}{text}", Client));
    }

    private void FlushForReader()
    {
        if (_flushesAlways)
        {
            Flush();
        }
    }
}
