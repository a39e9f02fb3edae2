using System.Globalization;
using PureDump.Cli.Talking;
using PureDump.Engine;
using PureDump.Formats.Archive;

namespace PureDump.Cli.Commands;

/// <summary>Says what a dump came to.</summary>
internal static class DumpSummary
{
    /// <summary>Says it.</summary>
    /// <param name="result">What it came to.</param>
    /// <param name="path">Of the file; null for standard output.</param>
    /// <param name="isScript">True for a script, false for an archive.</param>
    /// <param name="talk">Who is told.</param>
    public static void Write(DumpResult result, string? path, bool isScript, Talk talk)
    {
        ArchiveTotals totals = result.Totals;
        string database = result.Toc.Origin.Database;
        string ratio = totals.StoredBytes > 0 && !isScript
            ? string.Create(CultureInfo.InvariantCulture, $" ({(double)totals.RawBytes / totals.StoredBytes:0.0} : 1)")
            : "";
        string sentence =
            $"dumped database \"{database}\": {Amount.Moved(result.Toc.Entries.Count, totals.RowCount, totals.RawBytes, talk.Elapsed)}; "
            + $"{(isScript ? "the script" : "the archive")} has {Amount.Bytes(totals.Length)}{ratio}";
        talk.End("dumped", sentence, fields =>
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
        });
    }
}
