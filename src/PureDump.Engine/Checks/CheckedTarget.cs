using PureDump.Engine.Jobs;
using PureDump.Engine.Sources;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine.Checks;

/// <summary>Something at the target that rows come into, and that can be read again: a table, a partition tree, some large
/// objects.</summary>
internal sealed class CheckedTarget
{
    private readonly IReadOnlyList<TocEntry> _entries;

    private CheckedTarget(string name, IReadOnlyList<TocEntry> entries, bool withContents)
    {
        Name = name;
        _entries = entries;
        WithContents = withContents && HaveOneForm(entries);
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>The contents are compared; else the number of rows, or of large objects.</summary>
    public bool WithContents { get; }

    /// <summary>About how many bytes have to be read.</summary>
    public long Weight => _entries.Total(static entry => entry.Rows?.EstimatedBytes ?? 0);

    /// <summary>The entries whose rows come into it.</summary>
    public IEnumerable<DumpId> Entries => _entries.Select(static entry => entry.Id);

    /// <summary>The statement that reads the contents.</summary>
    public string ReadSql =>
        First.Rows is { } rows ? CopyStatement.OutOfTarget(Placed(rows)) : LargeObjectStatement.Out(First.LargeObjectOids);

    /// <summary>The statement that counts.</summary>
    public string CountSql =>
        First.Rows is { } rows ? CopyStatement.CountInTarget(Placed(rows)) : LargeObjectStatement.Count(First.LargeObjectOids);

    /// <summary>The table, as an SQL name; null for large objects.</summary>
    public string? Table => First.Rows is { } rows ? Formats.Script.PlainSqlWriter.Target(Placed(rows)) : null;

    private TocEntry First => _entries[0];

    private (string Schema, string Table)? Root { get; init; }

    /// <summary>What the rows of a Toc come into, largest first. Rows of foreign tables belong to another server and are not looked
    /// at.</summary>
    public static IReadOnlyList<CheckedTarget> Of(Toc toc, bool withContents)
    {
        Dictionary<DumpId, (string Schema, string Table)> rootOf = PartitionRoots.Of(toc);
        var alone = new List<CheckedTarget>();
        var trees = new Dictionary<(string Schema, string Table), List<TocEntry>>();
        foreach (TocEntry entry in toc.Entries.Where(static entry => entry.HasBlocks && !entry.HasForeignRows))
        {
            if (RootOf(entry, rootOf) is not { } root)
            {
                alone.Add(new CheckedTarget(entry.Rows is { } rows ? $"{rows.Schema}.{rows.Table}" : entry.Label, [entry], withContents));
            }
            else if (trees.TryGetValue(root, out List<TocEntry>? entries))
            {
                entries.Add(entry);
            }
            else
            {
                trees.Add(root, [entry]);
            }
        }

        return
        [
            .. alone
                .Concat(
                    trees.Select(tree => new CheckedTarget($"{tree.Key.Schema}.{tree.Key.Table}", tree.Value, withContents)
                    {
                        Root = tree.Key,
                    }))
                .OrderByDescending(static target => target.Weight),
        ];
    }

    /// <summary>What the source has sent into it.</summary>
    public RowDigest Sent(CountedSource source)
    {
        RowDigest sum = _entries.Aggregate(default(RowDigest), (sum, entry) => sum + source.Given(entry.Id));
        return WithContents ? sum : new RowDigest(First.Rows is null ? First.LargeObjectOids.Count : sum.RowCount, 0);
    }

    private TableRows Placed(TableRows rows) => Root is null ? rows : rows with { LoadInto = Root };

    private static (string Schema, string Table)? RootOf(TocEntry entry, Dictionary<DumpId, (string Schema, string Table)> rootOf) =>
        entry.Rows?.LoadInto
        ?? (entry.Rows?.TableEntry is { } table && rootOf.TryGetValue(table, out (string Schema, string Table) root) ? root : null);

    // Digests are those of bytes: partitions whose columns stand in another order cannot be added up.
    private static bool HaveOneForm(IReadOnlyList<TocEntry> entries) =>
        entries.All(entry => entry.Rows is not { } rows
            || (rows.Format == entries[0].Rows!.Format && rows.Columns.SequenceEqual(entries[0].Rows!.Columns)));
}
