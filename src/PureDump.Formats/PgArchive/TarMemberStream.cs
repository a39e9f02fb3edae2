using PureDump.Formats.Codec;

namespace PureDump.Formats.PgArchive;

/// <summary>The content of a tar member.</summary>
internal sealed class TarMemberStream : ReadOnlyStream
{
    private readonly PgArchiveInput _input;
    private readonly int _padding;
    private long _left;
    private bool _isDrained;

    /// <summary>A stream of a content.</summary>
    /// <param name="input">At its first byte.</param>
    /// <param name="length">In bytes.</param>
    public TarMemberStream(PgArchiveInput input, long length)
    {
        _input = input;
        _left = length;
        _padding = TarHeader.PaddingOf(length);
    }

    /// <summary>Passes over what is left, and what fills the member up.</summary>
    public void Drain()
    {
        if (_isDrained)
        {
            return;
        }

        _input.Skip(_left, "content of a member");
        _input.Skip(_padding, "end of a member");
        _left = 0;
        _isDrained = true;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        int part = _input.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (part == 0)
        {
            _input.Skip(_left, "content of a member");
        }

        _left -= part;
        return part;
    }
}
