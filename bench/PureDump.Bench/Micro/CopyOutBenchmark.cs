using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;
using PureDump.Postgres.Wire;

namespace PureDump.Bench.Micro;

/// <summary>Taking rows out of their CopyData messages into blocks: the client's share of receiving a table.</summary>
public class CopyOutBenchmark
{
    private const int MessageCount = 1000;
    private const int BlockCount = 64;

    private RowBlockPool? _pool;
    private CopyOut? _copy;

    /// <summary>Of each row; many tables have rows of about 40, 200 is wide.</summary>
    [Params(40, 200)]
    public int RowBytes { get; set; }

    /// <summary>Begins a COPY that never ends, and sees to it that a block costs no allocation at all.</summary>
    [GlobalSetup]
    public void Begin()
    {
        byte[] header = Message(BinaryCopy.Header.ToArray());
        byte[] messages = [.. Enumerable.Repeat(Message(new byte[RowBytes]), MessageCount).SelectMany(message => message)];

        // The connection is asked only at the end, which never comes.
        _copy = new CopyOut(null!, new WireReader(new EndlessStream(header, messages)), RowFormat.Binary);
        _pool = new RowBlockPool(1);
        _ = FillBlock();

        long before = GC.GetAllocatedBytesForCurrentThread();
        int rowCount = 0;
        for (int i = 0; i < BlockCount; i++)
        {
            rowCount += FillBlock();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated != 0)
        {
            throw new InvalidOperationException($"{rowCount} rows in {BlockCount} blocks allocated {allocated} bytes, allowed are none");
        }
    }

    /// <summary>One block of 1 MiB.</summary>
    [Benchmark]
    public int FillBlock()
    {
        using RowBlock block = _pool!.Rent(CancellationToken.None);
        _ = _copy!.Fill(block);
        return block.RowCount;
    }

    /// <summary>Gives the blocks up.</summary>
    [GlobalCleanup]
    public void End() => _pool!.Dispose();

    private static byte[] Message(byte[] body)
    {
        byte[] message = new byte[WireReader.HeaderSize + body.Length];
        message[0] = (byte)'d';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + body.Length);
        body.CopyTo(message, WireReader.HeaderSize);
        return message;
    }
}
