using PureDump.Formats.Bytes;

namespace PureDump.Tests.Storage;

/// <summary>Bytes in memory as a range.</summary>
internal sealed class BytesRange(byte[] bytes) : IRangeReader
{
    public string Name => "memory";

    public long Length => bytes.Length;

    public int Read(Span<byte> target, long offset)
    {
        int count = (int)Math.Clamp(bytes.Length - offset, 0, target.Length);
        bytes.AsSpan((int)Math.Min(offset, bytes.Length), count).CopyTo(target);
        return count;
    }

    public void Dispose()
    {
    }
}
