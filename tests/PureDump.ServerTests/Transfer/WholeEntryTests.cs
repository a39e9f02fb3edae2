using PureDump.Engine;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// A table that is large enough for several connections to load is there whole or not at all, and is counted once: the target refuses one
/// of its rows. So are the contents of large objects.
/// </summary>
public sealed class WholeEntryTests
{
    private const int RowCount = 150_000;
    private const int RefusedRow = 100_000;

    // The source has no such setting; that of the target refuses one row.
    private static readonly string s_content = $"""
        CREATE TABLE large (id integer CHECK (current_setting('restore.refused', true) IS DISTINCT FROM id::text), words text);
        ALTER TABLE large ALTER words SET STORAGE plain;
        INSERT INTO large SELECT i, repeat(md5(i::text), 30) FROM generate_series(1, {RowCount}) i;
        CREATE TABLE beside (id integer PRIMARY KEY);
        INSERT INTO beside SELECT generate_series(1, 1000);
        SELECT lo_from_bytea(4711, repeat('x', 5000000)::bytea);
        """;

    [Fact]
    public void Rows_of_a_table_are_all_there_or_none()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = server.CreateDatabase();
        server.Execute(source, s_content);
        using var file = new TemporaryFile("a.pdump");
        Operations.Dump(server, source, file.Path);
        server.DropDatabase(source);

        Assert.All(
            (string[])["file", "pipe"],
            way =>
            {
                foreach (bool isRefused in (bool[])[false, true])
                {
                    string target = server.CreateDatabase();
                    server.Execute(target, $"ALTER DATABASE \"{target}\" SET restore.refused = '{(isRefused ? RefusedRow : 0)}'");
                    var observer = new RecordingObserver();
                    var request = new RestoreRequest { Target = Operations.TargetOf(server, target), Jobs = 3 };
                    using FileStream? pipe = way == "pipe" ? File.OpenRead(file.Path) : null;

                    RestoreResult result = pipe is null
                        ? RestoreOperation.FromFile(request, file.Path, observer, TestContext.Current.CancellationToken)
                        : RestoreOperation.FromStream(request, pipe, observer, TestContext.Current.CancellationToken);

                    Assert.Equal(isRefused ? 1 : 0, result.FailureCount);
                    Assert.Equal(isRefused ? 1 : 0, observer.Failures.Count);
                    Assert.Equal(
                        $"{(isRefused ? 0 : RowCount)} 1000 5000000",
                        server.Scalar(
                            target,
                            "SELECT (SELECT count(*) FROM large) || ' ' || (SELECT count(*) FROM beside) || ' ' || length(lo_get(4711))"));
                    server.DropDatabase(target);
                }
            }
        );
    }

    [Fact]
    public void Of_an_archive_that_ends_in_the_middle_of_a_pipe_no_table_is_there_by_half()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        using var file = new TemporaryFile("a.pdump");
        DumpMixed(server, file.Path, 60_000);
        byte[] archive = File.ReadAllBytes(file.Path);

        foreach (int percent in (int[])[30, 45, 60, 70, 80, 90, 97])
        {
            string target = server.CreateDatabase();
            var observer = new RecordingObserver();
            var request = new RestoreRequest { Target = Operations.TargetOf(server, target), Jobs = 4 };
            using var pipe = new MemoryStream(archive, 0, (int)(archive.Length * (long)percent / 100));

            Assert.Throws<PureDumpException>(
                () => RestoreOperation.FromStream(request, pipe, observer, TestContext.Current.CancellationToken));

            Assert.Empty(observer.Warnings);
            for (int i = 1; i <= 4; i++)
            {
                Assert.Contains(server.Scalar(target, $"SELECT count(*) FROM t{i}"), (string[])["0", "60000"]);
            }

            server.DropDatabase(target);
        }
    }

    /// <summary>Blocks of one table that fails stand between those of three that do not, in the transactions that hold them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Of_tables_that_come_mixed_out_of_a_pipe_one_fails_and_the_others_are_whole(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        using var file = new TemporaryFile("a.pdump");
        DumpMixed(
            server,
            file.Path,
            40_000,
            "ALTER TABLE t2 ADD CHECK (current_setting('restore.refused', true) IS DISTINCT FROM id::text); "
                + "SELECT lo_from_bytea(4711, repeat('x', 5000000)::bytea);");

        foreach (int refused in (int[])[1, 20_000, 40_000])
        {
            string target = server.CreateDatabase();
            server.Execute(target, $"ALTER DATABASE \"{target}\" SET restore.refused = '{refused}'");
            var observer = new RecordingObserver();
            using FileStream pipe = File.OpenRead(file.Path);

            RestoreOperation.FromStream(
                new RestoreRequest { Target = Operations.TargetOf(server, target), Jobs = jobs },
                pipe,
                observer,
                TestContext.Current.CancellationToken);

            Assert.Contains("t2", Assert.Single(observer.Failures), StringComparison.Ordinal);
            Assert.Equal(
                "40000 0 40000 40000 5000000",
                server.Scalar(
                    target,
                    "SELECT concat_ws(' ', (SELECT count(*) FROM t1), (SELECT count(*) FROM t2), (SELECT count(*) FROM t3), "
                        + "(SELECT count(*) FROM t4), length(lo_get(4711)))"));
            server.DropDatabase(target);
        }
    }

    // Four tables of one size, whose blocks stand in turns in the archive.
    private static void DumpMixed(PostgresServer server, string path, int rowCount, string then = "")
    {
        string source = server.CreateDatabase();
        server.Execute(source, string.Concat(Enumerable.Range(1, 4).Select(i => $"""
            CREATE TABLE t{i} (id integer, words text);
            ALTER TABLE t{i} ALTER words SET STORAGE plain;
            INSERT INTO t{i} SELECT i, repeat(md5(i::text), 6) FROM generate_series(1, {rowCount}) i;
            """)) + then);
        Operations.Dump(server, source, path, jobs: 4);
        server.DropDatabase(source);
    }
}
