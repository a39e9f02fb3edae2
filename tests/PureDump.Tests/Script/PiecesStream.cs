namespace PureDump.Tests.Script;

/// <summary>Bytes of which a read gives a few at most, as a pipe does.</summary>
internal sealed class PiecesStream(byte[] bytes, int pieceSize) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, pieceSize)]);
}
