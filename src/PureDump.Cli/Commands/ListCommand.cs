using PureDump.Engine.Reading;
using System.Globalization;
using System.Text;
using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump list</c>.</summary>
internal static class ListCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "list",
            Synopses = ["[OPTION]... [FILE|-]"],
            Summary = "list the contents of an archive",
            Description =
                "Lists the table of contents, a line for each entry, as pg_restore -l does: its number, catalog and OID, kind, schema, "
                + "name and owner; "
                + "for rows also how many, in how many blocks, and their bytes, as read and as stored. Of the archive of a cluster it "
                + "lists the databases, unless one is named. "
                + "With --json one object for each line. No server is needed.",
            Operands = [("FILE", "the archive; - is standard input, as is none")],
            Examples =
            [
                ("puredump list shop.pdump", "what is in it?"),
                ("puredump list --json shop.pdump | jq 'select(.rows > 1000000).name'", "the big tables"),
            ],
            Options = [OptionTable.OnlyDatabase, OptionTable.ArchivedGlobals, OptionTable.Json, OptionTable.Help],
            Rules = ClusterRules.Member,
            EndsWith = static kind => kind != ErrorKind.Catalog && RunnableVerb.OfArchives(kind),
            Run = Run,
        };

    private static int Run(Invocation invocation)
    {
        invocation.Options.LimitOperands(1);
        ArchiveInput input = InputOperand.Of(invocation);
        if (input.HasPgDumpFormat)
        {
            return ListPgArchive(invocation, input);
        }

        string? member = null;
        if (input.IsOfCluster || MemberOptions.AreGiven(invocation.Options))
        {
            if (!MemberOptions.AreGiven(invocation.Options))
            {
                return ClusterList.Write(invocation, input);
            }

            member = MemberOptions.Of(invocation.Options, input);
        }

        ArchiveContents contents = ArchiveContents.Of(input, member, invocation.Surroundings.Cancellation);

        if (invocation.Options.Has(OptionTable.Json))
        {
            using TextWriter data = invocation.Surroundings.OpenData();
            WriteJson(contents.Toc, id => contents.RowsOf(id), data);
            return 0;
        }

        using ShownWriter output = invocation.Surroundings.OpenText(EncodingOf(contents.Toc));
        WriteText(contents, member, output);

        return 0;
    }

    // How many rows there are, an archive of pg_dump does not say.
    private static int ListPgArchive(Invocation invocation, ArchiveInput input)
    {
        (ArchiveSummary summary, Toc toc) = ArchiveToc.Read(input, null);
        if (invocation.Options.Has(OptionTable.Json))
        {
            using TextWriter data = invocation.Surroundings.OpenData();
            WriteJson(toc, static _ => null, data);
            return 0;
        }

        using ShownWriter output = invocation.Surroundings.OpenText(EncodingOf(toc));
        EntryListText.Write(summary, toc, toc.Entries, withDependencies: false, output);

        return 0;
    }

    // What stands for a character of an encoding that only clients use would read as another one, and its bytes as a terminal's commands.
    private static Encoding? EncodingOf(Toc toc) =>
        TextEncoding.IsClientOnly(toc.Origin.Encoding) ? Encoding.ASCII
            : toc.Origin.Encoding == "SQL_ASCII" ? TextEncoding.Of(toc.Origin.Encoding)
            : null;

    private static void WriteText(ArchiveContents contents, string? member, ShownWriter output)
    {
        DumpOrigin origin = contents.Toc.Origin;
        output.WriteLine(";");
        output.WriteLine(contents.Header.Created is { } created
            ? string.Create(CultureInfo.InvariantCulture, $"; Archive created at {created:yyyy-MM-dd HH:mm:ss} UTC")
            : "; Archive created at a time that was not recorded");
        output.WriteLine($";     dbname: {SqlText.OneLine(member ?? origin.Database)}".TrimEnd());
        output.WriteLine($";     TOC Entries: {contents.Toc.Entries.Count}");
        output.WriteLine(";     Format: PDUMP");
        output.WriteLine($";     Encoding: {SqlText.OneLine(origin.Encoding)}");
        ArchiveTotals totals = contents.Totals;
        var rows = new StoredRows(totals.BlockCount, totals.RowCount, totals.RawBytes, totals.StoredBytes);
        output.WriteLine($";     Data: {Describe(rows)}");
        output.WriteLine($";     Archive length: {totals.Length}");
        output.WriteLine($";     Dumped from database version: {SqlText.OneLine(origin.ServerVersion)}");
        output.WriteLine($";     Dumped by: {SqlText.OneLine(origin.Producer)}");
        output.WriteLine(";");
        output.WriteLine(";");
        output.WriteLine("; Selected TOC Entries:");
        output.WriteLine(";");
        foreach (TocEntry entry in contents.Toc.Entries)
        {
            // What follows a second semicolon is a comment to pg_restore -L too.
            string stored = entry.HasBlocks ? $"; {Describe(contents.RowsOf(entry.Id))}" : "";
            string schema = string.IsNullOrEmpty(entry.Schema) ? "-" : SqlText.OneLine(entry.Schema);
            string name = $"{SqlText.OneLine(entry.Kind)} {schema} {SqlText.OneLine(entry.Name)} {SqlText.OneLine(entry.Owner)}";
            output.WriteLine($"{entry.Id}; {entry.CatalogId.Catalog} {entry.CatalogId.Row} {name}{stored}".TrimEnd());
        }
    }

    /// <summary>Rows in words.</summary>
    public static string Describe(StoredRows rows) =>
        $"{Amount.Counted(rows.RowCount, "row")}, {Amount.Counted(rows.BlockCount, "block")}, {Amount.Counted(rows.RawBytes, "byte")}, "
            + $"{rows.StoredBytes} stored";

    private static void WriteJson(Toc toc, Func<DumpId, StoredRows?> rowsOf, TextWriter output)
    {
        foreach (TocEntry entry in toc.Entries)
        {
            JsonEvent.WriteObject(output, fields =>
            {
                JsonEvent.WriteEntry(fields, entry);
                fields.WriteString("owner", entry.Owner);
                fields.WriteString("section", SectionName.Of(entry.Section));
                fields.WriteNumber("catalog", entry.CatalogId.Catalog.Value);
                fields.WriteNumber("oid", entry.CatalogId.Row.Value);
                fields.WriteStartArray("dependencies");
                foreach (DumpId id in entry.Dependencies)
                {
                    fields.WriteNumberValue(id.Value);
                }

                fields.WriteEndArray();
                if (entry.HasBlocks && rowsOf(entry.Id) is { } rows)
                {
                    fields.WriteNumber("rows", rows.RowCount);
                    fields.WriteNumber("blocks", rows.BlockCount);
                    fields.WriteNumber("rawBytes", rows.RawBytes);
                    fields.WriteNumber("storedBytes", rows.StoredBytes);
                }

                if (entry.Rows is { } table)
                {
                    fields.WriteString("format", table.Format == RowFormat.Binary ? "binary" : "text");
                }
            });
        }
    }
}
