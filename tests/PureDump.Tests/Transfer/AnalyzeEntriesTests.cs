using PureDump.Engine.Sinks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;

namespace PureDump.Tests.Transfer;

/// <summary>What is analyzed after a restore, in which order, by which statement.</summary>
public sealed class AnalyzeEntriesTests
{
    // A table, and a tree: 1 is above 2, which is above 3.
    private static readonly TocEntry[] s_entries =
    [
        Table(1, "root"), Table(2, "middle"), Table(3, "leaf"), Table(5, "Small"),
        Attach(6, "middle", 1, 2), Attach(7, "leaf", 2, 3),
        Rows(10, 5, "Small", 10), Rows(11, 3, "leaf", 1000),
        Entry(12, EntryKind.TableData, "elsewhere") with { RelKind = 'f' },
        Entry(13, EntryKind.MaterializedViewData, "seen"),
    ];

    [Fact]
    public void Each_table_for_itself_the_largest_first_where_partitions_can_be_left_out() => Assert.Equal(
        [
            "ANALYZE s.leaf;\n", "ANALYZE ONLY s.middle;\n", "ANALYZE ONLY s.root;\n", "ANALYZE s.\"Small\";\n", "ANALYZE s.seen;\n",
        ],
        Of(180000, s_entries).Select(static entry => entry.CreateSql));

    [Fact]
    public void The_root_for_all_below_it_where_they_are_taken_along() => Assert.Equal(
        ["ANALYZE s.root;\n", "ANALYZE s.\"Small\";\n", "ANALYZE s.seen;\n"],
        Of(170000, s_entries).Select(static entry => entry.CreateSql));

    [Fact]
    public void A_partition_whose_root_is_not_restored_stands_for_itself() => Assert.Equal(
        ["ANALYZE s.leaf;\n"],
        Of(170000, [Table(3, "leaf"), Rows(11, 3, "leaf", 1000)]).Select(static entry => entry.CreateSql));

    [Fact]
    public void Their_numbers_ascend_and_are_those_of_nothing_in_the_archive()
    {
        List<int> ids = [.. Of(180000, [.. s_entries, Entry(int.MaxValue, EntryKind.View, "last")]).Select(static entry => entry.Id.Value)];
        Assert.Equal([4, 8, 9, 14, 15], ids);
    }

    [Fact]
    public void Partitions_in_a_circle_are_gone_through_once() =>
        Assert.Equal(2, Of(180000, [Table(1, "a"), Table(2, "b"), Attach(3, "a", 2, 1), Attach(4, "b", 1, 2), Rows(5, 1, "a", 1)]).Count);

    private static IReadOnlyList<TocEntry> Of(int version, TocEntry[] entries) =>
        AnalyzeEntries.Of(
            new Toc(
                new DumpOrigin
                {
                    Database = "d",
                    ServerVersion = "18.0",
                    ServerVersionNumber = 180000,
                    Encoding = "UTF8",
                    Producer = "test",
                },
                entries),
            new ServerFeatures(version));

    private static TocEntry Table(int id, string name) => Entry(id, EntryKind.Table, name) with { Section = Section.PreData };

    private static TocEntry Attach(int id, string name, int parent, int partition) =>
        Entry(id, EntryKind.TableAttach, name) with
        {
            Dependencies = [new DumpId(Math.Min(parent, partition)), new DumpId(Math.Max(parent, partition))],
        };

    private static TocEntry Rows(int id, int table, string name, long bytes) =>
        Entry(id, EntryKind.TableData, name) with
        {
            Rows = new TableRows
            {
                Schema = "s",
                Table = name,
                Columns = [],
                Format = RowFormat.Binary,
                EstimatedBytes = bytes,
                TableEntry = new DumpId(table),
            },
        };

    private static TocEntry Entry(int id, string kind, string name) =>
        new() { Id = new DumpId(id), Kind = kind, Schema = "s", Name = name, Section = Section.Data };
}
