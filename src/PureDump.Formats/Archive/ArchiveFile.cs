using System.Buffers;
using Microsoft.Win32.SafeHandles;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Archive;

/// <summary>
/// An archive in a file, read by its index: any block by any thread. Opening it reads header, footer, index and Toc, so that a
/// truncated archive is refused before anything is done with it.
/// </summary>
public sealed class ArchiveFile : IDisposable
{
    private const int FooterSize = RecordHeader.Size + ArchiveTotals.Size;
    private static readonly IndexItem[] NoBlocks = [];

    private readonly SafeFileHandle _file;
    private readonly long _start;
    private readonly Toc? _toc;
    private readonly Dictionary<int, IndexItem[]> _blocks = [];

    /// <summary>Opens an archive.</summary>
    /// <param name="path">Of the file.</param>
    /// <exception cref="PureDumpException">The file cannot be read (<see cref="ErrorKind.File"/>), is not a whole archive
    /// (<see cref="ErrorKind.ArchiveDamaged"/>) or is of another version (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public ArchiveFile(string path)
        : this(path, withToc: true, null)
    {
    }

    /// <summary>Opens a member of a cluster.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="member">Where in it.</param>
    /// <exception cref="PureDumpException">As for an archive of its own.</exception>
    public ArchiveFile(string path, ClusterMember member)
        : this(path, withToc: true, member)
    {
    }

    private ArchiveFile(string path, bool withToc, ClusterMember? member)
    {
        Path = path;
        try
        {
            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not open the archive \"{path}\"");
        }

        try
        {
            _start = member?.Offset ?? 0;
            Length = member?.Length ?? RandomAccess.GetLength(_file);
            byte[] room = new byte[Math.Max(ArchiveHeader.Size, FooterSize)];
            int headLength = ReadUpTo(room.AsSpan(0, ArchiveHeader.Size), 0);
            Header = ArchiveHeader.Read(room.AsSpan(0, headLength));
            Header.Require(member?.Kind);
            Totals = ReadFooter(room);
            using var decompressor = new PayloadDecompressor();
            _toc = ReadToc(decompressor, withToc);
            ReadIndex(decompressor);
        }
        catch (PureDumpException e)
        {
            _file.Dispose();
            throw e.Named(member is { } part ? $"{path}: {part.Label}" : path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads what opening an archive reads and compares the checksums, without making entries of the Toc's bytes: for a file
    /// that was just written from that Toc.
    /// </summary>
    /// <exception cref="PureDumpException">As for opening it.</exception>
    public static void Check(string path) => new ArchiveFile(path, withToc: false, null).Dispose();

    /// <summary>As <see cref="Check(string)"/>, of a member of a cluster.</summary>
    /// <exception cref="PureDumpException">As for opening it.</exception>
    public static void Check(string path, ClusterMember member) => new ArchiveFile(path, withToc: false, member).Dispose();

    /// <summary>The path it was opened by.</summary>
    public string Path { get; }

    /// <summary>The length of the archive in bytes.</summary>
    public long Length { get; }

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
                ErrorKind.ArchiveDamaged, $"{Path}: the index announces block {item.Sequence} of entry {item.Entry} at offset {item.Offset}, there is block {header.Sequence} of entry {header.Entry}");
        }

        decoder.Decode(header, stored, block.Buffer.AsSpan(0, header.RawLength));
        ArchiveStreamReader.BlockOf(header, block);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

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
            : throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the archive has {Length} bytes, its footer announces {totals.Length}");
    }

    private PureDumpException Truncated() => new(
        ErrorKind.ArchiveDamaged,
        $"the archive is truncated or its end is damaged: no footer stands at the end of its {Length} bytes",
        "puredump verify says what is there; puredump restore --salvage takes it");

    private Toc? ReadToc(PayloadDecompressor decompressor, bool isWanted)
    {
        var bytes = new ArrayBufferWriter<byte>();
        ReadPieces(RecordType.Toc, ArchiveHeader.Size, ArchiveLimits.TocLengthMax, bytes, decompressor, isWanted);
        return isWanted ? TocFormat.Read(bytes.WrittenSpan) : null;
    }

    private void ReadIndex(PayloadDecompressor decompressor)
    {
        if (Totals.IndexRecordCount > ArchiveLimits.IndexRecordCountMax || Totals.BlockCount > Length / RecordHeader.Size)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, "the footer announces more blocks than fit into the archive");
        }

        var bytes = new ArrayBufferWriter<byte>();
        ReadPieces(RecordType.Index, Totals.IndexOffset, Totals.BlockCount * IndexItem.Size, bytes, decompressor);
        if (bytes.WrittenCount != Totals.BlockCount * IndexItem.Size)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged, $"the index holds {bytes.WrittenCount / IndexItem.Size} blocks, the footer announces {Totals.BlockCount}");
        }

        var lists = new Dictionary<int, List<IndexItem>>();
        for (ReadOnlySpan<byte> rest = bytes.WrittenSpan; !rest.IsEmpty; rest = rest[IndexItem.Size..])
        {
            IndexItem item = IndexItem.Read(rest);
            if (!lists.TryGetValue(item.Entry, out List<IndexItem>? list))
            {
                if (_toc is not null && !(_toc.TryFind(new DumpId(item.Entry), out TocEntry? entry) && entry.HasBlocks))
                {
                    throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the index names blocks of entry {item.Entry}, which has no rows in the table of contents");
                }

                lists.Add(item.Entry, list = []);
            }

            if (item.Sequence != list.Count)
            {
                throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the index lacks block {list.Count} of {_toc?[new DumpId(item.Entry)].Label ?? $"entry {item.Entry}"}");
            }

            list.Add(item);
        }

        foreach ((int entry, List<IndexItem> list) in lists)
        {
            _blocks.Add(entry, [.. list]);
        }
    }

    private void ReadPieces(
        RecordType type, long offset, long lengthMax, ArrayBufferWriter<byte> target, PayloadDecompressor decompressor, bool areKept = true)
    {
        byte[] room = new byte[RecordHeader.Size + ArchiveLimits.RecordLengthMax];
        long length = 0;
        for (long sequence = 0; ; sequence++)
        {
            RecordHeader header = ReadRecord(offset, null, room, out ReadOnlySpan<byte> stored);
            if (header.Type != type || header.Sequence != sequence || length + header.RawLength > lengthMax)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged, $"the record at offset {offset} is {header.Type} {header.Sequence}, due is {type} {sequence}, of {lengthMax} bytes at most in all");
            }

            decompressor.Decompress(header.Codec, stored, target.GetSpan(Math.Max(1, header.RawLength))[..header.RawLength]);
            length += header.RawLength;
            if (areKept)
            {
                target.Advance(header.RawLength);
            }

            offset += RecordHeader.Size + header.StoredLength;
            if ((header.Flags & RecordHeader.ContinuesFlag) == 0)
            {
                return;
            }
        }
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
                ErrorKind.ArchiveDamaged, $"the record at offset {offset} has {header.StoredLength} bytes, the index announces {storedLength}");
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
        int length = 0;
        try
        {
            // What stands behind a member belongs to the next.
            target = target[..(int)Math.Clamp(Length - offset, 0, target.Length)];
            while (length < target.Length)
            {
                int read = RandomAccess.Read(_file, target[length..], _start + offset + length);
                if (read == 0)
                {
                    break;
                }

                length += read;
            }
        }
        catch (IOException e)
        {
            throw new PureDumpException(ErrorKind.File, $"could not read the archive at offset {offset}: {e.Message}", null, e);
        }

        return length;
    }
}
