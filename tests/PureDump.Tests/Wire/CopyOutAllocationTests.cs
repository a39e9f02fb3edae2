using PureDump.Formats.Pg;
using PureDump.Formats.Rows;
using PureDump.Postgres.Wire;
using Xunit;

namespace PureDump.Tests.Wire;

/// <summary>What receiving rows costs the garbage collector.</summary>
public sealed class CopyOutAllocationTests
{
    private const int RowLength = 60;
    private const int RunCount = 8;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Receiving_a_hundred_thousand_rows_allocates_no_more_than_receiving_ten(byte format)
    {
        long few = LeastAllocated(10, format);
        long many = LeastAllocated(100_000, format);

        // What is compiled anew while it runs may come to need less.
        Assert.InRange(many, 0, few);
    }

    // The first run pays for what is made once, and a collection on another test's behalf counts the rest of the thread's
    // allocation window as used: only the least of several runs is this code's own.
    private static long LeastAllocated(int rowCount, byte format) => Enumerable.Range(0, RunCount).Min(_ => Allocated(rowCount, format));

    private static long Allocated(int rowCount, byte format)
    {
        using var server = new FakeServer(stream => Serve(stream, rowCount, format));
        using var connection = new WireConnection(HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None));
        using var pool = new RowBlockPool(1);
        pool.Rent(CancellationToken.None).Dispose();
        CopyOut copy = connection.BeginCopyOut("COPY t TO STDOUT");

        int received = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isMore = true;
        while (isMore)
        {
            using RowBlock block = pool.Rent(CancellationToken.None);
            isMore = copy.Fill(block);
            received += block.RowCount;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(rowCount, received);
        return allocated;
    }

    private static void Serve(Stream stream, int rowCount, byte format)
    {
        _ = FakeServer.ReadStartup(stream);
        stream.Write(FakeServer.Welcome());
        _ = FakeServer.ReadMessage(stream);
        stream.Write(FakeServer.Message('H', format, 0, 1, 0, format));
        if (format == 1)
        {
            stream.Write(FakeServer.Message('d', BinaryCopy.Header.ToArray()));
        }

        byte[] row = FakeServer.Message('d', new byte[RowLength]);
        byte[] batch = [.. Enumerable.Repeat(row, Math.Min(rowCount, 1000)).SelectMany(bytes => bytes)];
        for (int sent = 0; sent < rowCount; sent += batch.Length / row.Length)
        {
            stream.Write(batch);
        }

        if (format == 1)
        {
            stream.Write(FakeServer.Message('d', BinaryCopy.Trailer.ToArray()));
        }

        // One tag whatever the number, for its text is allocated too.
        stream.Write([
            .. FakeServer.Message('c'),
            .. FakeServer.Message('C', "COPY 1\0"u8.ToArray()),
            .. FakeServer.Message('Z', (byte)'I'),
        ]);
        _ = stream.ReadByte();
    }
}
