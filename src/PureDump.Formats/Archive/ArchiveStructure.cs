using System.Buffers;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>
/// Checks what records say of one another while they go by in the order of the file: the Toc first, no gap in an entry,
/// totals that fit, an index that tells the truth, one footer, nothing behind it. Every reader has its records checked here; for who
/// reads by the index, its items stand for the rows records.
/// </summary>
/// <remarks>
/// Frames of a row larger than a block follow one another directly in the archive: a restore from a pipe with one worker would otherwise
/// have to hold back blocks of other tables without bound.
/// </remarks>
internal sealed class ArchiveStructure : IDisposable
{
    private readonly PayloadDecompressor _decompressor = new();
    private readonly Dictionary<int, EntryTotals> _totals = [];
    private readonly HashSet<int> _ended = [];
    private ArrayBufferWriter<byte>? _tocBytes = new();
    private readonly Queue<IndexItem[]> _seen = new();
    private IndexItem[] _page = [];
    private int _pageCount;
    private int _pageChecked;
    private byte[] _room = [];
    private RecordType _phase = RecordType.Toc;
    private bool _isComplete;
    private int _rowOpenIn;
    private long _tocSequence;
    private long _tocStored;
    private long _indexSequence;
    private long _indexOffset;
    private long _blockCount;
    private long _rowCount;
    private long _rawBytes;
    private long _storedBytes;

    /// <summary>Whether entries are made of the Toc's bytes; where not, nothing is known of entries, and nothing is compared with
    /// them.</summary>
    public bool MakesToc { get; init; } = true;

    /// <summary>The Toc, once all its pieces went by.</summary>
    public Toc? Toc { get; private set; }

    /// <summary>True once all pieces of the Toc went by.</summary>
    public bool IsBehindToc => _tocBytes is null;

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
                TakeRows(header, offset, isIndexed: false);
                break;
            case RecordType.End:
                TakeEnd(header, stored, offset);
                break;
            case RecordType.Index:
                CheckItems(TakeIndex(header, stored, offset));
                break;
            case RecordType.Footer:
                TakeFooter(header, stored, offset);
                break;
            default:
                throw Damaged(offset, "belongs behind the archives of a cluster, not into one");
        }
    }

    /// <summary>Takes a rows record as the index names it.</summary>
    /// <exception cref="PureDumpException">As for the record itself.</exception>
    public void Take(IndexItem item) => TakeRows(item.Header, item.Offset, isIndexed: true);

    /// <summary>Takes a record of the index whose items were taken before, as the rows records they stand for.</summary>
    /// <exception cref="PureDumpException">It cannot stand here.</exception>
    public void TakeReadIndex(RecordHeader header, ReadOnlySpan<byte> stored, long offset) => TakeIndex(header, stored, offset);

    /// <inheritdoc/>
    public void Dispose() => _decompressor.Dispose();

    private void TakeToc(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (_tocBytes is null)
        {
            throw Damaged(offset, "is a piece of a second table of contents");
        }

        CheckSequence(header, _tocSequence++, offset, "table of contents");
        _tocStored += header.StoredLength;
        long length = _tocBytes.WrittenCount + header.RawLength;
        if (length > ArchiveLimits.TocLengthMax || length > TocFormat.MemoryMax(_tocStored))
        {
            throw Damaged(offset, $"makes the table of contents {length} bytes long out of {_tocStored}, which is too long");
        }

        Decode(header, stored, _tocBytes.GetSpan(Math.Max(1, header.RawLength))[..header.RawLength]);
        _tocBytes.Advance(header.RawLength);
        if ((header.Flags & RecordHeader.ContinuesFlag) == 0)
        {
            Toc = MakesToc ? TocFormat.Read(_tocBytes.WrittenSpan, _tocStored) : null;
            _tocBytes = null;
            _phase = RecordType.Rows;
        }
    }

    private void TakeRows(RecordHeader header, long offset, bool isIndexed)
    {
        if (_phase != RecordType.Rows)
        {
            throw Damaged(offset, "holds rows, which cannot stand here");
        }

        string label = LabelOf(header, offset);
        bool isContinuation = (header.Flags & RecordHeader.ContinuationFlag) != 0;
        bool continues = (header.Flags & RecordHeader.ContinuesFlag) != 0;
        bool fitsRowBefore = isContinuation == (_rowOpenIn != 0) && (!isContinuation || _rowOpenIn == header.Entry);
        _rowOpenIn = continues ? header.Entry : 0;
        EntryTotals before = _totals.GetValueOrDefault(header.Entry);
        _totals[header.Entry] = (before with { BlockCount = header.Sequence }).Plus(header.RowCount, header.RawLength);
        if (!isIndexed)
        {
            Remember(
                new IndexItem(header.Entry, header.Flags, header.Sequence, offset, header.RawLength, header.StoredLength, header.RowCount));
        }

        _blockCount++;
        _rowCount += header.RowCount;
        _rawBytes += header.RawLength;
        _storedBytes += header.StoredLength;
        if (!fitsRowBefore)
        {
            throw Damaged(offset, $"holds rows of {label} that do not go on where the record before stopped");
        }

        if (continues && header.RowCount != (isContinuation ? 0 : 1))
        {
            throw Damaged(offset, $"is a piece of a row of {label} and holds {header.RowCount} rows besides");
        }

        if (_ended.Contains(header.Entry))
        {
            throw Damaged(offset, $"holds rows of {label}, which has already ended");
        }

        if (header.Sequence != before.BlockCount)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                header.Sequence > before.BlockCount
                    ? $"{label}: {Blocks(before.BlockCount, header.Sequence)} missing before offset {offset}"
                    : $"{label}: block {header.Sequence} at offset {offset} is there twice");
        }
    }

    private void TakeEnd(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (_phase != RecordType.Rows || _rowOpenIn != 0 || header.Sequence != 0)
        {
            throw Damaged(offset, "ends an entry, which cannot stand here");
        }

        string label = LabelOf(header, offset);
        EntryTotals due = EntryTotals.Read(DecodeSmall(header, stored));
        EntryTotals have = _totals.GetValueOrDefault(header.Entry);
        if (!_ended.Add(header.Entry))
        {
            throw Damaged(offset, $"ends {label} a second time");
        }

        if (due != have)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                due.BlockCount > have.BlockCount
                    ? $"{label}: {Blocks(have.BlockCount, due.BlockCount)} missing before offset {offset}"
                    : $"{label}: the archive announces {due.RowCount} rows in {due.BlockCount} blocks, there are {have.RowCount} in "
                        + $"{have.BlockCount}");
        }
    }

    private ReadOnlySpan<byte> TakeIndex(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (_phase == RecordType.Rows)
        {
            _phase = RecordType.Index;
            _indexOffset = offset;
            bool isInRow = _rowOpenIn != 0;
            _rowOpenIn = 0;
            if (isInRow)
            {
                throw Damaged(offset, "is a piece of the index and stands inside a row");
            }

            foreach (TocEntry entry in Toc?.Entries ?? [])
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

        return raw;
    }

    private void CheckItems(ReadOnlySpan<byte> raw)
    {
        for (; !raw.IsEmpty; raw = raw[IndexItem.Size..])
        {
            IndexItem item = IndexItem.Read(raw);
            if (NextSeen() is not IndexItem seen || seen != item)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"the index names a block of entry {item.Entry} at offset {item.Offset} that is not there");
            }
        }

        if (_isComplete && NextSeen() is IndexItem left)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the index does not name the block of entry {left.Entry} at offset {left.Offset}");
        }
    }

    private void TakeFooter(RecordHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (_phase != RecordType.Index || !_isComplete || header is not { Codec: PayloadCodec.None, Entry: 0, Sequence: 0 })
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
                $"the footer announces {Footer.Value.BlockCount} blocks, {Footer.Value.RowCount} rows, {Footer.Value.Length} bytes; "
                    + $"there are {have.BlockCount}, {have.RowCount}, {have.Length}");
        }
    }

    private string LabelOf(RecordHeader header, long offset)
    {
        if (Toc is null)
        {
            return $"entry {header.Entry}";
        }

        return Toc.TryFind(new DumpId(header.Entry), out TocEntry? entry) && entry.HasBlocks
            ? entry.Label
            : throw Damaged(offset, $"belongs to entry {header.Entry}, which has no rows in the table of contents");
    }

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
