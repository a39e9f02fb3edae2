using BenchmarkDotNet.Attributes;
using PureDump.Formats.Codec;

namespace PureDump.Bench.Micro;

/// <summary>Compressing a block of rows and getting it back.</summary>
public class CodecBenchmark
{
    private byte[] _raw = [];
    private byte[] _stored = [];
    private byte[] _room = [];
    private PayloadCompressor? _compressor;
    private PayloadDecompressor? _decompressor;

    /// <summary>As <c>-Z</c> takes it.</summary>
    [Params("lz4", "zstd:1", "zstd:3", "zstd:9")]
    public string Setting { get; set; } = "";

    /// <summary>Compresses once, and says how far that went.</summary>
    [GlobalSetup]
    public void Begin()
    {
        _raw = SampleRows.Block();
        _room = new byte[_raw.Length];
        _compressor = new PayloadCompressor(CodecSetting.Parse(Setting));
        _decompressor = new PayloadDecompressor();
        _stored = _room[..Compress()];
        Console.WriteLine($"// {Setting}: {_raw.Length} bytes of rows become {_stored.Length}");
    }

    /// <summary>One block.</summary>
    [Benchmark]
    public int Compress() => _compressor!.Compress(_raw, _room);

    /// <summary>One block.</summary>
    [Benchmark]
    public void Decompress() => _decompressor!.Decompress(_compressor!.Codec, _stored, _room);

    /// <summary>Gives the codecs up.</summary>
    [GlobalCleanup]
    public void End()
    {
        _compressor!.Dispose();
        _decompressor!.Dispose();
    }
}
