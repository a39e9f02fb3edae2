using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>How much memory a run takes does not depend on how large a row is.</summary>
public sealed class MemoryTests
{
    private const long PeakMax = 200L << 20;

    [Fact]
    public async Task A_row_of_300_megabytes_passes_through_dump_restore_and_show_below_200()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        string copy = server.CreateDatabase();
        server.Execute(database, """
            CREATE TABLE huge (id integer, data bytea); ALTER TABLE huge ALTER COLUMN data SET STORAGE EXTERNAL;
            INSERT INTO huge SELECT 1, decode(repeat(md5('noise'), 18750000), 'hex');
            CREATE TABLE small AS SELECT g AS id, md5(g::text) AS filler FROM generate_series(1, 100000) g;
            """);
        using var file = new TemporaryFile();
        AssertBelow(PureDumpProcess.Start(server, "dump", "-d", database, "-j", "2", "-f", file.Path));
        AssertBelow(PureDumpProcess.Start(server, "restore", "-d", copy, "-j", "2", file.Path));
        PureDumpProcess show = PureDumpProcess.Start(["show", file.Path, "--rows", "-t", "huge"]);
        Task<long> shown = Task.Run(() => Length(show.Output), TestContext.Current.CancellationToken);
        AssertBelow(show);
        Assert.Equal(2L + (2 * 300_000_000L) + @"\\x".Length + 1, await shown);
        const string content = "SELECT length(data)::text || md5(data) FROM huge";
        Assert.StartsWith("300000000", server.Scalar(copy, content), StringComparison.Ordinal);
        Assert.Equal(server.Scalar(database, content), server.Scalar(copy, content));
        server.DropDatabase(database);
        server.DropDatabase(copy);
    }

    private static long Length(Stream stream)
    {
        long length = 0;
        byte[] room = new byte[1 << 16];
        for (int read; (read = stream.Read(room)) > 0;)
        {
            length += read;
        }

        return length;
    }

    private static void AssertBelow(PureDumpProcess process)
    {
        using (process)
        {
            long peak = 0;
            while (!process.HasExited)
            {
                peak = Math.Max(peak, process.PeakMemory);
                Thread.Sleep(20);
            }

            Assert.True(process.WaitForExit() == 0, process.Error);
            TestContext.Current.TestOutputHelper?.WriteLine($"peak {peak >> 20} MB");
            Assert.InRange(peak, 1, PeakMax);
        }
    }
}
