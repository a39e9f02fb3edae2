using PureDump.Formats.Codec;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// The bytes of one sequence of chunks of a custom archive: length and bytes, until a length of 0
/// (formats/pg-archive.md, section 4). Ends behind that 0, and never reads further.
/// </summary>
internal sealed class ChunkReadStream(PgArchiveInput input) : ReadOnlyStream
{
    private int _left;
    private bool _isAtEnd;

    /// <summary>Passes over what is left, so that the input stands behind the sequence.</summary>
    public void Drain()
    {
        while (Begin())
        {
            input.Skip(_left, "chunk of data");
            _left = 0;
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || !Begin())
        {
            return 0;
        }

        int length = input.Read(buffer[..Math.Min(buffer.Length, _left)]);
        if (length == 0)
        {
            input.Skip(_left, "chunk of data");
        }

        _left -= length;
        return length;
    }

    // True where bytes of a chunk are left.
    private bool Begin()
    {
        if (_left == 0 && !_isAtEnd)
        {
            _left = input.Count(int.MaxValue, "length of a chunk of data");
            _isAtEnd = _left == 0;
        }

        return _left > 0;
    }
}
