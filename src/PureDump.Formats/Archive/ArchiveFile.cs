using System.Buffers;
using PureDump.Formats.Bytes;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Archive;

/// <summary>
/// An archive in a file, read by its index: any block by any thread. Opening it reads header, footer, index and Toc, so that a
/// truncated archive is refused before anything is done with it.
/// </summary>
internal sealed class ArchiveFile : IDisposable
{
    internal const int FooterSize = RecordHeader.Size + ArchiveTotals.Size;
    private static readonly IndexItem[] NoBlocks = [];

    private readonly IRangeReader _range;
    private readonly Toc? _toc;
    private readonly Dictionary<int, IndexItem[]> _blocks = [];

    /// <summary>Opens an archive.</summary>
    /// <param name="range">Its bytes, disposed of with the archive, and where it cannot be opened.</param>
    /// <exception cref="PureDumpException">It cannot be read (<see cref="ErrorKind.File"/>), is not a whole archive
    /// (<see cref="ErrorKind.ArchiveDamaged"/>) or is of another version (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public ArchiveFile(IRangeReader range)
        : this(range, withToc: true, null)
    {
    }

    /// <summary>Opens a member of a cluster.</summary>
    /// <param name="range">The bytes of the cluster, disposed of with the archive, and where it cannot be opened.</param>
    /// <param name="member">Where in them.</param>
    /// <exception cref="PureDumpException">As for an archive of its own.</exception>
    internal ArchiveFile(IRangeReader range, ClusterMember member)
        : this(range, withToc: true, member)
    {
    }

    private ArchiveFile(IRangeReader range, bool withToc, ClusterMember? member)
    {
        // What stands behind a member belongs to the next.
        _range = member is { } place ? new RangeSlice(range, place.Offset, place.Length, ownsWhole: true) : range;
        try
        {
            byte[] room = GC.AllocateUninitializedArray<byte>(RecordHeader.Size + ArchiveLimits.RecordLengthMax);
            int headLength = ReadUpTo(room.AsSpan(0, ArchiveHeader.Size), 0);
            Header = ArchiveHeader.Read(room.AsSpan(0, headLength));
            Header.Require(member?.Kind);
            Totals = ReadFooter(room);
            using var structure = new ArchiveStructure { MakesToc = withToc };
            ReadStructure(structure, room);
            _toc = structure.Toc;
        }
        catch (PureDumpException e)
        {
            _range.Dispose();
            throw e.Named(member is { } part ? $"{Name}: {part.Label}" : Name);
        }
        catch
        {
            _range.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads what opening an archive reads and compares the checksums, without making entries of the Toc's bytes: for a file
    /// that was just written from that Toc.
    /// </summary>
    /// <param name="range">Its bytes, disposed of.</param>
    /// <exception cref="PureDumpException">As for opening it.</exception>
    public static void Check(IRangeReader range) => new ArchiveFile(range, withToc: false, null).Dispose();

    /// <summary>As <see cref="Check(IRangeReader)"/>, of a member of a cluster.</summary>
    /// <param name="range">The bytes of the cluster, disposed of.</param>
    /// <param name="member">Where in them.</param>
    /// <exception cref="PureDumpException">As for opening it.</exception>
    internal static void Check(IRangeReader range, ClusterMember member) => new ArchiveFile(range, withToc: false, member).Dispose();

    /// <summary>What its bytes are called: the path of the file.</summary>
    public string Name => _range.Name;

    /// <summary>The length of the archive in bytes.</summary>
    public long Length => _range.Length;

    /// <summary>The file header.</summary>
    public ArchiveHeader Header { get; }

    /// <summary>The footer.</summary>
    public ArchiveTotals Totals { get; }

    /// <summary>The table of contents.</summary>
    public Toc Toc => _toc ?? throw new InvalidOperationException("the archive was only checked");

    /// <summary>The blocks of an entry in their order; empty where it has none.</summary>
    public IReadOnlyList<IndexItem> BlocksOf(DumpId entry) => _blocks.GetValueOrDefault(entry.Value, NoBlocks);

    /// <summary>Reads one block, checked.</summary>
    /// <param name="item">Out of <see cref="BlocksOf"/>.</param>
    /// <param name="block">Filled.</param>
    /// <param name="decoder">The calling thread's.</param>
    /// <param name="room">At least header and record limit; the calling thread's.</param>
    public void Read(IndexItem item, RowBlock block, BlockDecoder decoder, byte[] room)
    {
        RecordHeader header = ReadRecord(item.Offset, item.StoredLength, room, out ReadOnlySpan<byte> stored);
        bool isAsIndexed = header.Type == RecordType.Rows && header.Entry == item.Entry && header.Sequence == item.Sequence
            && header.Flags == item.Flags && header.RawLength == item.RawLength && header.RowCount == item.RowCount;
        if (!isAsIndexed)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{Name}: the index announces block {item.Sequence} of entry {item.Entry} at offset {item.Offset}, there is block "
                    + $"{header.Sequence} of entry {header.Entry}");
        }

        decoder.UseEncoding(Toc.Origin.Encoding);
        decoder.Decode(header, Toc[new DumpId(header.Entry)], stored, block);
    }

    /// <inheritdoc/>
    public void Dispose() => _range.Dispose();

    private ArchiveTotals ReadFooter(byte[] room)
    {
        if (Length < ArchiveHeader.Size + FooterSize)
        {
            throw Truncated();
        }

        Span<byte> footer = room.AsSpan(0, FooterSize);
        ReadExactly(footer, Length - FooterSize);
        if (!RecordHeader.IsWhole(footer))
        {
            throw Truncated();
        }

        RecordHeader header = RecordHeader.Read(footer, Length - FooterSize);
        if (header.Type != RecordType.Footer || header.StoredLength != ArchiveTotals.Size)
        {
            throw Truncated();
        }

        header.CheckPayload(footer[RecordHeader.Size..], Length - FooterSize);
        ArchiveTotals totals = ArchiveTotals.Read(footer[RecordHeader.Size..]);
        return totals.Length == Length
            ? totals
            : throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the archive has {Length} bytes, its footer announces {totals.Length}");
    }

    private PureDumpException Truncated() => new(
        ErrorKind.ArchiveDamaged,
        $"the archive is truncated or its end is damaged: no footer stands at the end of its {Length} bytes",
        "puredump verify says what is there; puredump restore --salvage takes it");

    // All records but those of rows, which their index items stand for, in the order of the file: nothing may stand between them.
    private void ReadStructure(ArchiveStructure structure, byte[] room)
    {
        long at = ArchiveHeader.Size;
        while (!structure.IsBehindToc)
        {
            RecordHeader header = ReadRecord(at, null, room, out ReadOnlySpan<byte> stored);
            if (header.Type != RecordType.Toc)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"the record at offset {at} should be a piece of the table of contents");
            }

            structure.Take(header, stored, at);
            at += RecordHeader.Size + header.StoredLength;
        }

        var pieces = new List<(RecordHeader Header, long Offset)>();
        var bytes = new ArrayBufferWriter<byte>();
        long footer = ReadIndex(pieces, bytes, room);
        at = TakeItems(structure, at, bytes.WrittenSpan, room);
        ReadOnlySpan<byte> rest = bytes.WrittenSpan;
        foreach ((RecordHeader header, long offset) in pieces)
        {
            // It is decoded already.
            structure.TakeReadIndex(header with { Codec = PayloadCodec.None }, rest[..header.RawLength], offset);
            rest = rest[header.RawLength..];
        }

        if (at != Totals.IndexOffset || footer != Length - FooterSize)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the index at offset {Totals.IndexOffset} is not all that stands between the rows and the footer");
        }

        RecordHeader last = ReadRecord(footer, ArchiveTotals.Size, room, out ReadOnlySpan<byte> totals);
        structure.Take(last, totals, footer);
    }

    // Gives the offset behind the index.
    private long ReadIndex(List<(RecordHeader Header, long Offset)> pieces, ArrayBufferWriter<byte> bytes, byte[] room)
    {
        if (Totals.IndexRecordCount > ArchiveLimits.IndexRecordCountMax || Totals.BlockCount > Length / RecordHeader.Size)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, "the footer announces more blocks than fit into the archive");
        }

        using var decompressor = new PayloadDecompressor();
        long lengthMax = Totals.BlockCount * IndexItem.Size;
        long offset = Totals.IndexOffset;
        RecordHeader header;
        do
        {
            header = ReadRecord(offset, null, room, out ReadOnlySpan<byte> stored);
            if (header.Type != RecordType.Index || header.Sequence != pieces.Count || bytes.WrittenCount + header.RawLength > lengthMax)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"the record at offset {offset} is {header.Type} {header.Sequence}, due is {RecordType.Index} {pieces.Count}, of "
                        + $"{lengthMax} bytes at most in all");
            }

            decompressor.Decompress(header.Codec, stored, bytes.GetSpan(Math.Max(1, header.RawLength))[..header.RawLength]);
            bytes.Advance(header.RawLength);
            pieces.Add((header, offset));
            offset += RecordHeader.Size + header.StoredLength;
        }
        while ((header.Flags & RecordHeader.ContinuesFlag) != 0);
        return bytes.WrittenCount == lengthMax
            ? offset
            : throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the index holds {bytes.WrittenCount / IndexItem.Size} blocks, the footer announces {Totals.BlockCount}");
    }

    // Gives the offset behind the last record before the index.
    private long TakeItems(ArchiveStructure structure, long at, ReadOnlySpan<byte> index, byte[] room)
    {
        var lists = new Dictionary<int, List<IndexItem>>();
        for (; !index.IsEmpty; index = index[IndexItem.Size..])
        {
            IndexItem item = IndexItem.Read(index);
            at = TakeEnds(structure, at, item.Offset, room);
            structure.Take(item);
            at += RecordHeader.Size + item.StoredLength;
            if (!lists.TryGetValue(item.Entry, out List<IndexItem>? list))
            {
                lists.Add(item.Entry, list = []);
            }

            list.Add(item);
        }

        foreach ((int entry, List<IndexItem> list) in lists)
        {
            _blocks.Add(entry, [.. list]);
        }

        return TakeEnds(structure, at, Totals.IndexOffset, room);
    }

    // What stands between two blocks are ends of entries. Gives the offset behind them, where the next block is due.
    private long TakeEnds(ArchiveStructure structure, long at, long end, byte[] room)
    {
        while (at != end)
        {
            int length = (int)Math.Clamp(end - at, 0, room.Length);
            ReadExactly(room.AsSpan(0, length), at);
            int used = 0;
            while (length - used >= RecordHeader.Size)
            {
                RecordHeader header = RecordHeader.Read(room.AsSpan(used), at);
                int size = RecordHeader.Size + header.StoredLength;
                if (header.Type != RecordType.End)
                {
                    throw new PureDumpException(
                        ErrorKind.ArchiveDamaged,
                        $"the index does not name the record of type {header.Type} at offset {at}");
                }

                if (size > length - used)
                {
                    break;
                }

                ReadOnlySpan<byte> payload = room.AsSpan(used + RecordHeader.Size, header.StoredLength);
                header.CheckPayload(payload, at);
                structure.Take(header, payload, at);
                used += size;
                at += size;
            }

            if (used == 0)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"no record ends at offset {end}, where the index has the next block");
            }
        }

        return at;
    }

    // Reads header and payload; in one call where the length is known.
    private RecordHeader ReadRecord(long offset, int? storedLength, byte[] room, out ReadOnlySpan<byte> stored)
    {
        int known = RecordHeader.Size + (storedLength ?? 0);
        ReadExactly(room.AsSpan(0, known), offset);
        RecordHeader header = RecordHeader.Read(room, offset);
        if (storedLength is null)
        {
            ReadExactly(room.AsSpan(RecordHeader.Size, header.StoredLength), offset + RecordHeader.Size);
        }
        else if (header.StoredLength != storedLength)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the record at offset {offset} has {header.StoredLength} bytes, the index announces {storedLength}");
        }

        stored = room.AsSpan(RecordHeader.Size, header.StoredLength);
        header.CheckPayload(stored, offset);
        return header;
    }

    private void ReadExactly(Span<byte> target, long offset)
    {
        if (ReadUpTo(target, offset) < target.Length)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the archive ends inside the record at offset {offset}");
        }
    }

    private int ReadUpTo(Span<byte> target, long offset)
    {
        try
        {
            return _range.Read(target, offset);
        }
        catch (IOException e)
        {
            throw new PureDumpException(ErrorKind.File, $"could not read the archive at offset {offset}: {e.Message}", null, e);
        }
    }
}
