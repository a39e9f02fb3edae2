using System.Globalization;
using System.Text;
using PureDump.Bench.EndToEnd.Measure;

namespace PureDump.Bench.EndToEnd.Report;

/// <summary>The results for a reader: conditions, a table for each scenario, the bars.</summary>
internal static class MarkdownReport
{
    private const string None = "";

    /// <summary>All of it.</summary>
    public static string Of(Results results)
    {
        var text = new StringBuilder("# End to end\n\n");
        AppendConditions(text, results);
        foreach (MeasuredDataset dataset in results.Datasets)
        {
            Line(text, $"## {dataset.Name}\n");
            Line(
                text,
                $"{Capital(dataset.Description)}. Scale {dataset.Scale:0.###}, seed {dataset.Seed}: {dataset.RowCount:N0} rows, a ",
            $"database of {dataset.DatabaseBytes / 1e6:N0} MB.\n");
            foreach (MeasuredScenario scenario in results.Scenarios.Where(scenario => scenario.Dataset == dataset.Name))
            {
                AppendScenario(text, results, scenario);
            }
        }

        AppendBars(text, results);
        return text.ToString();
    }

    /// <summary>A value with as many digits as it deserves.</summary>
    internal static string Number(double value) => value.ToString(
        Math.Abs(value) switch
        {
            >= 1000 => "N0",
            >= 100 => "F0",
            >= 10 => "F1",
            >= 1 => "F2",
            _ => "F3",
        },
        CultureInfo.InvariantCulture);

    private static void AppendConditions(StringBuilder text, Results results)
    {
        Machine machine = results.Machine;
        Line(
            text,
            $"{results.Begin:yyyy-MM-dd HH:mm} UTC; {machine.Cpu}, {machine.CoreCount} cores, ",
            $"{machine.MemoryBytes / (double)(1L << 30):F0} GiB; {machine.Kernel}, {machine.Distribution}; load ",
            $"{machine.LoadAtStart:F1} before the first run.");
        Line(
            text,
            $"PostgreSQL {results.Server} on a unix socket; ",
            $"{string.Join(", ", results.ServerSettings.Select(setting => $"{setting.Key} = {setting.Value}"))}.");
        foreach ((string label, string version) in results.Programs)
        {
            Line(text, $"{label}: {version}.");
        }

        string caches = results.Rounds.IsCold
            ? "the server started anew and the system's cache dropped before each run"
            : "data in memory as far as they fit";
        string warmUp = results.Rounds.WithWarmUp ? "after a warm-up" : "without a warm-up";
        Line(
            text,
            $"Jobs: {results.Jobs}. Rounds in turns: {results.Rounds.RoundCount}, {warmUp}, {caches}; medians, with the least and the ",
            $"most in brackets.\n");
    }

    private static void AppendScenario(StringBuilder text, Results results, MeasuredScenario scenario)
    {
        Line(text, $"### {scenario.Name}: {scenario.Description}\n");
        IReadOnlyList<RunRecord> @base = results.RunsOf(scenario.Dataset, scenario.Name, scenario.Base);
        bool isShort = @base.All(run => run.Figures.WallS < 0.5);
        Figure wall = isShort ? Figure.WallMs : Figure.Wall;
        Line(text, $"| who | wall {wall.Unit} | ratio | client CPU s | ratio | peak MB | out MB | ratio | rows/s |");
        Line(text, $"| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (string contestant in scenario.Contestants)
        {
            AppendContestant(text, results.RunsOf(scenario.Dataset, scenario.Name, contestant), @base, wall);
        }

        Line(text, $"\nRatios to {scenario.Base}.");
        foreach (string reason in scenario.LeftOut)
        {
            Line(text, $"Left out: {reason}.");
        }

        text.Append('\n');
    }

    private static void AppendContestant(StringBuilder text, IReadOnlyList<RunRecord> runs, IReadOnlyList<RunRecord> @base, Figure wall)
    {
        bool isClient = runs[0].Figures.PeakBytes > 0;
        string cpu = isClient ? Cell(Figure.Cpu.Over(runs)) : None;
        string cpuRatio = isClient ? Ratio(Figure.Cpu, runs, @base) : None;
        string peak = isClient ? Number(Figure.Peak.Over(runs)!.Value.Max) : None;
        string size = Figure.Size.Over(runs) is { } written ? Number(written.Median) : None;
        string rate = runs[0].RowCount is { } rows ? Number(rows / Figure.Wall.Over(runs)!.Value.Median) : None;
        Line(
            text,
            $"| {Escaped(runs[0].Contestant)} | {Cell(wall.Over(runs))} | {Ratio(wall, runs, @base)} | {cpu} | {cpuRatio} | {peak} | ",
            $"{size} | {Ratio(Figure.Size, runs, @base)} | {rate} |");
    }

    private static void AppendBars(StringBuilder text, Results results)
    {
        Line(text, $"## Bars of {results.Subject}\n");
        if (results.Datasets.Any(dataset => !dataset.HasUsualScale))
        {
            Line(text, $"They are about the usual scales, which these data do not have.\n");
        }

        Line(text, $"| bar | figure | peer | value | limit | met |");
        Line(text, $"| --- | --- | --- | --- | --- | --- |");
        foreach (Bar bar in Bars.All)
        {
            string unit = bar.Figure.Unit;
            string state = bar.State(results) is { } found
                ? $"{Number(found.Own)} {unit} | {(found.Peer is { } peer ? $"{Number(peer)} {unit}" : None)} | {Number(found.Value)} | "
                    + $"{Number(bar.Limit)} | {(found.IsMet ? "yes" : "**no**")}"
                : $"not measured | | | {Number(bar.Limit)} |";
            Line(text, $"| {Escaped(bar.Name)} | {state} |");
        }
    }

    private static string Ratio(Figure figure, IReadOnlyList<RunRecord> runs, IReadOnlyList<RunRecord> @base) =>
        figure.Over(runs) is { } own && figure.Over(@base) is { Median: > 0 } other ? Number(own.Median / other.Median) : None;

    private static string Cell(Spread? spread) =>
        spread is { } found ? $"{Number(found.Median)} ({Number(found.Min)} to {Number(found.Max)})" : None;

    private static string Escaped(string cell) => cell.Replace("|", @"\|", StringComparison.Ordinal);

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    // A line in pieces, each with the numbers of no culture.
    private static void Line(StringBuilder text, params FormattableString[] pieces)
    {
        foreach (FormattableString piece in pieces)
        {
            text.Append(piece.ToString(CultureInfo.InvariantCulture));
        }

        text.Append('\n');
    }
}
