using System.Buffers;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>
/// Checks what records say of one another while they go by in the order of the file: the Toc first, no gap in an entry,
/// totals that fit, an index that tells the truth, one footer, nothing behind it.
/// </summary>
internal sealed class ArchiveStructure : IDisposable
{
    private readonly PayloadDecompressor _decompressor = new();
    private readonly Dictionary<int, EntryTotals> _totals = [];
    private readonly HashSet<int> _ended = [];
    private readonly ArrayBufferWriter<byte> _tocBytes = new();
    private readonly Queue<IndexItem[]> _seen = new();
    private IndexItem[] _page = [];
    private int _pageCount;
    private int _pageChecked;
    private byte[] _room = [];
    private RecordType _phase = RecordType.Toc;
    private bool _isComplete;
    private int _rowOpenIn;
    private long _tocSequence;
    private long _indexSequence;
    private long _indexOffset;
    private long _blockCount;
    private long _rowCount;
    private long _rawBytes;
    private long _storedBytes;

    /// <summary>The Toc, once all its pieces went by.</summary>
    public Toc? Toc { get; private set; }

    /// <summary>The footer, once it went by.</summary>
    public ArchiveTotals? Footer { get; private set; }

    /// <summary>True where the end record of the entry went by.</summary>
    public bool IsEnded(int entry) => _ended.Contains(entry);

    /// <summary>The totals so far of an entry.</summary>
    public EntryTotals TotalsOf(int entry) => _totals.GetValueOrDefault(entry);

    /// <summary>Takes the next record.</summary>
    /// <exception cref="PureDumpException">It cannot stand here (<see cref="ErrorKind.ArchiveDamaged"/>). The state is then as
    /// if the record were right, so that the next one can be looked at.</exception>
    public void Take(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (Footer is not null)
        {
            throw Damaged(offset, "follows the footer");
        }

        switch (header.Type)
        {
            case RecordType.Toc:
                TakeToc(header, stored, offset);
                break;
            case RecordType.Rows:
                TakeRows(header, offset);
                break;
            case RecordType.End:
                TakeEnd(header, stored, offset);
                break;
            case RecordType.Index:
                TakeIndex(header, stored, offset);
                break;
            case RecordType.Footer:
                TakeFooter(header, stored, offset);
                break;
            default:
                throw Damaged(offset, "belongs behind the archives of a cluster, not into one");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decompressor.Dispose();

    private void TakeToc(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (_phase != RecordType.Toc || Toc is not null)
        {
            throw Damaged(offset, "is a piece of a second table of contents");
        }

        CheckSequence(header, _tocSequence++, offset, "table of contents");
        if (_tocBytes.WrittenCount + header.RawLength > ArchiveLimits.TocLengthMax)
        {
            throw Damaged(offset, "makes the table of contents too long");
        }

        Decode(header, stored, _tocBytes.GetSpan(Math.Max(1, header.RawLength))[..header.RawLength]);
        _tocBytes.Advance(header.RawLength);
        if ((header.Flags & RecordHeader.ContinuesFlag) == 0)
        {
            Toc = TocFormat.Read(_tocBytes.WrittenSpan);
            _tocBytes.Clear();
            _phase = RecordType.Rows;
        }
    }

    private void TakeRows(RecordHeader header, long offset)
    {
        if (_phase != RecordType.Rows)
        {
            throw Damaged(offset, "holds rows, which cannot stand here");
        }

        TocEntry entry = EntryOf(header, offset);
        bool isContinuation = (header.Flags & RecordHeader.ContinuationFlag) != 0;
        bool fitsRowBefore = isContinuation == (_rowOpenIn != 0) && (!isContinuation || _rowOpenIn == header.Entry);
        _rowOpenIn = (header.Flags & RecordHeader.ContinuesFlag) != 0 ? header.Entry : 0;
        EntryTotals before = _totals.GetValueOrDefault(header.Entry);
        _totals[header.Entry] = (before with { BlockCount = header.Sequence }).Plus(header.RowCount, header.RawLength);
        Remember(new IndexItem(header.Entry, header.Flags, header.Sequence, offset, header.RawLength, header.StoredLength, header.RowCount));
        _blockCount++;
        _rowCount += header.RowCount;
        _rawBytes += header.RawLength;
        _storedBytes += header.StoredLength;
        if (!fitsRowBefore)
        {
            throw Damaged(offset, $"holds rows of {entry.Label} that do not go on where the record before stopped");
        }

        if (_ended.Contains(header.Entry))
        {
            throw Damaged(offset, $"holds rows of {entry.Label}, which has already ended");
        }

        if (header.Sequence != before.BlockCount)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                header.Sequence > before.BlockCount
                    ? $"{entry.Label}: {Blocks(before.BlockCount, header.Sequence)} missing before offset {offset}"
                    : $"{entry.Label}: block {header.Sequence} at offset {offset} is there twice");
        }
    }

    private void TakeEnd(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (_phase != RecordType.Rows || _rowOpenIn != 0)
        {
            throw Damaged(offset, "ends an entry, which cannot stand here");
        }

        TocEntry entry = EntryOf(header, offset);
        EntryTotals due = EntryTotals.Read(DecodeSmall(header, stored));
        EntryTotals have = _totals.GetValueOrDefault(header.Entry);
        if (!_ended.Add(header.Entry))
        {
            throw Damaged(offset, $"ends {entry.Label} a second time");
        }

        if (due != have)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                due.BlockCount > have.BlockCount
                    ? $"{entry.Label}: {Blocks(have.BlockCount, due.BlockCount)} missing before offset {offset}"
                    : $"{entry.Label}: the archive announces {due.RowCount} rows in {due.BlockCount} blocks, there are {have.RowCount} in {have.BlockCount}");
        }
    }

    private void TakeIndex(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (_phase == RecordType.Rows)
        {
            _phase = RecordType.Index;
            _indexOffset = offset;
            foreach (TocEntry entry in Toc!.Entries)
            {
                if (entry.HasBlocks && !_ended.Contains(entry.Id.Value))
                {
                    throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{entry.Label}: its end is missing");
                }
            }
        }

        if (_phase != RecordType.Index || _isComplete)
        {
            throw Damaged(offset, "is a piece of the index, which cannot stand here");
        }

        CheckSequence(header, _indexSequence++, offset, "index");
        _isComplete = (header.Flags & RecordHeader.ContinuesFlag) == 0;
        ReadOnlySpan<byte> raw = DecodeSmall(header, stored);
        if (raw.Length % IndexItem.Size != 0)
        {
            throw Damaged(offset, $"is a piece of the index of {raw.Length} bytes, which is no multiple of {IndexItem.Size}");
        }

        for (; !raw.IsEmpty; raw = raw[IndexItem.Size..])
        {
            IndexItem item = IndexItem.Read(raw);
            if (NextSeen() is not IndexItem seen || seen != item)
            {
                throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the index names a block of entry {item.Entry} at offset {item.Offset} that is not there");
            }
        }
    }

    private void TakeFooter(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (_phase != RecordType.Index || !_isComplete || header.Codec != PayloadCodec.None)
        {
            throw Damaged(offset, "is the footer, which cannot stand here");
        }

        Footer = ArchiveTotals.Read(stored);
        var have = new ArchiveTotals
        {
            IndexOffset = _indexOffset,
            IndexRecordCount = _indexSequence,
            BlockCount = _blockCount,
            EndCount = _ended.Count,
            RowCount = _rowCount,
            RawBytes = _rawBytes,
            StoredBytes = _storedBytes,
            Length = offset + RecordHeader.Size + ArchiveTotals.Size,
        };
        if (Footer.Value != have)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the footer announces {Footer.Value.BlockCount} blocks, {Footer.Value.RowCount} rows, {Footer.Value.Length} bytes; there are {have.BlockCount}, {have.RowCount}, {have.Length}");
        }
    }

    private TocEntry EntryOf(RecordHeader header, long offset) =>
        Toc!.TryFind(new DumpId(header.Entry), out TocEntry? entry) && entry.HasBlocks
            ? entry
            : throw Damaged(offset, $"belongs to entry {header.Entry}, which has no rows in the table of contents");

    private static void CheckSequence(RecordHeader header, long due, long offset, string what)
    {
        if (header.Sequence != due || header.Entry != 0)
        {
            throw Damaged(offset, $"is piece {header.Sequence} of the {what}, due is piece {due}");
        }
    }

    private ReadOnlySpan<byte> DecodeSmall(RecordHeader header, ReadOnlySpan<byte> stored)
    {
        if (header.Codec == PayloadCodec.None)
        {
            return stored;
        }

        if (_room.Length < header.RawLength)
        {
            _room = new byte[header.RawLength];
        }

        Decode(header, stored, _room.AsSpan(0, header.RawLength));
        return _room.AsSpan(0, header.RawLength);
    }

    private void Decode(RecordHeader header, ReadOnlySpan<byte> stored, Span<byte> target) =>
        _decompressor.Decompress(header.Codec, stored, target);

    private void Remember(IndexItem item)
    {
        const int pageSize = 1 << 12;
        if (_pageCount == _page.Length)
        {
            _page = new IndexItem[pageSize];
            _pageCount = 0;
            _seen.Enqueue(_page);
        }

        _page[_pageCount++] = item;
    }

    private IndexItem? NextSeen()
    {
        if (!_seen.TryPeek(out IndexItem[]? page))
        {
            return null;
        }

        int count = ReferenceEquals(page, _page) ? _pageCount : page.Length;
        if (_pageChecked >= count)
        {
            return null;
        }

        IndexItem item = page[_pageChecked++];
        if (_pageChecked == page.Length)
        {
            _seen.Dequeue();
            _pageChecked = 0;
        }

        return item;
    }

    private static string Blocks(long from, long to) => to - from == 1 ? $"block {from} is" : $"blocks {from} to {to - 1} are";

    private static PureDumpException Damaged(long offset, string what) =>
        new(ErrorKind.ArchiveDamaged, $"the record at offset {offset} {what}");
}
