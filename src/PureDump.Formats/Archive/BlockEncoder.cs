using System.Buffers.Binary;
using PureDump.Formats.Codec;
using PureDump.Formats.Columns;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Archive;

/// <summary>Makes the payload of a rows record: columns where rows can be taken apart, then the codec. One per thread.</summary>
/// <remarks>
/// A block of rows is looked at before it goes to the codec: bytes as frequent as in noise, and a part that does not shrink, are stored:
/// pictures, archives and encrypted values cost no codec; noise in a column is compressed only where values are alike in their middle.
/// </remarks>
internal sealed class BlockEncoder(CodecSetting setting, IArchiveWatch? watch = null) : IDisposable
{
    // A small block is compressed as quickly as looked at.
    private const int NoiseLengthMin = 1 << 17;
    private const int NoiseTrialLength = 1 << 15;

    private readonly ByteSample _sample = new();
    private readonly PayloadCompressor _compressor = new(setting);
    private readonly ColumnSplitter? _splitter = setting.Codec == PayloadCodec.None ? null : new ColumnSplitter();

    /// <summary>How a payload is written.</summary>
    /// <param name="Layout">The layout.</param>
    /// <param name="Codec">The codec.</param>
    /// <param name="Length">Of the payload; -1 where it is the block's bytes themselves.</param>
    public readonly record struct Form(RowLayout Layout, PayloadCodec Codec, int Length);

    /// <summary>Encodes a block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="room">As long as a record may be; takes the payload.</param>
    public Form Encode(RowBlock block, Span<byte> room)
    {
        bool isSplit = TrySplit(block);
        long since = watch?.Now() ?? 0;
        Form form = (isSplit ? Columns(block, room) : null) ?? Rows(block, room);
        watch?.Spent(block.Entry, ArchiveStage.Compress, since);
        return form;
    }

    /// <inheritdoc/>
    public void Dispose() => _compressor.Dispose();

    private bool TrySplit(RowBlock block)
    {
        if (_splitter is null || block.Format != RowFormat.Binary || block.IsContinuation || block.Continues)
        {
            return false;
        }

        long since = watch?.Now() ?? 0;
        bool isSplit = _splitter.TrySplit(block.Bytes, block.RowCount);
        watch?.Spent(block.Entry, ArchiveStage.Split, since);
        return isSplit;
    }

    private Form? Columns(RowBlock block, Span<byte> room)
    {
        int length = WriteColumns(_splitter!.Coded, _splitter.Plain, room[..Math.Max(0, block.Length - 1)], out PayloadCodec codec);
        return length < 0 ? null : new Form(RowLayout.Columns, codec, length);
    }

    private Form Rows(RowBlock block, Span<byte> room)
    {
        int stored = IsNoise(block.Bytes, room) ? -1 : _compressor.Compress(block.Bytes, room);
        return new Form(RowLayout.Rows, stored < 0 ? PayloadCodec.None : _compressor.Codec, stored);
    }

    // Pictures, archives and what is encrypted: all bytes are as frequent, and a part shows no repetition either.
    private bool IsNoise(ReadOnlySpan<byte> bytes, Span<byte> room)
    {
        if (bytes.Length < NoiseLengthMin)
        {
            return false;
        }

        _sample.Clear();
        for (int at = 0; at < bytes.Length; at += bytes.Length / ByteSample.SizeMax + 1)
        {
            _sample.Add(bytes[at]);
        }

        return _sample.IsNoise && _compressor.Compress(bytes.Slice(bytes.Length / 2, NoiseTrialLength), room) < 0;
    }

    // The length of the payload, or -1 where there is no room for it.
    private int WriteColumns(ReadOnlySpan<byte> coded, ReadOnlySpan<byte> plain, Span<byte> room, out PayloadCodec codec)
    {
        codec = _compressor.Codec;
        if (room.Length < ColumnLimits.HeaderSize + plain.Length)
        {
            return -1;
        }

        Span<byte> target = room[ColumnLimits.HeaderSize..^plain.Length];
        int stored = _compressor.Compress(coded, target);
        if (stored < 0)
        {
            if (coded.Length > target.Length)
            {
                return -1;
            }

            codec = PayloadCodec.None;
            coded.CopyTo(target);
            stored = coded.Length;
        }

        BinaryPrimitives.WriteInt32LittleEndian(room, stored);
        BinaryPrimitives.WriteInt32LittleEndian(room[sizeof(int)..], coded.Length);
        plain.CopyTo(room[(ColumnLimits.HeaderSize + stored)..]);
        return ColumnLimits.HeaderSize + stored + plain.Length;
    }
}
