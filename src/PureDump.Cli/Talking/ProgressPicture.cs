using System.Globalization;
using PureDump.Cli.Terminals;

namespace PureDump.Cli.Talking;

/// <summary>The lines of the display, as a pure function of what it shows.</summary>
internal static class ProgressPicture
{
    private const int NameWidthMax = 40;

    /// <summary>Lays out the lines.</summary>
    /// <param name="state">Where the transfer stands.</param>
    /// <param name="readBytes">Where a file is read front to back without a transfer: how far.</param>
    /// <param name="readTotal">Its length, or 0.</param>
    /// <param name="elapsed">Since when.</param>
    /// <param name="width">Of the terminal, in characters.</param>
    /// <param name="height">Of the terminal, in lines.</param>
    public static IReadOnlyList<string> Lines(TransferState state, long readBytes, long readTotal, TimeSpan elapsed, int width, int height)
    {
        if (readBytes > 0)
        {
            double? part = readTotal > 0 ? (double)readBytes / readTotal : null;
            return [Cut($"{Amount.Bytes(readBytes)}{Share(part)}, {Rate(readBytes, elapsed)}{Remaining(part, elapsed)}", width)];
        }

        var lines = new List<string>();
        if (state.EntryCount > 0)
        {
            lines.Add(Cut(
                $"{state.EntryDoneCount} of {Amount.Counted(state.EntryCount, "table")}, {Amount.Counted(state.RowCount, "row")}, "
                + $"{Amount.Bytes(state.Bytes)}{Share(state.Fraction)}, {Rate(state.Bytes, elapsed)}{Remaining(state.Fraction, elapsed)}",
                width));
        }

        if (state.Statement is not null && state.InWork.Count == 0)
        {
            lines.Add(Cut($"{state.StatementCount}: {ShownText.Line(state.Statement)}", width));
        }

        int roomLeft = Math.Max(1, height - lines.Count - 1);
        int nameWidth = state.InWork.Count == 0 ? 0 : Math.Min(NameWidthMax, state.InWork.Take(roomLeft).Max(entry => entry.Name.Length));
        foreach (EntryProgress entry in state.InWork.Take(roomLeft))
        {
            double? part =
                entry.EstimatedBytes > 0 && entry.Bytes <= entry.EstimatedBytes ? (double)entry.Bytes / entry.EstimatedBytes : null;
            string name = Cut(ShownText.Line(entry.Name), nameWidth).PadRight(nameWidth);
            lines.Add(Cut($"  {name}  {Amount.Bytes(entry.Bytes),10}{Share(part)}, {Amount.Counted(entry.RowCount, "row")}", width));
        }

        if (lines.Count == 0)
        {
            lines.Add("reading the catalog");
        }

        if (state.Database is not null)
        {
            lines[0] = Cut($"{(state.Database.Length == 0 ? "globals" : ShownText.Line(state.Database))}: {lines[0]}", width);
        }

        return lines;
    }

    private static string Share(double? part) =>
        part is { } known ? string.Create(CultureInfo.InvariantCulture, $" ({(int)(known * 100)} %)") : "";

    private static string Rate(long bytes, TimeSpan elapsed) => $"{Amount.Bytes(bytes / Math.Max(0.1, elapsed.TotalSeconds))}/s";

    private static string Remaining(double? part, TimeSpan elapsed)
    {
        // A guess from too little is worse than none.
        if (part is not { } known || known < 0.02 || elapsed.TotalSeconds < 1)
        {
            return "";
        }

        TimeSpan remaining = elapsed * ((1 - known) / known);
        return remaining.TotalSeconds >= 1 ? $", about {Amount.Time(remaining)} left" : "";
    }

    private static string Cut(string text, int width) =>
        text.Length <= width ? text
        : width <= 1 ? ""
        : string.Concat(text.AsSpan(0, width - 1), "…");
}
