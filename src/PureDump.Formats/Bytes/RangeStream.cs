using PureDump.Formats.Codec;

namespace PureDump.Formats.Bytes;

/// <summary>A range read front to back. It is not disposed of with the stream.</summary>
/// <param name="range">What is read.</param>
/// <param name="offset">Of the first byte.</param>
internal sealed class RangeStream(IRangeReader range, long offset) : ReadOnlyStream
{
    private long _at = offset;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = range.Read(buffer, _at);
        _at += count;
        return count;
    }
}
