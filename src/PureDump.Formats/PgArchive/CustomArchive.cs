using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>A custom archive: formats/pg-archive.md, section 4 (pg_backup_custom.c).</summary>
/// <remarks>
/// A custom archive in a pipe ends with the block that was the last one missing: pg_restore looks no further, and padding, a second table
/// of contents and joined files are common there; <c>verify</c> says that they are there.
/// </remarks>
internal sealed class CustomArchive : PgArchiveReader
{
    internal const byte DataBlock = 1;
    internal const byte LargeObjectsBlock = 3;

    private readonly string? _path;
    private readonly PgArchiveInput _input;
    private readonly Dictionary<int, long> _found = [];
    private readonly Lock _scan = new();
    private readonly long[] _starts;
    private ChunkReadStream? _rows;
    private CustomLargeObjects? _largeObjects;

    /// <summary>Reads header and table of contents.</summary>
    /// <param name="input">At the first byte; owned from then on, but for the caller where this throws.</param>
    /// <param name="path">To open the file anew for each reader; null: it is a stream.</param>
    public CustomArchive(PgArchiveInput input, string? path)
        : base(PgToc.Read(input, PgArchiveFormat.Custom), input.Name)
    {
        _input = input;
        _path = path;
        IsStream = path is null;
        _starts =
        [
            .. StoredEntries
                .Where(static entry => entry.HasData && entry.OffsetState == PgOffsetState.Set)
                .Select(static entry => entry.Offset)
                .Order(),
        ];
    }

    private protected override Stream OpenData(PgTocEntry entry)
    {
        PgArchiveInput input = OpenBlock(entry);
        return new DecompressedStream(new ChunkReadStream(input), Header.Compression, isZlib: true, NameOf(entry), input);
    }

    private protected override LargeObjectReader OpenLargeObjects(PgTocEntry entry) =>
        new CustomLargeObjects(OpenBlock(entry), ownsInput: true, Header.Compression, NameOf(entry));

    // Up to the next block that is known.
    private protected override long StoredLengthOf(PgTocEntry entry)
    {
        int index = entry.OffsetState == PgOffsetState.Set ? Array.BinarySearch(_starts, entry.Offset) : -1;
        return index < 0 ? 0 : (index + 1 < _starts.Length ? _starts[index + 1] : _input.Length) - entry.Offset;
    }

    private protected override PgArchiveItem? Next()
    {
        // Whoever was given the data may have left some of them.
        _rows?.Drain();
        _largeObjects?.Drain();
        (_rows, _largeObjects) = (null, null);
        if (IsAllDelivered)
        {
            // Padding, a table of contents that was to overwrite the first, another archive: pg_restore does not look there. Whoever
            // writes the pipe gets rid of it all.
            TrailingLength = _input.SkipRest();
            return null;
        }

        if (_input.IsAtEnd)
        {
            CheckAllDelivered();
        }

        PgTocEntry entry = ReadBlockHead(_input);
        Deliver(entry);
        return ItemOf(
            entry,
            () => new DecompressedStream(_rows = new ChunkReadStream(_input), Header.Compression, isZlib: true, NameOf(entry)),
            () => _largeObjects = new CustomLargeObjects(_input, ownsInput: false, Header.Compression, NameOf(entry)));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing) => _input.Dispose();

    // A reader of its own, behind the head of the block of an entry.
    private PgArchiveInput OpenBlock(PgTocEntry entry)
    {
        if (_path is null)
        {
            throw new PureDumpException(ErrorKind.Internal, $"{Name} is a stream: its data come in their own order");
        }

        long offset = entry.OffsetState switch
        {
            PgOffsetState.Set => entry.Offset,
            PgOffsetState.NotSet => Find(entry),
            _ => throw _input.Damaged($"entry {entry} is said to have data, and to have none"),
        };
        var input = new PgArchiveInput(OpenFile(_path, Name), Name) { IntSize = _input.IntSize, OffsetSize = _input.OffsetSize };
        bool isRight = false;
        try
        {
            input.Seek(offset);
            PgTocEntry there = ReadBlockHead(input);
            isRight = there.DumpId == entry.DumpId;
            return isRight
                ? input
                : throw input.Damaged($"at byte {offset}, where the data of entry {entry} should begin, those of entry {there} stand");
        }
        finally
        {
            if (!isRight)
            {
                input.Dispose();
            }
        }
    }

    // An archive that went through a pipe does not say where blocks begin: they are looked for once, in their order.
    private long Find(PgTocEntry entry)
    {
        lock (_scan)
        {
            while (!_found.ContainsKey(entry.DumpId) && !_input.IsAtEnd)
            {
                long offset = _input.Position;
                PgTocEntry there = ReadBlockHead(_input);
                if (!_found.TryAdd(there.DumpId, offset))
                {
                    throw _input.Damaged($"it holds the data of entry {there} twice");
                }

                if (there.Kind == EntryKind.LargeObjects)
                {
                    using var largeObjects = new CustomLargeObjects(_input, ownsInput: false, Header.Compression, Name);
                    largeObjects.Drain();
                }
                else
                {
                    new ChunkReadStream(_input).Drain();
                }
            }

            return _found.TryGetValue(entry.DumpId, out long found)
                ? found
                : throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{Name} is truncated: the data of entry {entry} are missing");
        }
    }

    private PgTocEntry ReadBlockHead(PgArchiveInput input)
    {
        long offset = input.Position;
        byte type = input.Byte("type of a block");
        if (type is not (DataBlock or LargeObjectsBlock))
        {
            throw input.Damaged($"at byte {offset} a block has the unknown type {type}");
        }

        int id = input.Int("entry of a block");
        if (!TryFindData(id, out PgTocEntry? entry))
        {
            throw input.Damaged($"at byte {offset} are data of entry {id}, which the table of contents does not have with data");
        }

        return type == (entry.Kind == EntryKind.LargeObjects ? LargeObjectsBlock : DataBlock)
            ? entry
            : throw input.Damaged($"at byte {offset} the data of entry {entry} have the type {type}");
    }
}
