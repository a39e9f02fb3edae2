using PureDump.Engine.Reading;
using System.Globalization;
using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Formats.Archive;
using PureDump.Formats.Sql;

namespace PureDump.Cli.Commands;

/// <summary>What <c>list</c> says of the archive of a cluster: a line for each member.</summary>
internal static class ClusterList
{
    /// <summary>Prints it.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(Invocation invocation, ArchiveInput input)
    {
        (string Name, ArchiveContents Contents)[] members = [.. ClusterContents.Read(input, invocation.Surroundings.Cancellation)];
        if (invocation.Options.Has(OptionTable.Json))
        {
            using TextWriter data = invocation.Surroundings.OpenData();
            foreach ((string name, ArchiveContents contents) in members)
            {
                WriteJson(name, contents, data);
            }

            return 0;
        }

        using ShownWriter output = invocation.Surroundings.OpenText();
        WriteHead(members[0].Contents, [.. members.Select(static member => member.Contents.Totals)], output);
        foreach ((string name, ArchiveContents contents) in members)
        {
            string label = name.Length == 0 ? "GLOBALS" : $"DATABASE {SqlText.OneLine(name)}";
            string rows = name.Length == 0 ? "" : $", {ListCommand.Describe(RowsOf(contents.Totals))}";
            output.WriteLine($"{label}; {Amount.Counted(contents.Toc.Entries.Count, "entry")}{rows}");
        }

        return 0;
    }

    private static void WriteHead(ArchiveContents globals, ArchiveTotals[] totals, ShownWriter output)
    {
        var rows = new StoredRows(
            totals.Sum(static t => t.BlockCount),
            totals.Sum(static t => t.RowCount),
            totals.Sum(static t => t.RawBytes),
            totals.Sum(static t => t.StoredBytes));
        output.WriteLine(";");
        output.WriteLine(globals.Header.Created is { } created
            ? string.Create(CultureInfo.InvariantCulture, $"; Archive of a cluster created at {created:yyyy-MM-dd HH:mm:ss} UTC")
            : "; Archive of a cluster created at a time that was not recorded");
        output.WriteLine($";     Databases: {totals.Length - 1}");
        output.WriteLine(";     Format: PDUMP");
        output.WriteLine($";     Data: {ListCommand.Describe(rows)}");
        output.WriteLine($";     Length of all members: {totals.Sum(static t => t.Length)}");
        output.WriteLine($";     Dumped from database version: {SqlText.OneLine(globals.Toc.Origin.ServerVersion)}");
        output.WriteLine($";     Dumped by: {SqlText.OneLine(globals.Toc.Origin.Producer)}");
        output.WriteLine(";");
        output.WriteLine(";");
        output.WriteLine("; Members:");
        output.WriteLine(";");
    }

    private static void WriteJson(string name, ArchiveContents contents, TextWriter output) => JsonEvent.WriteObject(output, fields =>
    {
        fields.WriteString("member", name.Length == 0 ? "globals" : "database");
        if (name.Length > 0)
        {
            fields.WriteString("database", name);
        }

        fields.WriteNumber("entryCount", contents.Toc.Entries.Count);
        fields.WriteNumber("rows", contents.Totals.RowCount);
        fields.WriteNumber("blocks", contents.Totals.BlockCount);
        fields.WriteNumber("rawBytes", contents.Totals.RawBytes);
        fields.WriteNumber("storedBytes", contents.Totals.StoredBytes);
        fields.WriteNumber("length", contents.Totals.Length);
    });

    private static StoredRows RowsOf(ArchiveTotals totals) => new(totals.BlockCount, totals.RowCount, totals.RawBytes, totals.StoredBytes);
}
