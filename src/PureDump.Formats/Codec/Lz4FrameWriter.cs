using System.Buffers.Binary;
using System.IO.Hashing;
using K4os.Compression.LZ4;

namespace PureDump.Formats.Codec;

/// <summary>
/// Writes one LZ4 frame of blocks of 256 KiB that stand alone, with a checksum over its content. Disposing of it ends the
/// frame; so does nothing else.
/// </summary>
internal sealed class Lz4FrameWriter : WriteOnlyStream
{
    private const int BlockSizeCode = 5;

    private readonly Stream _output;
    private readonly LZ4Level _level;
    private readonly XxHash32 _content = new();
    private readonly byte[] _block = new byte[Lz4Frame.BlockSizeMax(BlockSizeCode)];
    private readonly byte[] _stored = new byte[sizeof(uint) + Lz4Frame.BlockSizeMax(BlockSizeCode)];
    private int _length;
    private bool _isEnded;

    /// <summary>Begins a frame.</summary>
    /// <param name="output">Left open.</param>
    /// <param name="level">Below 3: fast; 3 to 12: high compression.</param>
    public Lz4FrameWriter(Stream output, int level)
    {
        _output = output;
        _level = level < 3 ? LZ4Level.L00_FAST : (LZ4Level)level;
        Span<byte> header = stackalloc byte[7];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Lz4Frame.Magic);
        header[4] = Lz4Frame.Version | Lz4Frame.IndependentBlocks | Lz4Frame.ContentChecksum;
        header[5] = BlockSizeCode << 4;
        header[6] = Lz4Frame.HeaderChecksum(header[4..6]);
        output.Write(header);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _content.Append(buffer);
        while (!buffer.IsEmpty)
        {
            int part = Math.Min(buffer.Length, _block.Length - _length);
            buffer[..part].CopyTo(_block.AsSpan(_length));
            _length += part;
            buffer = buffer[part..];
            if (_length == _block.Length)
            {
                WriteBlock();
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isEnded)
        {
            _isEnded = true;
            WriteBlock();
            Span<byte> end = stackalloc byte[8];
            end.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(end[4..], _content.GetCurrentHashAsUInt32());
            _output.Write(end);
        }

        base.Dispose(disposing);
    }

    // A block that does not shrink is stored as it is.
    private void WriteBlock()
    {
        if (_length == 0)
        {
            return;
        }

        Span<byte> room = _stored.AsSpan(sizeof(uint), _length);
        int length = LZ4Codec.Encode(_block.AsSpan(0, _length), room[..(_length - 1)], _level);
        uint mark = (uint)length;
        if (length <= 0)
        {
            _block.AsSpan(0, _length).CopyTo(room);
            length = _length;
            mark = (uint)length | Lz4Frame.StoredBlock;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_stored, mark);
        _output.Write(_stored.AsSpan(0, sizeof(uint) + length));
        _length = 0;
    }
}
