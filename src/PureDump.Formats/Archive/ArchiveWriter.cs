using System.Buffers;
using System.IO.Hashing;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Archive;

/// <summary>
/// Writes an archive in one pass: Toc, blocks from any number of threads, index, footer. Blocks are compressed by a few
/// threads of its own and stand in the file in the order in which they were handed in. Dead after its first failure: every later call
/// throws that failure again.
/// </summary>
/// <remarks>
/// Blocks are written in the order they were handed in: frames of large rows need it, and the same input gives the same bytes on any
/// number of compressing threads.
/// </remarks>
internal sealed class ArchiveWriter : IDisposable
{
    private static readonly TimeSpan s_joinPatience = TimeSpan.FromSeconds(2);

    private readonly Stream _output;
    private readonly CodecSetting _setting;
    private readonly Action? _failed;
    private readonly IArchiveWatch? _watch;
    private readonly Slot[] _slots;
    private readonly Thread[] _threads;
    private readonly Lock _takeLock = new();
    private readonly object _gate = new();
    private readonly Dictionary<int, EntryTotals> _open = [];
    private readonly HashSet<int> _ended = [];
    private readonly IndexPages _index = new();
    private readonly byte[] _header = new byte[RecordHeader.Size];

    private long _submitted;
    private long _taken;
    private long _written;
    private bool _noMore;
    private bool _isInsideRow;
    private bool _isGivenUp;
    private Exception? _failure;

    private long _offset;
    private long _endCount;
    private long _rowCount;
    private long _rawBytes;
    private long _storedBytes;

    /// <summary>Starts an archive: writes the file header.</summary>
    /// <param name="output">Where to; written front to back, not disposed of.</param>
    /// <param name="header">The file header.</param>
    /// <param name="setting">How to compress rows. The Toc and the index are always compressed the same way.</param>
    /// <param name="threadCount">How many threads compress, at least 1.</param>
    /// <param name="failed">Called once, from any thread, when writing failed: whoever waits for a free block must be
    /// woken, for the blocks that were handed in do not come back then.</param>
    /// <param name="watch">Is told where the time goes.</param>
    public ArchiveWriter(
        Stream output,
        ArchiveHeader header,
        CodecSetting setting,
        int threadCount,
        Action? failed = null,
        IArchiveWatch? watch = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        _output = output;
        _setting = setting;
        _failed = failed;
        _watch = watch;
        header.Write(_header);
        _output.Write(_header, 0, ArchiveHeader.Size);
        _offset = ArchiveHeader.Size;
        _slots = new Slot[threadCount * 2 + 2];
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new Slot();
        }

        _threads = new Thread[threadCount];
        for (int i = 0; i < threadCount; i++)
        {
            _threads[i] = new Thread(Compress) { IsBackground = true, Name = $"compress {i}" };
            try
            {
                _threads[i].Start();
            }
            catch
            {
                // Nobody will hand anything to those that have started.
                GiveUp();
                throw;
            }
        }
    }

    /// <summary>How many blocks the writer can hold at a time.</summary>
    public int BlockCountMax => _slots.Length;

    /// <summary>Why the writer is dead, or null while it is not.</summary>
    public PureDumpException? Failure => _failure switch
    {
        null => null,
        PureDumpException known => known,
        _ => new PureDumpException(ErrorKind.File, $"could not write the archive: {_failure.Message}", null, _failure),
    };

    private bool IsDead => _failure is not null || _isGivenUp;

    /// <summary>Bytes written so far.</summary>
    public long Length => Interlocked.Read(ref _offset);

    /// <summary>Writes the Toc; before anything else, once.</summary>
    public void WriteToc(Toc toc)
    {
        var buffer = new ArrayBufferWriter<byte>(TocFormat.EstimateLength(toc));
        TocFormat.Write(toc, buffer);
        if (buffer.WrittenCount > ArchiveLimits.TocLengthMax)
        {
            throw new PureDumpException(
                ErrorKind.Catalog,
                $"the table of contents has {buffer.WrittenCount} bytes, an archive takes {ArchiveLimits.TocLengthMax}");
        }

        long memory = TocFormat.MemoryOf(toc, buffer.WrittenCount);
        if (memory > ArchiveLimits.TocMemoryMax)
        {
            throw new PureDumpException(
                ErrorKind.Catalog,
                $"the table of contents asks for {memory} bytes of memory, an archive takes {ArchiveLimits.TocMemoryMax}");
        }

        // A reader takes a large Toc only from so many stored bytes: what shrinks more than that is stored as it is.
        double storedMin =
            memory <= ArchiveLimits.TocMemoryFree ? 0 : (double)memory / buffer.WrittenCount / ArchiveLimits.TocMemoryRatioMax;
        WritePieces(RecordType.Toc, buffer.WrittenSpan, storedMin: storedMin);
    }

    /// <summary>
    /// Hands a block in; returns as soon as there is room for it. The block belongs to the writer from then on. Frames of
    /// one row must come one after the other from one thread; all other blocks wait meanwhile.
    /// </summary>
    public void Append(RowBlock block)
    {
        try
        {
            Submit(block, block.Entry.Value);
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }

    /// <summary>Says that all blocks of an entry were handed in; once for every entry that has rows.</summary>
    public void EndEntry(DumpId entry) => Submit(null, entry.Value);

    /// <summary>Waits for all blocks and writes index and footer. The output is not flushed to its medium.</summary>
    public ArchiveTotals Complete()
    {
        lock (_gate)
        {
            _noMore = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        ThrowIfFailed();
        if (_open.Count > 0)
        {
            throw new PureDumpException(ErrorKind.Internal, $"entry {_open.Keys.First()} was not ended");
        }

        long indexOffset = _offset;
        long indexRecords = WriteIndex();
        var totals = new ArchiveTotals
        {
            IndexOffset = indexOffset,
            IndexRecordCount = indexRecords,
            BlockCount = _index.Count,
            EndCount = _endCount,
            RowCount = _rowCount,
            RawBytes = _rawBytes,
            StoredBytes = _storedBytes,
            Length = _offset + RecordHeader.Size + ArchiveTotals.Size,
        };
        Span<byte> payload = stackalloc byte[ArchiveTotals.Size];
        totals.Write(payload);
        WriteRecord(new RecordHeader { Type = RecordType.Footer, RawLength = ArchiveTotals.Size }, payload);
        _output.Flush();
        return totals;
    }

    /// <summary>
    /// Gives the archive up: it stays without a footer, and whoever waits in a call gets an
    /// <see cref="OperationCanceledException"/>. From any thread.
    /// </summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            _isGivenUp = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Stops the threads. Without <see cref="Complete"/> before, the archive stays without a footer.</summary>
    public void Dispose()
    {
        GiveUp();
        bool areAllGone = true;
        foreach (Thread thread in _threads)
        {
            // A write into a pipe that nobody reads cannot be woken; the thread goes when that write returns.
            areAllGone &= thread.Join(s_joinPatience);
        }

        if (areAllGone)
        {
            Array.ForEach(_slots, static slot => slot.Clear());
        }
    }

    private void Submit(RowBlock? block, int entry)
    {
        lock (_gate)
        {
            bool isContinuation = block is not null && block.IsContinuation;
            while (!IsDead
                && (_submitted - _written >= _slots.Length || (_isInsideRow && !isContinuation)))
            {
                Monitor.Wait(_gate);
            }

            ThrowIfFailed();
            _isInsideRow = block is not null && block.Continues;
            Slot slot = _slots[_submitted % _slots.Length];
            slot.Block = block;
            slot.Entry = entry;
            slot.IsReady = false;
            _submitted++;
            Monitor.PulseAll(_gate);
        }
    }

    // One compressing thread: takes the next block, compresses it, and writes all blocks that are next in order.
    private void Compress()
    {
        try
        {
            using var encoder = new BlockEncoder(_setting, _watch);
            while (Take() is Slot slot)
            {
                slot.Encode(encoder, _watch);
                Finish(slot);
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                if (_isGivenUp)
                {
                    return;
                }

                _failure ??= e;
                Monitor.PulseAll(_gate);
            }

            _failed?.Invoke();
        }
    }

    private Slot? Take()
    {
        lock (_gate)
        {
            while (!IsDead && _taken == _submitted && !_noMore)
            {
                Monitor.Wait(_gate);
            }

            return IsDead || _taken == _submitted ? null : _slots[_taken++ % _slots.Length];
        }
    }

    private void Finish(Slot slot)
    {
        lock (_gate)
        {
            slot.IsReady = true;
            if (!ReferenceEquals(slot, _slots[_written % _slots.Length]))
            {
                return;
            }
        }

        // Only the thread that finished the oldest block gets here, and it goes on while the next ones are ready; a
        // thread that finishes the oldest meanwhile waits for its turn at the lock.
        lock (_takeLock)
        {
            while (true)
            {
                Slot next;
                lock (_gate)
                {
                    next = _slots[_written % _slots.Length];
                    if (_written == _taken || !next.IsReady || IsDead)
                    {
                        return;
                    }
                }

                Write(next);
                lock (_gate)
                {
                    if (_isGivenUp)
                    {
                        return;
                    }

                    next.Clear();
                    _written++;
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }

    private void Write(Slot slot)
    {
        if (_ended.Contains(slot.Entry))
        {
            throw new PureDumpException(ErrorKind.Internal, $"entry {slot.Entry} was already ended");
        }

        EntryTotals totals = _open.GetValueOrDefault(slot.Entry);
        if (slot.Block is not RowBlock block)
        {
            Span<byte> payload = stackalloc byte[EntryTotals.Size];
            totals.Write(payload);
            WriteRecord(new RecordHeader { Type = RecordType.End, Entry = slot.Entry, RawLength = EntryTotals.Size }, payload);
            _open.Remove(slot.Entry);
            _ended.Add(slot.Entry);
            _endCount++;
            return;
        }

        RecordHeader header = new()
        {
            Type = RecordType.Rows,
            Codec = slot.Form.Codec,
            Layout = slot.Form.Layout,
            Format = block.Format,
            Flags = (block.IsContinuation ? RecordHeader.ContinuationFlag : 0) | (block.Continues ? RecordHeader.ContinuesFlag : 0),
            Entry = slot.Entry,
            Sequence = totals.BlockCount,
            RawLength = block.Length,
            RowCount = block.RowCount,
        };
        _index.Add(new IndexItem(header.Entry, header.Flags, header.Sequence, _offset, block.Length, slot.Stored.Length, block.RowCount));
        long since = _watch?.Now() ?? 0;
        WriteRecord(header, slot.Stored, slot.Checksum);
        _watch?.Spent(block.Entry, ArchiveStage.Write, since);
        _open[slot.Entry] = totals.Plus(block.RowCount, block.Length);
        _rowCount += block.RowCount;
        _rawBytes += block.Length;
        _storedBytes += slot.Stored.Length;
    }

    private long WriteIndex()
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        foreach (IndexItem item in _index.Items())
        {
            item.Write(buffer.GetSpan(IndexItem.Size));
            buffer.Advance(IndexItem.Size);
        }

        return WritePieces(RecordType.Index, buffer.WrittenSpan, IndexItem.Size);
    }

    // Gives the number of records. What would be shorter than a part of its raw length, storedMin, is not compressed.
    private long WritePieces(RecordType type, ReadOnlySpan<byte> bytes, int itemSize = 1, double storedMin = 0)
    {
        using var compressor = new PayloadCompressor(_setting);
        int pieceLength = ArchiveLimits.RecordLengthMax / itemSize * itemSize;
        byte[] room = new byte[pieceLength];
        long sequence = 0;
        do
        {
            ReadOnlySpan<byte> raw = bytes[..Math.Min(pieceLength, bytes.Length)];
            bytes = bytes[raw.Length..];
            int length = compressor.Compress(raw, room);
            length = length < storedMin * raw.Length ? -1 : length;
            WriteRecord(
                new RecordHeader
                {
                    Type = type,
                    Codec = length < 0 ? PayloadCodec.None : compressor.Codec,
                    Flags = bytes.IsEmpty ? 0 : RecordHeader.ContinuesFlag,
                    Sequence = sequence++,
                    RawLength = raw.Length,
                },
                length < 0 ? raw : room.AsSpan(0, length));
        }
        while (!bytes.IsEmpty);
        return sequence;
    }

    private void WriteRecord(RecordHeader header, ReadOnlySpan<byte> stored) =>
        WriteRecord(header, stored, XxHash3.HashToUInt64(stored));

    private void WriteRecord(RecordHeader header, ReadOnlySpan<byte> stored, ulong checksum)
    {
        (header with { StoredLength = stored.Length, PayloadChecksum = checksum }).Write(_header);
        _output.Write(_header);
        _output.Write(stored);
        Interlocked.Add(ref _offset, RecordHeader.Size + stored.Length);
    }

    private void ThrowIfFailed()
    {
        if (Failure is PureDumpException failure)
        {
            throw new PureDumpException(failure.Kind, failure.Message, failure.Hint, failure);
        }

        if (_isGivenUp)
        {
            throw new OperationCanceledException("the archive was given up");
        }
    }

    // A block on its way through the compressing threads, with room for its compressed form.
    private sealed class Slot
    {
        private readonly byte[] _room = GC.AllocateUninitializedArray<byte>(ArchiveLimits.RecordLengthMax);

        public RowBlock? Block { get; set; }

        public int Entry { get; set; }

        public bool IsReady { get; set; }

        public BlockEncoder.Form Form { get; private set; }

        public ulong Checksum { get; private set; }

        public ReadOnlySpan<byte> Stored => Form.Length < 0 ? Block!.Bytes : _room.AsSpan(0, Form.Length);

        public void Encode(BlockEncoder encoder, IArchiveWatch? watch)
        {
            if (Block is null)
            {
                return;
            }

            Form = encoder.Encode(Block, _room);
            long since = watch?.Now() ?? 0;
            Checksum = XxHash3.HashToUInt64(Stored);
            watch?.Spent(Block.Entry, ArchiveStage.Compress, since);
        }

        public void Clear()
        {
            Block?.Dispose();
            Block = null;
        }
    }

    // Index items in pages, so that a terabyte's index neither moves nor doubles while it grows.
    private sealed class IndexPages
    {
        private const int PageSize = 1 << 14;
        private readonly List<IndexItem[]> _pages = [];

        public long Count { get; private set; }

        public void Add(IndexItem item)
        {
            int at = (int)(Count % PageSize);
            if (at == 0)
            {
                _pages.Add(new IndexItem[PageSize]);
            }

            _pages[^1][at] = item;
            Count++;
        }

        public IEnumerable<IndexItem> Items()
        {
            long left = Count;
            foreach (IndexItem[] page in _pages)
            {
                for (int i = 0; i < PageSize && left > 0; i++, left--)
                {
                    yield return page[i];
                }
            }
        }
    }
}
