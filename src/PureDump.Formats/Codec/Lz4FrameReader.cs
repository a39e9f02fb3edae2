using System.Buffers.Binary;
using System.IO.Hashing;
using K4os.Compression.LZ4;

namespace PureDump.Formats.Codec;

/// <summary>
/// The plain bytes of LZ4 frames that follow one another, with all their checksums looked at. Holds two blocks at most, of
/// up to 4 MiB. Throws <see cref="InvalidDataException"/> where they are damaged, <see cref="EndOfStreamException"/> where they
/// end too early.
/// </summary>
/// <param name="stored">Left open.</param>
internal sealed class Lz4FrameReader(Stream stored) : ReadOnlyStream
{
    private readonly XxHash32 _content = new();
    private byte[] _block = [];

    // The window, and right behind it the block: what a block refers to lies before it.
    private byte[] _plain = [];
    private byte _flags;
    private int _blockSizeMax;
    private int _windowLength;
    private int _start;
    private int _end;
    private long _sizeLeft;
    private bool _isInFrame;
    private bool _hasFrame;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (_start == _end)
        {
            if (!(_isInFrame || BeginFrame()))
            {
                return 0;
            }

            ReadBlock();
        }

        int length = Math.Min(buffer.Length, _end - _start);
        _plain.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    // False where the stream ends, which it may between frames only.
    private bool BeginFrame()
    {
        Span<byte> word = stackalloc byte[4];
        while (true)
        {
            int first = stored.ReadAtLeast(word, word.Length, throwOnEndOfStream: false);
            if (first == 0 && _hasFrame)
            {
                return false;
            }

            uint magic =
                first == word.Length
                    ? BinaryPrimitives.ReadUInt32LittleEndian(word)
                    : throw new EndOfStreamException("an LZ4 frame is truncated");
            if (magic == Lz4Frame.Magic)
            {
                break;
            }

            if ((magic & Lz4Frame.SkippableMask) != Lz4Frame.SkippableMagic)
            {
                throw new InvalidDataException("an LZ4 frame does not begin with its magic");
            }

            stored.ReadExactly(word);
            Skip(BinaryPrimitives.ReadUInt32LittleEndian(word));
        }

        ReadDescriptor();
        _isInFrame = _hasFrame = true;
        _windowLength = 0;
        _start = _end = Lz4Frame.WindowSize;
        _content.Reset();
        return true;
    }

    private void ReadDescriptor()
    {
        Span<byte> descriptor = stackalloc byte[2 + sizeof(ulong) + 1];
        stored.ReadExactly(descriptor[..2]);
        _flags = descriptor[0];
        int sizeCode = (descriptor[1] >> 4) & 7;
        if (
            (_flags & Lz4Frame.VersionMask) != Lz4Frame.Version
            || (_flags & Lz4Frame.ReservedFlag) != 0
            || sizeCode < 4
            || (descriptor[1] & 0x8f) != 0)
        {
            throw new InvalidDataException("an LZ4 frame has an unknown version, flag or block size");
        }

        if ((_flags & Lz4Frame.DictionaryId) != 0)
        {
            throw new InvalidDataException("an LZ4 frame wants a dictionary");
        }

        int length = 2 + ((_flags & Lz4Frame.ContentSize) != 0 ? sizeof(ulong) : 0);
        stored.ReadExactly(descriptor[2..(length + 1)]);
        if (descriptor[length] != Lz4Frame.HeaderChecksum(descriptor[..length]))
        {
            throw new InvalidDataException("the header of an LZ4 frame has a wrong checksum");
        }

        _sizeLeft = length > 2 ? BinaryPrimitives.ReadInt64LittleEndian(descriptor[2..]) : -1;
        _blockSizeMax = Lz4Frame.BlockSizeMax(sizeCode);
        if (_plain.Length < Lz4Frame.WindowSize + _blockSizeMax)
        {
            _plain = new byte[Lz4Frame.WindowSize + _blockSizeMax];
            _block = new byte[_blockSizeMax];
        }
    }

    private void ReadBlock()
    {
        KeepWindow();
        uint mark = ReadWord();
        if (mark == 0)
        {
            EndFrame();
            return;
        }

        int length = (int)(mark & ~Lz4Frame.StoredBlock);
        if (length > _blockSizeMax)
        {
            throw new InvalidDataException($"a block of an LZ4 frame has {length} bytes, at most {_blockSizeMax} are allowed");
        }

        Span<byte> block = _block.AsSpan(0, length);
        stored.ReadExactly(block);
        if ((_flags & Lz4Frame.BlockChecksum) != 0 && ReadWord() != XxHash32.HashToUInt32(block))
        {
            throw new InvalidDataException("a block of an LZ4 frame has a wrong checksum");
        }

        Span<byte> target = _plain.AsSpan(Lz4Frame.WindowSize, _blockSizeMax);
        ReadOnlySpan<byte> window = _plain.AsSpan(Lz4Frame.WindowSize - _windowLength, _windowLength);
        int plainLength;
        if ((mark & Lz4Frame.StoredBlock) != 0)
        {
            block.CopyTo(target);
            plainLength = length;
        }
        else
        {
            plainLength = window.IsEmpty ? LZ4Codec.Decode(block, target) : LZ4Codec.Decode(block, target, window);
        }

        if (plainLength <= 0)
        {
            throw new InvalidDataException("a block of an LZ4 frame cannot be decoded");
        }

        _start = Lz4Frame.WindowSize;
        _end = _start + plainLength;
        if ((_flags & Lz4Frame.ContentChecksum) != 0)
        {
            _content.Append(_plain.AsSpan(_start, plainLength));
        }

        _sizeLeft -= (_flags & Lz4Frame.ContentSize) != 0 ? plainLength : 0;
    }

    private void EndFrame()
    {
        _isInFrame = false;
        if ((_flags & Lz4Frame.ContentChecksum) != 0 && ReadWord() != _content.GetCurrentHashAsUInt32())
        {
            throw new InvalidDataException("an LZ4 frame has a wrong checksum");
        }

        if ((_flags & Lz4Frame.ContentSize) != 0 && _sizeLeft != 0)
        {
            throw new InvalidDataException("an LZ4 frame has another length than its header says");
        }
    }

    // What was read last ends up right before the place of the next block.
    private void KeepWindow()
    {
        int length = _end - Lz4Frame.WindowSize;
        if ((_flags & Lz4Frame.IndependentBlocks) == 0 && length > 0)
        {
            _windowLength = Math.Min(Lz4Frame.WindowSize, _windowLength + length);
            _plain.AsSpan(_end - _windowLength, _windowLength).CopyTo(_plain.AsSpan(Lz4Frame.WindowSize - _windowLength));
        }

        _start = _end = Lz4Frame.WindowSize;
    }

    private void Skip(long length)
    {
        Span<byte> waste = stackalloc byte[512];
        while (length > 0)
        {
            int part = (int)Math.Min(length, waste.Length);
            stored.ReadExactly(waste[..part]);
            length -= part;
        }
    }

    private uint ReadWord()
    {
        Span<byte> word = stackalloc byte[4];
        stored.ReadExactly(word);
        return BinaryPrimitives.ReadUInt32LittleEndian(word);
    }
}
