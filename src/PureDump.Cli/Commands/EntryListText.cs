using System.Globalization;
using PureDump.Cli.Terminals;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;

namespace PureDump.Cli.Commands;

/// <summary>
/// The list of <c>pg_restore -l</c>, to be read by people and, edited, by <c>-L</c> (pg_backup_archiver.c, PrintTOCSummary).
/// </summary>
internal static class EntryListText
{
    /// <summary>Writes it.</summary>
    /// <param name="archive">What it is.</param>
    /// <param name="toc">All entries.</param>
    /// <param name="shown">Those that have a line, in the order of the lines.</param>
    /// <param name="withDependencies">Each with a line of what it depends on.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ArchiveSummary archive, Toc toc, IEnumerable<TocEntry> shown, bool withDependencies, ShownWriter output)
    {
        DumpOrigin origin = toc.Origin;
        output.WriteLine(";");
        output.WriteLine(archive.Created is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"; Archive created at {at:yyyy-MM-dd HH:mm:ss} UTC")
            : "; Archive created at [unknown]");
        WriteFact("dbname", SqlText.OneLine(origin.Database));
        WriteFact("TOC Entries", $"{toc.Entries.Count}");
        WriteFact("Compression", archive.Compression);
        WriteFact("Dump Version", archive.Version);
        WriteFact("Format", archive.Format);
        WriteFact("Integer", archive.IntegerSize is { } integer ? $"{integer} bytes" : null);
        WriteFact("Offset", archive.OffsetSize is { } offset ? $"{offset} bytes" : null);
        output.WriteLine($";     Dumped from database version: {SqlText.OneLine(origin.ServerVersion)}");
        const string pgDump = "pg_dump version ";
        output.WriteLine(origin.Producer.StartsWith(pgDump, StringComparison.Ordinal)
            ? $";     Dumped by pg_dump version: {SqlText.OneLine(origin.Producer[pgDump.Length..])}"
            : $";     Dumped by: {SqlText.OneLine(origin.Producer)}");
        output.WriteLine(";");
        output.WriteLine(";");
        output.WriteLine("; Selected TOC Entries:");
        output.WriteLine(";");
        foreach (TocEntry entry in shown)
        {
            output.WriteLine(Line(entry));
            if (withDependencies && entry.Dependencies.Count > 0)
            {
                output.WriteLine($";\tdepends on: {string.Join(' ', entry.Dependencies)}");
            }
        }

        void WriteFact(string name, string? value)
        {
            if (value is not null)
            {
                output.WriteLine($";     {name}: {value}");
            }
        }
    }

    /// <summary>The line of an entry: its number, catalog and OID, kind, schema, name, owner.</summary>
    public static string Line(TocEntry entry) =>
        $"{entry.Id}; {entry.CatalogId.Catalog} {entry.CatalogId.Row} {SqlText.OneLine(entry.Kind)} {SqlText.OneLine(entry.Schema)} "
        + $"{SqlText.OneLine(entry.Name)} {SqlText.OneLine(entry.Owner ?? "")}";
}
