using PureDump.Engine;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Archives in which two entries bring rows of one table: all of them come, for a load empties no table that another one
/// fills.</summary>
public sealed class DoubleLoadTests
{
    [Theory]
    [InlineData("t1", "t1", 1, "4 0")]
    [InlineData("t1", "t1", 3, "4 0")]
    [InlineData("t1", "t2", 1, "2 2")]
    [InlineData("t2", "t2", 1, "0 4")]
    [InlineData("t2", "t2", 2, "0 4")]
    [InlineData("t2", "t1", 1, "2 2")]
    public void No_row_is_lost(string first, string second, int jobs, string counts)
    {
        PgTocEntry[] entries =
        [
            BuiltArchive.EncodingEntry, Table(2, "t1"), Table(3, "t2"),
            Rows(4, "t1", first) with { Dependencies = [2] }, Rows(5, "t2", second) with { Dependencies = [3] },
        ];

        string target = Restored(entries, jobs);

        Assert.Equal(
            counts,
            ServerPool.Get(TestMajors.Newest).Scalar(target, "SELECT (SELECT count(*) FROM t1) || ' ' || (SELECT count(*) FROM t2)"));
    }

    // Whatever order the two come in: what is routed into a partition is not the partition's own to empty.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_row_that_came_through_the_root_is_lost(bool isRootFirst)
    {
        string[] into = isRootFirst ? ["root", "t1"] : ["t1", "root"];
        PgTocEntry[] entries =
        [
            BuiltArchive.EncodingEntry,
            Table(2, "root") with { Definition = "CREATE TABLE public.root (a integer) PARTITION BY LIST (a);\n" },
            Table(3, "t1"),
            BuiltArchive.Entry(4, EntryKind.TableAttach, "t1", "public") with
            {
                Definition = "ALTER TABLE ONLY public.root ATTACH PARTITION public.t1 DEFAULT;\n", Dependencies = [3, 2],
            },
            Rows(5, "t1", into[0]) with { Dependencies = [3] },
            Rows(6, "t1", into[1]) with { Dependencies = [3] },
        ];

        string target = Restored(entries, jobs: 1);

        Assert.Equal("4", ServerPool.Get(TestMajors.Newest).Scalar(target, "SELECT count(*) FROM t1"));
    }

    private static string Restored(PgTocEntry[] entries, int jobs)
    {
        using var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, BuiltArchive.Custom(16, entries, output =>
        {
            foreach (PgTocEntry entry in entries.Where(static entry => entry.HasData))
            {
                BuiltArchive.Block(output, CustomArchive.DataBlock, entry.DumpId, static o => BuiltArchive.Chunk(o, "1\n2\n\\.\n\n\n"));
            }
        }));
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string target = server.CreateDatabase();
        Operations.Restore(server, target, file.Path, request => request with { Jobs = jobs });
        return target;
    }

    private static PgTocEntry Table(int id, string name) =>
        BuiltArchive.Entry(id, EntryKind.Table, name, "public") with { Definition = $"CREATE TABLE public.{name} (a integer);\n" };

    private static PgTocEntry Rows(int id, string name, string into) =>
        BuiltArchive.Data(id, EntryKind.TableData, name, "public", $"COPY public.{into} (a) FROM stdin;\n");
}
