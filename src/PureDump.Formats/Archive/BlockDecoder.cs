using System.Buffers.Binary;
using PureDump.Formats.Codec;
using PureDump.Formats.Columns;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Archive;

/// <summary>
/// Reads payloads back: the codec, then rows out of columns, then a walk over them: what comes out are the rows that the record and
/// the table of contents announce (formats/pdump.md, section 4.1). One per thread.
/// </summary>
internal sealed class BlockDecoder : IDisposable
{
    private readonly PayloadDecompressor _decompressor = new();
    private readonly RowWalker _walker = new();
    private string? _encoding;
    private ClientCharacters? _characters;
    private ColumnJoiner? _joiner;
    private byte[] _coded = [];
    private (int Entry, long Sequence) _walked;

    /// <summary>Decodes a payload.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="entry">Whose rows they are said to be.</param>
    /// <param name="stored">The payload as it stands in the archive, checked.</param>
    /// <param name="target">Filled to the last byte; as long as the header says.</param>
    /// <exception cref="PureDumpException">It is not what the header says (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Decode(RecordHeader header, TocEntry entry, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        try
        {
            CheckFormat(header, entry);
            if (header.Layout == RowLayout.Columns)
            {
                int columnCount = DecodeColumns(header, stored, target);
                if (entry.Rows is { } rows && columnCount != rows.Columns.Count)
                {
                    throw Damaged($"its rows have {columnCount} fields, the table has {rows.Columns.Count} columns");
                }
            }
            else
            {
                _decompressor.Decompress(header.Codec, stored, target);
                Walk(header, entry, target);
            }

            if (entry.Kind == EntryKind.LargeObjects)
            {
                CheckPieces(target);
            }
        }
        catch (PureDumpException e)
        {
            throw new PureDumpException(e.Kind, $"{entry.Label}: block {header.Sequence}: {e.Message}", e.Hint, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decompressor.Dispose();

    /// <summary>The encoding of the archive's text, by PostgreSQL's name; said before rows are decoded.</summary>
    internal void UseEncoding(string encoding)
    {
        if (encoding != _encoding)
        {
            (_encoding, _characters) = (encoding, ClientCharacters.Of(encoding));
        }
    }

    /// <summary>Takes a rows record: decodes it into a block.</summary>
    /// <exception cref="PureDumpException">It is not what its header says (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Decode(RecordHeader header, TocEntry entry, ReadOnlySpan<byte> stored, RowBlock block)
    {
        Decode(header, entry, stored, block.Buffer.AsSpan(0, header.RawLength));
        block.Entry = new DumpId(header.Entry);
        block.Format = header.Format;
        block.Length = header.RawLength;
        block.RowCount = header.RowCount;
        block.IsContinuation = (header.Flags & RecordHeader.ContinuationFlag) != 0;
        block.Continues = (header.Flags & RecordHeader.ContinuesFlag) != 0;
    }

    private static void CheckFormat(RecordHeader header, TocEntry entry)
    {
        RowFormat? due = entry.Kind == EntryKind.LargeObjects ? RowFormat.Binary : entry.Rows?.Format;
        if (header.Format != due)
        {
            throw Damaged(
                due is null
                    ? "nothing is said of its rows in the table of contents"
                    : $"its rows are {header.Format}, those of the entry are {due}");
        }
    }

    private void Walk(RecordHeader header, TocEntry entry, ReadOnlySpan<byte> rows)
    {
        bool isContinuation = (header.Flags & RecordHeader.ContinuationFlag) != 0;
        bool continues = (header.Flags & RecordHeader.ContinuesFlag) != 0;
        if (_walked != (header.Entry, header.Sequence - 1))
        {
            _walker.Forget();
        }

        _walked = (header.Entry, header.Sequence);
        _walker.Walk(
            new WalkedBlock(
                header.Format,
                entry.Rows?.Columns.Count ?? LargeObjectPiece.FieldCount,
                header.RowCount,
                isContinuation,
                continues)
            {
                Characters = _characters,
            },
            rows);
    }

    private static void CheckPieces(ReadOnlySpan<byte> rows)
    {
        while (!rows.IsEmpty)
        {
            _ = LargeObjectPiece.Take(ref rows);
        }
    }

    private int DecodeColumns(RecordHeader header, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        uint codedStored = 0;
        uint codedRaw = 0;
        if (stored.Length >= ColumnLimits.HeaderSize)
        {
            codedStored = BinaryPrimitives.ReadUInt32LittleEndian(stored);
            codedRaw = BinaryPrimitives.ReadUInt32LittleEndian(stored[sizeof(uint)..]);
            stored = stored[ColumnLimits.HeaderSize..];
        }

        if (
            codedStored > stored.Length
            || codedRaw is 0 or > ArchiveLimits.CodedLengthMax
            || (header.Codec == PayloadCodec.None && codedRaw != codedStored))
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

        return _joiner.Join(coded, stored[(int)codedStored..], header.RowCount, target);
    }

    private static PureDumpException Damaged(string what) => new(ErrorKind.ArchiveDamaged, what);
}
