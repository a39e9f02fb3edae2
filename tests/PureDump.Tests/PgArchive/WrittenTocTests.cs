using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;

namespace PureDump.Tests.PgArchive;

/// <summary>What an archive says that pg_restore needs to know and pg_dump leaves out.</summary>
public sealed class WrittenTocTests
{
    private static readonly DumpOrigin s_origin = new()
    {
        Database = "d",
        ServerVersion = "18.1",
        ServerVersionNumber = 180001,
        Encoding = "UTF8",
        Producer = "test",
    };

    [Theory]
    [InlineData(EntryKind.Trigger)]
    [InlineData(EntryKind.Rule)]
    [InlineData(EntryKind.ForeignKey)]
    public void What_comes_down_to_partitions_needs_their_rows(string kind)
    {
        Toc toc = Partitioned(
            Entry(20, kind, "top x", Section.PostData, 1),
            Entry(21, kind, "below x", Section.PostData, 2),
            Entry(22, kind, "leaf x", Section.PostData, 3),
            Entry(23, EntryKind.Index, "index", Section.PostData, 1));

        PgToc stored = PgToc.Of(toc, PgArchiveFormat.Custom, new PgArchiveSettings());

        Assert.Equal(
            [
                [1, 14, 13],
                [2, 13],
                [3],
                [1],
            ],
            new[] { 20, 21, 22, 23 }.Select(id => stored.Entries.Single(entry => entry.DumpId == id).Dependencies));
    }

    [Fact]
    public void Partitions_of_one_another_are_met_once()
    {
        TocEntry[] entries =
        [
            Entry(1, EntryKind.Table, "a", Section.PreData),
            Entry(2, EntryKind.Table, "b", Section.PreData),
            Entry(3, EntryKind.TableAttach, "b", Section.PreData, 1, 2),
            Entry(4, EntryKind.TableAttach, "a", Section.PreData, 1, 2),
        ];

        Assert.Equal([1, 2], new PartitionTree(new Toc(s_origin, entries)).WithPartitions(new DumpId(1)).Select(static id => id.Value));
    }

    [Fact]
    public void Old_readers_are_given_the_access_method_of_a_partitioned_table_as_a_statement()
    {
        TocEntry Table(int id, char relKind) =>
            Entry(id, EntryKind.Table, $"t{id}", Section.PreData) with
            {
                CreateSql = "CREATE TABLE x;\n",
                RelKind = relKind,
                TableAccessMethod = "my am",
            };
        var toc = new Toc(s_origin, [Table(1, 'p'), Table(2, 'r')]);
        IEnumerable<(string?, string?)> Stored(PgArchiveVersion version) =>
            PgToc
                .Of(toc, PgArchiveFormat.Custom, new PgArchiveSettings { Version = version })
                .Entries.Select(static entry => (entry.Definition, entry.TableAccessMethod));

        Assert.Equal(
            [("CREATE TABLE x;\n\n\nALTER TABLE s.t1 SET ACCESS METHOD \"my am\";\n", null), ("CREATE TABLE x;\n", "my am")],
            Stored(PgArchiveVersion.ForOldReaders));
        Assert.Equal([("CREATE TABLE x;\n", "my am"), ("CREATE TABLE x;\n", "my am")], Stored(PgArchiveVersion.Newest));
    }

    // top has below and other, below has leaf; rows are in the leaves.
    private static Toc Partitioned(params TocEntry[] more) => new(
        s_origin,
        [
            Entry(1, EntryKind.Table, "top", Section.PreData),
            Entry(2, EntryKind.Table, "below", Section.PreData),
            Entry(3, EntryKind.Table, "leaf", Section.PreData),
            Entry(4, EntryKind.Table, "other", Section.PreData),
            Entry(5, EntryKind.TableAttach, "below", Section.PreData, 1, 2),
            Entry(6, EntryKind.TableAttach, "leaf", Section.PreData, 2, 3),
            Entry(7, EntryKind.TableAttach, "other", Section.PreData, 1, 4),
            Entry(13, EntryKind.TableData, "leaf", Section.Data, 3),
            Entry(14, EntryKind.TableData, "other", Section.Data, 4),
            .. more,
        ]);

    private static TocEntry Entry(int id, string kind, string name, Section section, params int[] needs) => new()
    {
        Id = new DumpId(id),
        Kind = kind,
        Schema = "s",
        Name = name,
        Section = section,
        Dependencies = [.. needs.Select(static need => new DumpId(need))],
    };
}
