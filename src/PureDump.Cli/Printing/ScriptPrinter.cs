using System.Text;
using PureDump.Cli.Talking;
using PureDump.Engine.Replay;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Cli.Printing;

/// <summary>What a script brings forth, printed as psql prints it: results on standard output or in a file, the rest on standard error.</summary>
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
    private List<RowPrinter> _rows = [];
    private bool _isCopyOut;

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
    public TableStyle Style { get; } = new();

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

        _rows = [.. ResultOutputs().Select(output => new RowPrinter(columns, Style, output))];
        _rows.ForEach(static rows => rows.Begin());
    }

    /// <inheritdoc/>
    public void Row(ReplayRow row)
    {
        _table?.Add(row);
        foreach (RowPrinter rows in _rows)
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
                output.WriteLine(tag);
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
                Flush();
                _error.WriteLine(ShownText.OfClient(string.Join(' ', words), Client));
                return true;
            case "pset" when words.Count > 0:
                SetStyle(words[0], words.ElementAtOrDefault(1), out error);
                return true;
            case "pset":
                error = "\\pset: missing required argument";
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
        if (error is null && said.Length > 0 && !IsQuiet)
        {
            _output.WriteLine(said);
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
        string place = message.Script is null ? "" : message.Line == 0 ? $"psql:{message.Script}: " : $"psql:{message.Script}:{message.Line}: ";
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
