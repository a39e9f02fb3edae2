using System.IO.Compression;

namespace PureDump.Formats.Codec;

/// <summary>
/// The plain bytes of one zlib stream (RFC 1950). .NET's stream takes a cut one for whole where the cut leaves something to read; here it
/// is an <see cref="EndOfStreamException"/>.
/// </summary>
/// <param name="stored">Left open.</param>
/// <remarks>
/// Deflated bytes are read through a look at their end, gzip member by member: .NET's streams take cut zlib and gzip data for whole ones:
/// a flipped byte in an archive of pg_dump gave other rows without an error (a test); they do not say where a member ends either.
/// </remarks>
internal sealed class DeflateReader(Stream stored) : ReadOnlyStream
{
    private readonly ZLibStream _plain = new(new StoredStream(stored), CompressionMode.Decompress);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _plain.Read(buffer);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What is decompressed. Nothing is asked for behind its end.</summary>
    private sealed class StoredStream(Stream stored) : ReadOnlyStream
    {
        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            int length = stored.Read(buffer);
            return length > 0 || buffer.IsEmpty ? length : throw new EndOfStreamException("zlib data are cut");
        }
    }
}
