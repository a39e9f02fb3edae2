using System.Diagnostics.CodeAnalysis;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// An archive of pg_dump, read: formats/pg-archive.md. From a file or directory any entry's data can be opened, by several
/// threads at once; from a pipe they come in the order in which they stand.
/// </summary>
internal abstract class PgArchiveReader : IDisposable
{
    /// <summary>How many bytes <see cref="IsArchive"/> wants to see.</summary>
    public const int LookSize = 512;

    private readonly Dictionary<int, PgTocEntry> _byId;
    private readonly HashSet<int> _delivered = [];
    private readonly int _dataCount;
    private PgArchiveItem? _item;

    private protected PgArchiveReader(PgToc toc, string name)
    {
        Name = name;
        StoredToc = toc;
        Toc = toc.ToModel(name);
        _byId = toc.Entries.ToDictionary(static entry => entry.DumpId);
        _dataCount = toc.Entries.Count(static entry => entry.HasData);
    }

    /// <summary>What stands at the beginning of the archive.</summary>
    public PgArchiveHeader Header => StoredToc.Header;

    /// <summary>What it says of itself.</summary>
    public ArchiveSummary Summary =>
        new(Header.Format.ToString().ToUpperInvariant(), $"{Header.Version}-{Header.Version.Revision}", Header.Created)
        {
            Compression = Header.Compression.ToString().ToLowerInvariant(),
            IntegerSize = PgArchiveHeader.IntSize,
            OffsetSize = PgArchiveHeader.OffsetSize,
        };

    /// <summary>The table of contents in the model.</summary>
    public Toc Toc { get; }

    /// <summary>The table of contents as it stands in the archive.</summary>
    public IReadOnlyList<PgTocEntry> StoredEntries => StoredToc.Entries;

    /// <summary>
    /// What sets the search path of the dump; null in archives before version 1.13, whose statements name what is in the
    /// schema of their entry without it.
    /// </summary>
    public string? SearchPathSql => StoredEntries.FirstOrDefault(static entry => entry.Kind == EntryKind.SearchPath)?.Definition;

    /// <summary>True where data come only in the order of the archive: then only <see cref="ReadNext"/> is used.</summary>
    public bool IsStream { get; private protected init; }

    /// <summary>How many bytes stand behind the last block of a stream, when <see cref="ReadNext"/> has come there: they are no part of the
    /// archive, and nothing looks at them.</summary>
    public long TrailingLength { get; private protected set; }

    private protected PgToc StoredToc { get; }

    private protected string Name { get; }

    /// <summary>Opens an archive: a directory, a file, or a named pipe.</summary>
    /// <param name="path">Of the file or directory.</param>
    /// <exception cref="PureDumpException">It cannot be read (<see cref="ErrorKind.File"/>), is no archive of pg_dump or is damaged
    /// (<see cref="ErrorKind.ArchiveDamaged"/>), or has a version that is not read (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public static PgArchiveReader Open(string path)
    {
        if (Directory.Exists(path))
        {
            return DirectoryArchive.Open(path);
        }

        string name = $"\"{path}\"";
        FileStream file = OpenFile(path, name);
        return file.CanSeek
            ? Open(new PgArchiveInput(file, name), input => new CustomArchive(input, path), input => new TarArchive(input, path))
            : Open(file, name);
    }

    /// <summary>Opens an archive that comes as a stream, custom or tar.</summary>
    /// <param name="stream">At its first byte; is disposed of with the archive, and where it cannot be opened.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="PureDumpException">As for <see cref="Open(string)"/>.</exception>
    public static PgArchiveReader Open(Stream stream, string name = "the archive") =>
        Open(new PgArchiveInput(stream, name), input => new CustomArchive(input, path: null), input => new TarArchive(input, path: null));

    /// <summary>Whether bytes begin like an archive of pg_dump in one file.</summary>
    /// <param name="start">The first 512 bytes, or all there are.</param>
    public static bool IsArchive(ReadOnlySpan<byte> start) => start.StartsWith(PgArchiveHeader.Magic) || TarHeader.IsHeader(start);

    /// <summary>True where so many bytes are enough for <see cref="IsArchive"/>: a writer may be silent before it sends more.</summary>
    public static bool IsEnough(ReadOnlySpan<byte> start) =>
        start.Length >= LookSize || start.StartsWith(PgArchiveHeader.Magic) || (!start.IsEmpty && !Ascii.IsValid(start[0]));

    /// <summary>What the data of an entry are.</summary>
    public PgDataKind DataKindOf(TocEntry entry) =>
        !_byId.TryGetValue(entry.Id.Value, out PgTocEntry? stored) || !stored.HasData ? PgDataKind.None
        : entry.Kind == EntryKind.LargeObjects ? PgDataKind.LargeObjects
        : entry.Rows is not null ? PgDataKind.CopyText
        : PgDataKind.Sql;

    /// <summary>
    /// The data of an entry, out of their compression, as they stand in the archive: with the <c>\.</c> behind rows. Not of
    /// large objects. Each call opens the archive anew, and several threads may call it.
    /// </summary>
    /// <exception cref="PureDumpException">They are not there, or damaged.</exception>
    public Stream OpenData(TocEntry entry)
    {
        if (DataKindOf(entry) is not (PgDataKind.CopyText or PgDataKind.Sql))
        {
            throw new PureDumpException(ErrorKind.NotFound, $"{Name}: entry {entry} has no rows");
        }

        return OpenData(_byId[entry.Id.Value]);
    }

    /// <summary>The large objects of an entry; as <see cref="OpenData(TocEntry)"/>.</summary>
    /// <exception cref="PureDumpException">They are not there, or damaged.</exception>
    public LargeObjectReader OpenLargeObjects(TocEntry entry)
    {
        if (DataKindOf(entry) != PgDataKind.LargeObjects)
        {
            throw new PureDumpException(ErrorKind.NotFound, $"{Name}: entry {entry} has no large objects");
        }

        return OpenLargeObjects(_byId[entry.Id.Value]);
    }

    /// <summary>The stored length of an entry's data in bytes, for planning; 0 where it is not known without reading them.</summary>
    public long StoredLengthOf(TocEntry entry) =>
        _byId.TryGetValue(entry.Id.Value, out PgTocEntry? stored) && stored.HasData ? StoredLengthOf(stored) : 0;

    /// <summary>The next data in a stream; those before are passed over where they were not read to their end.</summary>
    /// <returns>False where the archive ends, and all data that its table of contents names were there.</returns>
    /// <exception cref="PureDumpException">The archive is damaged there.</exception>
    public bool ReadNext([NotNullWhen(true)] out PgArchiveItem? item)
    {
        _item?.Data?.Dispose();
        _item?.LargeObjects?.Dispose();
        _item = item = Next();
        return item is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _item?.Data?.Dispose();
        _item?.LargeObjects?.Dispose();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether a path is that of an archive of pg_dump: a directory, or a file that begins like one.</summary>
    /// <exception cref="PureDumpException">It cannot be read.</exception>
    public static bool IsAt(string path)
    {
        if (Directory.Exists(path))
        {
            return true;
        }

        using FileStream file = OpenFile(path, $"\"{path}\"");
        byte[] start = new byte[LookSize];
        return IsArchive(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }

    internal static FileStream OpenFile(string path, string name)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not open {name}");
        }
    }

    private protected bool IsAllDelivered => _delivered.Count == _dataCount;

    private protected bool IsDelivered(PgTocEntry entry) => _delivered.Contains(entry.DumpId);

    private protected void Deliver(PgTocEntry entry)
    {
        if (!_delivered.Add(entry.DumpId))
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{Name} is damaged: it holds the data of entry {entry} twice");
        }
    }

    private protected void CheckAllDelivered()
    {
        if (StoredEntries.FirstOrDefault(entry => entry.HasData && !IsDelivered(entry)) is { } missing)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{Name} is truncated: the data of entry {missing} are missing");
        }
    }

    private protected bool TryFindData(int dumpId, [NotNullWhen(true)] out PgTocEntry? entry) =>
        _byId.TryGetValue(dumpId, out entry) && entry.HasData;

    private protected string NameOf(PgTocEntry entry) => $"{Toc[new DumpId(entry.DumpId)].Label} in {Name}";

    private protected PgArchiveItem ItemOf(PgTocEntry stored, Func<Stream> data, Func<LargeObjectReader> largeObjects)
    {
        TocEntry entry = Toc[new DumpId(stored.DumpId)];
        PgDataKind kind = DataKindOf(entry);
        return kind == PgDataKind.LargeObjects
            ? new PgArchiveItem(entry, kind, null, largeObjects())
            : new PgArchiveItem(entry, kind, data(), null);
    }

    private protected abstract Stream OpenData(PgTocEntry entry);

    private protected abstract LargeObjectReader OpenLargeObjects(PgTocEntry entry);

    private protected abstract long StoredLengthOf(PgTocEntry entry);

    private protected abstract PgArchiveItem? Next();

    /// <summary>Gives back what the archive holds.</summary>
    protected abstract void Dispose(bool isDisposing);

    private static PgArchiveReader Open(
        PgArchiveInput input,
        Func<PgArchiveInput, PgArchiveReader> custom,
        Func<PgArchiveInput, PgArchiveReader> tar)
    {
        bool isOpen = false;
        try
        {
            PgArchiveReader archive = input.Peek(PgArchiveHeader.FixedSize).StartsWith(PgArchiveHeader.Magic) ? custom(input)
                : TarHeader.IsHeader(input.Peek(TarHeader.Size)) ? tar(input)
                : throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{input.Name} is not an archive of pg_dump");
            isOpen = true;
            return archive;
        }
        finally
        {
            if (!isOpen)
            {
                input.Dispose();
            }
        }
    }
}
