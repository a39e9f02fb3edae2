using System.IO.Hashing;
using BenchmarkDotNet.Attributes;

namespace PureDump.Bench.Micro;

/// <summary>The archive's checksum over one block.</summary>
public class ChecksumBenchmark
{
    private byte[] _block = [];

    /// <summary>Makes the block.</summary>
    [GlobalSetup]
    public void Begin() => _block = SampleRows.Block();

    /// <summary>One block.</summary>
    [Benchmark]
    public ulong Hash() => XxHash3.HashToUInt64(_block);
}
