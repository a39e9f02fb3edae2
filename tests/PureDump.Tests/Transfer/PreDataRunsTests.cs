using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Transfer;

/// <summary>Tables in a row are made side by side; all else keeps its place before and behind them.</summary>
public sealed class PreDataRunsTests
{
    [Fact]
    public void Many_tables_are_made_together_and_what_is_said_of_them_comes_behind()
    {
        // As pg_dump orders it: a table, its sequence, whose that is; at the end the defaults.
        TocEntry[] entries =
        [
            Entry(1, EntryKind.Schema),
            .. Enumerable
                .Range(0, 20)
                .SelectMany(static i =>
                    (TocEntry[])
                        [
                            Entry(10 + (3 * i), EntryKind.Table),
                            Entry(11 + (3 * i), EntryKind.Sequence),
                            Entry(12 + (3 * i), EntryKind.SequenceOwnedBy, 10 + (3 * i), 11 + (3 * i)),
                        ]),
            Entry(90, EntryKind.Default, 10, 11),
            Entry(91, EntryKind.View, 10),
            Entry(92, EntryKind.Table),
        ];

        var runs = PreDataRuns.Of(entries, jobs: 2).ToList();

        Assert.Equal([(1, false), (40, true), (22, false), (1, false)], runs.Select(static run => (run.Run.Count, run.IsParallel)));
        Assert.All(runs[1].Run, static entry => Assert.True(entry.Kind is EntryKind.Table or EntryKind.Sequence));
        Assert.Equal(
            entries.Select(static entry => entry.Id).Order(),
            runs.SelectMany(static run => run.Run).Select(static entry => entry.Id).Order());
    }

    [Fact]
    public void A_table_that_needs_what_waits_begins_another_run()
    {
        TocEntry[] entries =
        [
            Entry(1, EntryKind.Table),
            Entry(2, EntryKind.Default, 1),
            Entry(3, EntryKind.Table, 2),
            Entry(4, EntryKind.Table),
        ];

        var runs = PreDataRuns.Of(entries, jobs: 2).ToList();

        Assert.Equal(["1", "2,3", "4"], runs.Select(static run => string.Join(',', run.Run.Select(static entry => entry.Id.Value))));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(4, 15)]
    public void Few_tables_and_a_single_worker_keep_the_order(int jobs, int count)
    {
        TocEntry[] entries = [.. Enumerable.Range(1, count).Select(static id => Entry(id, EntryKind.Table))];

        var runs = PreDataRuns.Of(entries, jobs).ToList();

        Assert.All(runs, static run => Assert.False(run.IsParallel));
        Assert.Equal(entries, runs.SelectMany(static run => run.Run));
    }

    private static TocEntry Entry(int id, string kind, params int[] needs) =>
        new()
        {
            Id = new DumpId(id),
            Kind = kind,
            Schema = "s",
            Name = $"e{id}",
            Section = Section.PreData,
            Dependencies = [.. needs.Select(static need => new DumpId(need))],
        };
}
