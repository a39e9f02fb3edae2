using System.Buffers.Binary;
using PureDump.Formats.Codec;
using PureDump.Formats.Columns;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>Reads payloads back: the codec, then rows out of columns. One per thread.</summary>
public sealed class BlockDecoder : IDisposable
{
    private readonly PayloadDecompressor _decompressor = new();
    private ColumnJoiner? _joiner;
    private byte[] _coded = [];

    /// <summary>Decodes a payload.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="stored">The payload as it stands in the archive, checked.</param>
    /// <param name="target">Filled to the last byte; as long as the header says.</param>
    /// <exception cref="PureDumpException">It is not what the header says (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Decode(RecordHeader header, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        if (header.Layout == RowLayout.Rows)
        {
            _decompressor.Decompress(header.Codec, stored, target);
            return;
        }

        try
        {
            DecodeColumns(header, stored, target);
        }
        catch (PureDumpException e)
        {
            throw new PureDumpException(e.Kind, $"block {header.Sequence} of entry {header.Entry}: {e.Message}", e.Hint, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decompressor.Dispose();

    private void DecodeColumns(RecordHeader header, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        uint codedStored = 0;
        uint codedRaw = 0;
        if (stored.Length >= ColumnLimits.HeaderSize)
        {
            codedStored = BinaryPrimitives.ReadUInt32LittleEndian(stored);
            codedRaw = BinaryPrimitives.ReadUInt32LittleEndian(stored[sizeof(uint)..]);
            stored = stored[ColumnLimits.HeaderSize..];
        }

        if (codedStored > stored.Length || codedRaw is 0 or > ArchiveLimits.CodedLengthMax || (header.Codec == PayloadCodec.None && codedRaw != codedStored))
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged, $"the coded part of its columns has the impossible lengths {codedRaw} raw, {codedStored} stored");
        }

        _joiner ??= new ColumnJoiner();
        ReadOnlySpan<byte> coded = stored[..(int)codedStored];
        if (header.Codec != PayloadCodec.None)
        {
            if (_coded.Length < codedRaw)
            {
                _coded = GC.AllocateUninitializedArray<byte>(Math.Max((int)codedRaw, ArchiveLimits.RecordLengthMax));
            }

            _decompressor.Decompress(header.Codec, coded, _coded.AsSpan(0, (int)codedRaw));
            coded = _coded.AsSpan(0, (int)codedRaw);
        }

        _joiner.Join(coded, stored[(int)codedStored..], header.RowCount, target);
    }
}
