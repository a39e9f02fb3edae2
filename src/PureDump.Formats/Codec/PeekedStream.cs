namespace PureDump.Formats.Codec;

/// <summary>A stream whose first byte was looked at.</summary>
internal sealed class PeekedStream : ReadOnlyStream
{
    private readonly Stream _stream;
    private readonly byte _first;
    private bool _hasFirst;

    /// <summary>Looks at the first byte; does not own the stream.</summary>
    public PeekedStream(Stream stream)
    {
        _stream = stream;
        int first = stream.ReadByte();
        IsEmpty = first < 0;
        _hasFirst = first >= 0;
        _first = (byte)Math.Max(0, first);
    }

    /// <summary>True where there is no byte at all.</summary>
    public bool IsEmpty { get; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_hasFirst && !buffer.IsEmpty)
        {
            _hasFirst = false;
            buffer[0] = _first;
            return 1;
        }

        return _stream.Read(buffer);
    }
}
