using PureDump.Formats.Codec;

namespace PureDump.Formats.PgArchive;

/// <summary>Cuts bytes into chunks of a custom archive: formats/pg-archive.md, section 4.</summary>
/// <param name="output">Not owned.</param>
internal sealed class ChunkWriteStream(PgArchiveOutput output) : WriteOnlyStream
{
    private const int ChunkSize = 1 << 16;

    private readonly byte[] _chunk = new byte[ChunkSize];
    private int _length;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int part = Math.Min(buffer.Length, _chunk.Length - _length);
            buffer[..part].CopyTo(_chunk.AsSpan(_length));
            _length += part;
            buffer = buffer[part..];
            if (_length == _chunk.Length)
            {
                WriteChunk();
            }
        }
    }

    /// <summary>Writes what is left, and the end of the sequence.</summary>
    public void End()
    {
        WriteChunk();
        output.Int(0);
    }

    private void WriteChunk()
    {
        if (_length > 0)
        {
            output.Int(_length);
            output.Write(_chunk.AsSpan(0, _length));
            _length = 0;
        }
    }
}
