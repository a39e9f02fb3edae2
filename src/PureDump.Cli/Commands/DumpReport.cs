using System.Globalization;
using PureDump.Cli.Talking;
using PureDump.Engine;
using PureDump.Formats.Archive;

namespace PureDump.Cli.Commands;

/// <summary>Says what a dump came to.</summary>
internal static class DumpReport
{
    /// <summary>Says it.</summary>
    /// <param name="result">What it came to.</param>
    /// <param name="path">Of the file; null for standard output.</param>
    /// <param name="format">What it became.</param>
    /// <param name="invocation">The call.</param>
    /// <param name="fromServer">It was read from a server, not out of another archive.</param>
    /// <param name="done">What was done, in one word.</param>
    public static void Write(
        DumpResult result,
        string? path,
        OutputFormat format,
        Invocation invocation,
        bool fromServer = true,
        string done = "dumped")
    {
        Talk talk = invocation.Talk;
        ArchiveTotals totals = result.Totals;
        string database = result.Toc.Origin.Database;
        string ratio =
            totals.StoredBytes > 0 && !format.IsScript
                ? string.Create(CultureInfo.InvariantCulture, $" ({(double)totals.RawBytes / totals.StoredBytes:0.0} : 1)")
                : "";
        string length =
            totals.Length == 0 ? "" : $"; {(format.IsScript ? "the script" : "the archive")} has {Amount.Bytes(totals.Length)}{ratio}";
        string rest =
            $"database \"{database}\": {Amount.Moved(result.Toc.Entries.Count, totals.RowCount, totals.RawBytes, talk.Elapsed)}{length}";
        TransferReport.End(invocation, done, new Outcome { WarningCount = talk.WarningCount }, rest, fields =>
        {
            fields.WriteString("database", database);
            fields.WriteString("file", path);
            fields.WriteNumber("entryCount", result.Toc.Entries.Count);
            fields.WriteNumber("rows", totals.RowCount);
            fields.WriteNumber("blocks", totals.BlockCount);
            fields.WriteNumber("rawBytes", totals.RawBytes);
            fields.WriteNumber("storedBytes", totals.StoredBytes);
            fields.WriteNumber("length", totals.Length);
            fields.WriteNumber("catalogQueryCount", result.CatalogQueryCount);
        }, fromServer, intoServer: false);
    }
}
