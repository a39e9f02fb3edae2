using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace PureDump.Formats.Codec;

/// <summary>
/// The plain bytes of gzip members (RFC 1952) that stand one behind the other: parallel gzip, bgzip and <c>cat a.gz b.gz</c> make
/// such. .NET's stream takes a cut member for a whole one where the cut leaves something to read, and does not say where one ends; here
/// a cut, a wrong checksum and anything that is no member are an <see cref="EndOfStreamException"/> or <see cref="InvalidDataException"/>.
/// </summary>
/// <param name="stored">Read to its end, and left open.</param>
internal sealed class GzipReader(Stream stored) : ReadOnlyStream
{
    private const int TrailerSize = 8;
    private const byte Deflated = 8;
    private const byte HeaderCrcFlag = 2;
    private const byte ExtraFlag = 4;
    private const byte NameFlag = 8;
    private const byte CommentFlag = 16;
    private const byte ReservedFlags = 0xe0;

    private readonly StoredStream _stored = new(stored);
    private readonly Crc32 _crc = new();
    private DeflateStream? _member;
    private uint _length;
    private bool _hasMember;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && (_member is not null || BeginMember()))
        {
            int length = _member!.Read(buffer);
            if (length > 0)
            {
                _crc.Append(buffer[..length]);
                _length += (uint)length;
                return length;
            }

            EndMember();
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
        }

        base.Dispose(disposing);
    }

    // False where the data end, which they may behind a member only.
    private bool BeginMember()
    {
        if (_hasMember && _stored.IsAtEnd)
        {
            return false;
        }

        var header = new Crc32();
        byte first = Byte(header);
        if (_hasMember && first == 0)
        {
            TakePadding();
            return false;
        }

        if (first != 0x1f || Byte(header) != 0x8b)
        {
            throw new InvalidDataException(_hasMember ? "what follows a gzip member is none" : "gzip data do not begin with their magic");
        }

        byte method = Byte(header);
        byte flags = Byte(header);
        if (method != Deflated || (flags & ReservedFlags) != 0)
        {
            throw new InvalidDataException("a gzip member has an unknown method or flag");
        }

        // When, how well and on which system it was made.
        Skip(6, header);
        if ((flags & ExtraFlag) != 0)
        {
            Skip(Byte(header) | (Byte(header) << 8), header);
        }

        SkipText((flags & NameFlag) != 0, header);
        SkipText((flags & CommentFlag) != 0, header);
        uint crc = header.GetCurrentHashAsUInt32() & 0xffff;
        if ((flags & HeaderCrcFlag) != 0 && (Byte(header) | (uint)(Byte(header) << 8)) != crc)
        {
            throw new InvalidDataException("the header of a gzip member has a wrong checksum");
        }

        _hasMember = true;
        _crc.Reset();
        _length = 0;
        _member = new DeflateStream(_stored, CompressionMode.Decompress, leaveOpen: true);
        return true;
    }

    private void EndMember()
    {
        Span<byte> trailer = stackalloc byte[TrailerSize];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[sizeof(uint)..], _length);
        if (!_stored.TakeBehindLastRead(trailer))
        {
            throw new InvalidDataException("gzip data are cut, or do not have the checksum and length that stand behind them");
        }

        _member!.Dispose();
        _member = null;
    }

    // Zeros behind the last member are what tapes and block devices leave there; gzip takes them too.
    private void TakePadding()
    {
        while (!_stored.IsAtEnd)
        {
            if (_stored.TakeByte() != 0)
            {
                throw new InvalidDataException("what follows the padding behind a gzip member is none");
            }
        }
    }

    private byte Byte(Crc32 header)
    {
        byte value = _stored.TakeByte();
        header.Append([value]);
        return value;
    }

    private void Skip(int count, Crc32 header)
    {
        for (; count > 0; count--)
        {
            Byte(header);
        }
    }

    private void SkipText(bool isThere, Crc32 header)
    {
        while (isThere && Byte(header) != 0)
        {
            // Up to its zero byte.
        }
    }

    /// <summary>
    /// What is decompressed, in a window. A <see cref="DeflateStream"/> reads on behind the end of its data and does not say how far: only
    /// the part that it read last can hold the end, and there the trailer stands, whose eight bytes are known by then. Those of an empty
    /// member are all zero, and its data may end with such: short data are handed on byte by byte, so that their end is certain.
    /// </summary>
    private sealed class StoredStream(Stream stored) : ReadOnlyStream
    {
        private const int LastReadMax = 1 << 14;
        private const int ShortLength = 16;

        private readonly byte[] _window = new byte[1 << 16];
        private int _lastRead;
        private int _readLength;
        private int _start;
        private int _end;

        /// <summary>True where no byte is left.</summary>
        public bool IsAtEnd => _start == _end && !Fill();

        /// <summary>The next byte.</summary>
        public byte TakeByte()
        {
            if (IsAtEnd)
            {
                throw new EndOfStreamException("gzip data are cut");
            }

            _lastRead = _start;
            _readLength = 0;
            return _window[_start++];
        }

        /// <summary>Goes behind a trailer that begins in what was read last, behind its first byte, or right behind it.</summary>
        /// <returns>False where it does not stand there.</returns>
        public bool TakeBehindLastRead(ReadOnlySpan<byte> trailer)
        {
            while (_end - _start < trailer.Length && Fill())
            {
                // Until it would be there whole.
            }

            int from = Math.Min(_start, _lastRead + 1);
            int at = _window.AsSpan(from, Math.Min(_end, _start + trailer.Length) - from).IndexOf(trailer);
            _start = at < 0 ? _start : from + at + trailer.Length;
            return at >= 0;
        }

        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            if (IsAtEnd)
            {
                return 0;
            }

            int length = Math.Min(Math.Min(buffer.Length, _readLength < ShortLength ? 1 : LastReadMax), _end - _start);
            _window.AsSpan(_start, length).CopyTo(buffer);
            _lastRead = _start;
            _readLength = Math.Min(LastReadMax, _readLength + length);
            _start += length;
            return length;
        }

        private bool Fill()
        {
            _window.AsSpan(_lastRead, _end - _lastRead).CopyTo(_window);
            (_start, _end, _lastRead) = (_start - _lastRead, _end - _lastRead, 0);
            int length = stored.Read(_window.AsSpan(_end));
            _end += length;
            return length > 0;
        }
    }
}
