using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace PureDump.Formats.Codec;

/// <summary>
/// The plain bytes of one zlib stream (RFC 1950) or gzip member (RFC 1952). .NET's streams take a cut one for whole where the
/// cut leaves something to read; here it is an <see cref="EndOfStreamException"/> or <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class DeflateReader : ReadOnlyStream
{
    private readonly StoredStream _stored;
    private readonly Stream _plain;
    private readonly Crc32? _crc;
    private uint _length;

    /// <summary>A reader.</summary>
    /// <param name="stored">Left open.</param>
    /// <param name="isZlib">A zlib stream, not a gzip member.</param>
    public DeflateReader(Stream stored, bool isZlib)
    {
        _stored = new StoredStream(stored, isZlib);
        _plain = isZlib ? new ZLibStream(_stored, CompressionMode.Decompress) : new GZipStream(_stored, CompressionMode.Decompress);
        _crc = isZlib ? null : new Crc32();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int length = _plain.Read(buffer);
        _crc?.Append(buffer[..length]);
        _length += (uint)length;
        if (length == 0 && !buffer.IsEmpty && _crc is not null && !_stored.EndsWith(_crc.GetCurrentHashAsUInt32(), _length))
        {
            throw new InvalidDataException("gzip data are cut, or more than one member");
        }

        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What is decompressed, with an eye on its end.</summary>
    private sealed class StoredStream(Stream stored, bool isEndAnError) : ReadOnlyStream
    {
        private const int TrailerSize = 8;

        private readonly byte[] _tail = new byte[TrailerSize];

        /// <summary>Whether the last bytes that were read are the trailer of a member.</summary>
        public bool EndsWith(uint crc, uint length) =>
            BinaryPrimitives.ReadUInt32LittleEndian(_tail) == crc && BinaryPrimitives.ReadUInt32LittleEndian(_tail.AsSpan(4)) == length;

        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            int length = stored.Read(buffer);

            // Of a zlib stream nothing is asked for behind its end; of a member the next one may follow.
            if (length == 0 && isEndAnError && !buffer.IsEmpty)
            {
                throw new EndOfStreamException("zlib data are cut");
            }

            ReadOnlySpan<byte> read = buffer[..length];
            if (read.Length >= TrailerSize)
            {
                read[^TrailerSize..].CopyTo(_tail);
            }
            else
            {
                _tail.AsSpan(read.Length).CopyTo(_tail);
                read.CopyTo(_tail.AsSpan(TrailerSize - read.Length));
            }

            return length;
        }
    }
}
