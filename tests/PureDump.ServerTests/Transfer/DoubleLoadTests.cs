using PureDump.Engine;
using PureDump.Formats;
using PureDump.Formats.PgArchive;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Archives in which two entries bring rows of one table: all of them come, for a load empties no table that another one fills.</summary>
public sealed class DoubleLoadTests
{
    [Theory]
    [InlineData("t1", "t1", 1, "4 0")]
    [InlineData("t1", "t1", 3, "4 0")]
    [InlineData("t1", "t2", 1, "2 2")]
    [InlineData("t2", "t2", 2, "0 4")]
    public void No_row_is_lost(string first, string second, int jobs, string counts)
    {
        PgTocEntry[] entries =
        [
            BuiltArchive.EncodingEntry, Table(2, "t1"), Table(3, "t2"),
            Rows(4, "t1", first) with { Dependencies = [2] }, Rows(5, "t2", second) with { Dependencies = [3] },
        ];
        using var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, BuiltArchive.Custom(16, entries, static output =>
        {
            foreach (int id in (int[])[4, 5])
            {
                BuiltArchive.Block(output, CustomArchive.DataBlock, id, static o => BuiltArchive.Chunk(o, "1\n2\n\\.\n\n\n"));
            }
        }));
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string target = server.CreateDatabase();

        Operations.Restore(server, target, file.Path, request => request with { Jobs = jobs });

        Assert.Equal(counts, server.Scalar(target, "SELECT (SELECT count(*) FROM t1) || ' ' || (SELECT count(*) FROM t2)"));
    }

    private static PgTocEntry Table(int id, string name) =>
        BuiltArchive.Entry(id, EntryKind.Table, name, "public") with { Definition = $"CREATE TABLE public.{name} (a integer);\n" };

    private static PgTocEntry Rows(int id, string name, string into) =>
        BuiltArchive.Data(id, EntryKind.TableData, name, "public", $"COPY public.{into} (a) FROM stdin;\n");
}
