using System.Globalization;
using System.Net;
using System.Text;
using PureDump.Cli.Terminals;
using PureDump.Engine.Telemetry;
using PureDump.Formats.Entries;

namespace PureDump.Cli.Printing;

/// <summary>
/// The statistics of a run as one page that needs nothing else: a lane for each connection with what ran when, where nobody worked, rows
/// and bytes over time, and the entries that took longest. Names come from a server or an archive, and are escaped.
/// </summary>
internal static class StatsPage
{
    private const int Width = 1600;
    private const int LaneHeight = 28;
    private const int CurveHeight = 160;
    private const int LongestMax = 50;

    // Narrower pieces of one lane are drawn as one.
    private const double PieceMin = 0.4;

    private const string Style = """
        :root {
          color-scheme: light dark; --back: #fff; --text: #1b1f24; --line: #d0d7de;
          --rows: #2f6fd6; --index: #b3541e; --key: #8250df; --other: #4d7c2d; --none: #e5534b
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --back: #14181d; --text: #dbe2ea; --line: #3a424c;
            --rows: #6aa5ff; --index: #f0a066; --key: #c297ff; --other: #8fc866; --none: #ff8079
          }
        }
        body {
          background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif;
          margin: 1.5rem auto; max-width: 110rem; padding: 0 1rem
        }
        svg { width: 100%; height: auto; border: 1px solid var(--line); display: block }
        svg text { fill: var(--text); font-size: 14px }
        .rows { fill: var(--rows) } .index { fill: var(--index) } .key { fill: var(--key) }
        .other { fill: var(--other) } .none { fill: var(--none); opacity: .25 }
        .grid { stroke: var(--line) } .curve { fill: none; stroke: var(--rows); stroke-width: 2 }
        table { border-collapse: collapse; margin-top: .5rem }
        th, td { border-bottom: 1px solid var(--line); padding: .2rem .8rem .2rem 0; text-align: left }
        td.number { text-align: right; font-variant-numeric: tabular-nums }
        .legend span { margin-right: 1.2rem }
        .legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .35rem }
        """;

    /// <summary>Writes it.</summary>
    /// <param name="stats">Of the run.</param>
    /// <param name="sentence">What the run came to.</param>
    /// <param name="wall">How long it took.</param>
    /// <param name="output">Where to; stays open.</param>
    public static void Write(TransferStats stats, string sentence, TimeSpan wall, Stream output)
    {
        using var page = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        IReadOnlyList<WorkSpan> spans = stats.Spans;
        (TimeSpan idle, double idleShare) = stats.Idle;
        page.WriteLine(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width\"/>");
        page.WriteLine("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>");
        page.WriteLine($"<title>PureDump: {Escaped(sentence)}</title><style>\n{Style}\n</style></head><body>");
        page.WriteLine($"<h1>{Escaped(sentence)}</h1>");
        page.WriteLine(
            $"<p>{Number(wall.TotalSeconds, 2)} s; {stats.WorkerCount} connections, idle for {Number(idle.TotalSeconds, 2)} s in all, "
                + $"{Number(100 * idleShare, 1)} % of their time.</p>");
        if (spans.Count > 0)
        {
            WriteLanes(page, spans, wall);
            WriteCurve(page, stats.Points, wall);
        }

        WriteLongest(page, stats.Entries);
        page.WriteLine("</body></html>");
    }

    private static void WriteLanes(TextWriter page, IReadOnlyList<WorkSpan> spans, TimeSpan wall)
    {
        int laneCount = spans.Max(static span => span.Worker) + 1;
        int height = (laneCount * LaneHeight) + 24;
        page.WriteLine(
            "<h2>Connections</h2>\n<p class=\"legend\"><span><i style=\"background:var(--rows)\"></i>rows</span><span><i "
                + "style=\"background:var(--index)\"></i>indexes</span>"
                + "<span><i style=\"background:var(--key)\"></i>keys and checks</span><span><i "
                + "style=\"background:var(--other)\"></i>other statements</span>"
                + "<span><i style=\"background:var(--none)\"></i>nobody worked</span></p>");
        page.WriteLine($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"What each connection did when\">");
        WriteGrid(page, wall, height - 24);
        foreach ((TimeSpan from, TimeSpan to) in Nobody(spans))
        {
            page.WriteLine(
                $"<rect class=\"none\" x=\"{X(from, wall)}\" y=\"0\" width=\"{X(to - from, wall)}\" "
                    + $"height=\"{height - 24}\"><title>nobody worked for {Seconds(to - from)} s</title></rect>");
        }

        foreach (IGrouping<int, WorkSpan> lane in spans.GroupBy(static span => span.Worker))
        {
            int y = (lane.Key * LaneHeight) + 3;
            double drawn = -1;
            foreach (WorkSpan span in lane.OrderBy(static span => span.Began))
            {
                double end = span.Ended / wall * Width;
                if (end - drawn < PieceMin)
                {
                    continue;
                }

                double begin = Math.Max(drawn, span.Began / wall * Width);
                page.WriteLine(
                    $"<rect class=\"{KindOf(span.Entry)}\" x=\"{Number(begin, 2)}\" y=\"{y}\" "
                    + $"width=\"{Number(Math.Max(end - begin, PieceMin), 2)}\" height=\"{LaneHeight - 6}\">"
                    + $"<title>{Escaped(span.Entry.Label)}\n{Seconds(span.Began)} to {Seconds(span.Ended)} s</title></rect>");
                drawn = end;
            }
        }

        page.WriteLine("</svg>");
    }

    private static void WriteCurve(TextWriter page, IReadOnlyList<(TimeSpan At, long Rows, long Bytes)> points, TimeSpan wall)
    {
        long rowsMax = points[^1].Rows,
            bytesMax = points[^1].Bytes;
        page.WriteLine(
            $"<h2>Rows and bytes</h2>\n<p>{rowsMax.ToString("N0", CultureInfo.InvariantCulture)} rows, "
                + $"{bytesMax.ToString("N0", CultureInfo.InvariantCulture)} bytes before compression; the curve is of bytes.</p>");
        page.WriteLine($"<svg viewBox=\"0 0 {Width} {CurveHeight + 24}\" role=\"img\" aria-label=\"Bytes over time\">");
        WriteGrid(page, wall, CurveHeight);
        double scale = bytesMax == 0 ? 0 : (CurveHeight - 6) / (double)bytesMax;
        IEnumerable<string> drawn = points.Select(point =>
            $"{Number(point.At / wall * Width, 1)},{Number(CurveHeight - (point.Bytes * scale), 1)}");
        page.WriteLine($"<polyline class=\"curve\" points=\"0,{CurveHeight} {string.Join(' ', drawn)}\"/>");
        page.WriteLine("</svg>");
    }

    private static void WriteGrid(TextWriter page, TimeSpan wall, int height)
    {
        for (int i = 0; i <= 10; i++)
        {
            double x = Width * i / 10.0;
            string anchor = i == 0 ? "start" : i == 10 ? "end" : "middle";
            page.WriteLine($"<line class=\"grid\" x1=\"{Number(x, 1)}\" y1=\"0\" x2=\"{Number(x, 1)}\" y2=\"{height}\"/>"
                + $"<text x=\"{Number(x, 1)}\" y=\"{height + 17}\" text-anchor=\"{anchor}\">{Seconds(wall * i / 10)} s</text>");
        }
    }

    private static void WriteLongest(TextWriter page, IReadOnlyList<EntryTimes> entries)
    {
        page.WriteLine(
            "<h2>What took "
                + "longest</h2>\n<table><thead><tr><th>entry</th><th>began</th><th>ended</th><th>s</th><th>rows</th></tr></thead><tbody>");
        foreach (EntryTimes entry in entries.OrderByDescending(static entry => entry.Ended - entry.Began).Take(LongestMax))
        {
            string rows = entry.Entry.HasBlocks ? entry.RowCount.ToString("N0", CultureInfo.InvariantCulture) : "";
            page.WriteLine(
                $"<tr><td>{Escaped(entry.Entry.Label)}</td><td class=\"number\">{Seconds(entry.Began)}</td><td "
                    + $"class=\"number\">{Seconds(entry.Ended)}</td>"
                    + $"<td class=\"number\">{Seconds(entry.Ended - entry.Began)}</td><td class=\"number\">{rows}</td></tr>");
        }

        page.WriteLine("</tbody></table>");
    }

    // Between the first span and the last.
    private static IEnumerable<(TimeSpan From, TimeSpan To)> Nobody(IReadOnlyList<WorkSpan> spans)
    {
        TimeSpan until = spans.Min(static span => span.Began);
        foreach (WorkSpan span in spans.OrderBy(static span => span.Began))
        {
            if (span.Began > until)
            {
                yield return (until, span.Began);
            }

            until = span.Ended > until ? span.Ended : until;
        }
    }

    private static string KindOf(TocEntry entry) =>
        entry.HasBlocks
            ? "rows"
            : entry.Kind switch
            {
                EntryKind.Index => "index",
                EntryKind.Constraint or EntryKind.ForeignKey or EntryKind.CheckConstraint => "key",
                _ => "other",
            };

    private static string X(TimeSpan time, TimeSpan wall) => Number(time / wall * Width, 2);

    private static string Seconds(TimeSpan time) => Number(time.TotalSeconds, 3);

    private static string Number(double value, int digits) => Math.Round(value, digits).ToString(CultureInfo.InvariantCulture);

    private static string Escaped(string text) => WebUtility.HtmlEncode(ShownText.Line(text));
}
