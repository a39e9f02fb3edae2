using PureDump.Cli.Options;
using PureDump.Engine.Reading;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump show</c>.</summary>
internal static class ShowCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "show",
            Synopses = ["FILE|- ENTRY", "FILE|- --rows [OPTION]... [ENTRY]"],
            Summary = "print the SQL of one entry of an archive, or the rows of a table",
            Description =
                "Prints the statements of one entry, or of an object with its privileges and comments, as they would stand in a script. "
                + "Only the table of contents is read, which stands at the beginning. With --rows, prints the rows of a table as COPY "
                + "does. No server is needed.",
            Operands =
            [
                ("FILE", "the archive; - is standard input"),
                ("ENTRY", "an entry's number, as puredump list shows it, or an object's name, with or without its schema"),
            ],
            Examples =
            [
                ("puredump show shop.pdump public.orders", "the table's definition"),
                ("puredump show shop.pdump 215", "the entry 215"),
                ("puredump show shop.pdump --rows -t public.orders --limit 10", "ten of its rows"),
            ],
            Options =
            [
                OptionTable.Rows,
                OptionTable.ShownTable,
                OptionTable.Limit,
                OptionTable.OnlyDatabase,
                OptionTable.ArchivedGlobals,
                OptionTable.Help,
            ],
            Rules =
            [
                OptionRule.Requirement(OptionTable.ShownTable, OptionTable.Rows),
                OptionRule.Requirement(OptionTable.Limit, OptionTable.Rows),
                OptionRule.Conflict(OptionTable.Rows, OptionTable.ArchivedGlobals).In(OptionScope.OwnArchive),
                .. ClusterRules.Member,
            ],
            Run = Run,
        };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.LimitOperands(2);
        options.Check(OptionScope.None);
        if (options.Has(OptionTable.Rows))
        {
            return RunRows(invocation);
        }

        if (options.Operands.Count < 2)
        {
            throw options.Unusable(options.Operands.Count == 0 ? "no archive and no entry were named" : "no entry was named");
        }

        ArchiveInput input = InputOperand.Of(invocation);
        Toc toc = ArchiveToc.ReadFront(input, MemberOptions.Of(options, input)).Toc;
        IReadOnlyList<TocEntry> entries = EntrySearch.Object(toc, options.Operands[1]);
        using TextWriter output = invocation.Surroundings.OpenData(TextEncoding.Of(toc.Origin.Encoding));
        var writer = new PlainSqlWriter(output, toc.Origin);
        foreach (TocEntry entry in entries)
        {
            writer.WriteEntry(entry);
        }

        if (entries.All(static entry => entry.CreateSql.Length == 0))
        {
            invocation.Talk.Warn($"{entries[0].Label} has no statements");
        }

        return 0;
    }

    private static int RunRows(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        string? table = options.Value(OptionTable.ShownTable);
        if (options.Operands.Count == 0)
        {
            throw options.Unusable("no archive was named");
        }

        options.LimitOperands(table is null ? 2 : 1);
        var printer = new RowPrinter(invocation.Surroundings.Output, options.Number(OptionTable.Limit, 0, int.MaxValue));
        ArchiveInput input = InputOperand.Of(invocation);
        input.RequireOwn("whose rows \"puredump restore -a -t TABLE -f -\" prints");
        options.Check(OptionScope.OwnArchive);
        Print(
            input,
            MemberOptions.Of(options, input),
            table ?? options.Operands.ElementAtOrDefault(1),
            printer,
            invocation.Surroundings.Cancellation);
        return 0;
    }

    // Of a file only the blocks of the table are read, of a pipe what stands before their end.
    private static void Print(ArchiveInput input, string? member, string? table, RowPrinter printer, CancellationToken cancellation)
    {
        if (input.IsStream)
        {
            input.ReadArchive(member, reader =>
            {
                using var read = ArchivedRows.Of(reader, EntrySearch.Rows(reader.Toc, table), cancellation);
                Print(read, printer, cancellation);
                return 0;
            });
            return;
        }

        using ArchiveFile file = input.OpenArchive(member);
        using var rows = ArchivedRows.Of(file, EntrySearch.Rows(file.Toc, table));
        Print(rows, printer, cancellation);
    }

    private static void Print(ArchivedRows rows, RowPrinter printer, CancellationToken cancellation)
    {
        while (!printer.IsFull && rows.Read(printer, cancellation))
        {
        }
    }
}
