using System.Globalization;
using PureDump.Cli.Options;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump show</c>.</summary>
internal static class ShowCommand
{
    private const int ListedMax = 20;

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

        Toc toc = TocOf(ArchiveInput.Of(invocation), options);
        List<TocEntry> entries = Find(toc, TypedText.BytesIn(toc.Origin.Encoding, options.Operands[1]));
        using TextWriter output = invocation.Surroundings.OpenData(TextEncoding.Of(toc.Origin.Encoding));
        var writer = new PlainSqlWriter(output, toc.Origin);
        foreach (TocEntry entry in entries)
        {
            writer.WriteEntry(entry);
        }

        if (entries.TrueForAll(entry => entry.CreateSql.Length == 0))
        {
            invocation.Talk.Warn($"{entries[0].Label} has no statements");
        }

        return 0;
    }

    private static Toc TocOf(ArchiveInput input, GivenOptions options)
    {
        string? member = MemberOptions.Of(options, input);
        if (member is { Length: 0 })
        {
            return input.ReadGlobals();
        }

        if (input.IsOfPgDump)
        {
            using PgArchiveReader archive = PgArchiveReader.Open(input.Path!);
            return archive.Toc;
        }

        return input.ReadArchive(member, static reader => reader.Toc);
    }

    /// <summary>The error of a name that fits several entries, some of which it lists.</summary>
    public static PureDumpException Several(string message, IReadOnlyList<TocEntry> entries, string hint)
    {
        string list = string.Join(", ", entries.Take(ListedMax).Select(entry => $"{entry.Id} ({entry.Label})"));
        string more = entries.Count > ListedMax ? $" and {entries.Count - ListedMax} more" : "";
        return new PureDumpException(ErrorKind.Usage, $"{message}: {list}{more}", hint);
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
        ArchiveInput input = ArchiveInput.Of(invocation);
        input.RequireOwn("whose rows \"puredump restore -a -t TABLE -f -\" prints");
        options.Check(OptionScope.OwnArchive);
        ShownRows.Print(
            input,
            MemberOptions.Of(options, input),
            table ?? options.Operands.ElementAtOrDefault(1),
            printer,
            invocation.Surroundings.Cancellation);
        return 0;
    }

    private static List<TocEntry> Find(Toc toc, string text)
    {
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && toc.TryFind(new DumpId(id), out TocEntry? entry))
        {
            return [entry];
        }

        List<TocEntry> named =
        [
            .. toc.Entries.Where(entry => entry.Name == text || (entry.Schema is not null && $"{entry.Schema}.{entry.Name}" == text)),
        ];
        if (named.Count == 0)
        {
            throw new PureDumpException(
                ErrorKind.NotFound,
                $"no entry of the archive is called \"{text}\"",
                "puredump list shows all entries");
        }

        HashSet<DumpId> ofFirst = ObjectOf(named);
        if (named.Exists(entry => !ofFirst.Contains(entry.Id)))
        {
            throw Several($"several objects are called \"{text}\"", named, "give the number of one");
        }

        return [.. toc.Entries.Where(entry => ofFirst.Contains(entry.Id) || HangsOn(entry, ofFirst))];
    }

    // The first entry and those of the same name that need it, such as a table's rows.
    private static HashSet<DumpId> ObjectOf(List<TocEntry> named)
    {
        var result = new HashSet<DumpId> { named[0].Id };
        foreach (TocEntry entry in named)
        {
            if (entry.Schema == named[0].Schema && entry.Dependencies.Any(result.Contains))
            {
                result.Add(entry.Id);
            }
        }

        return result;
    }

    // Comments, privileges and labels have no section of their own.
    private static bool HangsOn(TocEntry entry, HashSet<DumpId> ids) =>
        entry.Section == Section.None && entry.Dependencies.Any(ids.Contains);
}
