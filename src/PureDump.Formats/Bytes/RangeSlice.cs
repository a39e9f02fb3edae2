namespace PureDump.Formats.Bytes;

/// <summary>A part of a range as a range of its own.</summary>
/// <param name="whole">The range it is a part of.</param>
/// <param name="offset">Of its first byte in that range.</param>
/// <param name="length">Its length, within that range.</param>
/// <param name="ownsWhole">True where the range is disposed of with its part.</param>
internal sealed class RangeSlice(IRangeReader whole, long offset, long length, bool ownsWhole) : IRangeReader
{
    /// <inheritdoc/>
    public string Name => whole.Name;

    /// <inheritdoc/>
    public long Length => length;

    /// <inheritdoc/>
    public int Read(Span<byte> target, long at) =>
        at >= length ? 0 : whole.Read(target[..(int)Math.Min(target.Length, length - at)], offset + at);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsWhole)
        {
            whole.Dispose();
        }
    }
}
