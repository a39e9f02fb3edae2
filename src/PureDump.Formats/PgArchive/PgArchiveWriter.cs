using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// Writes an archive that pg_restore reads: formats/pg-archive.md. The table of contents comes first, then the data of
/// each entry that has some; only then it can be completed. After a failure it cannot be completed any more.
/// </summary>
internal abstract class PgArchiveWriter : IDisposable
{
    /// <summary>The file of a directory archive that is written last.</summary>
    public const string TocFile = ArchiveFileNames.Toc;

    private readonly Lock _lock = new();
    private readonly HashSet<DumpId> _begun = [];
    private Toc? _toc;
    private DumpId[] _largeObjects = [];
    private int _largeObjectsBegun;
    private int _openCount;
    private int _endedCount;

    private protected PgArchiveWriter(PgArchiveFormat format, PgArchiveSettings settings)
    {
        if (settings.Version != PgArchiveVersion.Newest && settings.Version != PgArchiveVersion.ForOldReaders)
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"archives are written in version {PgArchiveVersion.Newest} or {PgArchiveVersion.ForOldReaders}, not {settings.Version}");
        }

        StreamMethod method = settings.Compression.Method;
        if (format == PgArchiveFormat.Tar && method != StreamMethod.None)
        {
            throw new PureDumpException(ErrorKind.Usage, "compression is not supported by tar archive format");
        }

        if (!settings.Version.HasCompressionMethod && method is not (StreamMethod.None or StreamMethod.Gzip))
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"an archive of version {settings.Version} cannot be compressed with {method.ToString().ToLowerInvariant()}",
                "use gzip or none");
        }

        Format = format;
        Settings = settings;
    }

    /// <summary>Data must be written one entry after the other; in any order, but for old readers large objects without others
    /// between.</summary>
    public bool IsSequential => Format != PgArchiveFormat.Directory;

    private protected PgArchiveFormat Format { get; }

    private protected PgArchiveSettings Settings { get; }

    /// <summary>What is written of the table of contents.</summary>
    private protected PgToc Stored { get; private set; } = null!;

    /// <summary>A writer of a custom archive.</summary>
    /// <param name="output">Where to; left open. Where it can be sought, offsets are written into the table of contents in the end.</param>
    /// <param name="settings">How.</param>
    /// <exception cref="PureDumpException">The settings do not go together (<see cref="ErrorKind.Usage"/>).</exception>
    public static PgArchiveWriter ToCustom(Stream output, PgArchiveSettings settings) => new CustomArchiveWriter(output, settings);

    /// <summary>A writer of a tar archive.</summary>
    /// <param name="output">Where to; left open. Where it cannot be sought, members pass through a temporary file.</param>
    /// <param name="settings">How.</param>
    /// <exception cref="PureDumpException">The settings do not go together (<see cref="ErrorKind.Usage"/>).</exception>
    public static PgArchiveWriter ToTar(Stream output, PgArchiveSettings settings) => new TarArchiveWriter(output, settings);

    /// <summary>A writer of a directory archive. What it made is removed again where it is disposed of before it was completed.</summary>
    /// <param name="path">Of the directory; must not be there, or empty.</param>
    /// <param name="settings">How.</param>
    /// <param name="shownAs">What errors call the directory, where it is to get another name.</param>
    /// <exception cref="PureDumpException">The directory cannot be used (<see cref="ErrorKind.File"/>), or the settings do not
    /// go together (<see cref="ErrorKind.Usage"/>).</exception>
    public static PgArchiveWriter ToDirectory(string path, PgArchiveSettings settings, string? shownAs = null) =>
        new DirectoryArchiveWriter(path, settings, shownAs ?? path);

    /// <summary>Takes the table of contents, before anything else.</summary>
    public void Begin(Toc toc)
    {
        _toc = toc;
        _largeObjects = [.. toc.Entries.Where(static entry => entry.Kind == EntryKind.LargeObjects).Select(static entry => entry.Id)];
        Stored = PgToc.Of(toc, Format, Settings);
        WriteBegin(toc);
    }

    /// <summary>
    /// Begins the data of an entry that are not large objects. Rows must end with <see cref="CopyText.End"/>.
    /// </summary>
    /// <returns>Takes the data; disposing of it ends them.</returns>
    public Stream BeginData(TocEntry entry)
    {
        BeginEntry(entry, entry.Kind == EntryKind.TableData);
        return OpenData(entry, () => EndEntry());
    }

    /// <summary>Begins the large objects of an entry.</summary>
    public LargeObjectWriter BeginLargeObjects(TocEntry entry)
    {
        BeginEntry(entry, entry.Kind == EntryKind.LargeObjects);
        return IsMerged
            ? OpenLargeObjects(
                _largeObjects[0],
                isFirst: _largeObjectsBegun == 1,
                isLast: _largeObjectsBegun == _largeObjects.Length,
                () => EndEntry())
            : OpenLargeObjects(entry.Id, isFirst: true, isLast: true, () => EndEntry());
    }

    /// <summary>Ends the archive.</summary>
    /// <exception cref="PureDumpException">Data are missing (<see cref="ErrorKind.Internal"/>), or it cannot be written.</exception>
    public void Complete()
    {
        int due = _toc?.Entries.Count(static entry => entry.HasBlocks) ?? -1;
        if (_endedCount != due)
        {
            throw new PureDumpException(ErrorKind.Internal, $"an archive has the data of {_endedCount} entries, {due} were announced");
        }

        WriteEnd(_toc!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    // Old readers know one entry for all contents: those of all groups become one.
    private protected bool IsMerged => !Settings.Version.HasLargeObjectGroups;

    private protected abstract void WriteBegin(Toc toc);

    private protected abstract Stream OpenData(TocEntry entry, Action end);

    /// <summary>Begins large objects.</summary>
    /// <param name="entry">Whose, as it stands in the archive.</param>
    /// <param name="isFirst">Nothing of the entry was written yet. As the next only where data are written one after the other.</param>
    /// <param name="isLast">Nothing of the entry will follow.</param>
    /// <param name="end">To be called in the end.</param>
    private protected abstract LargeObjectWriter OpenLargeObjects(DumpId entry, bool isFirst, bool isLast, Action end);

    private protected abstract void WriteEnd(Toc toc);

    /// <summary>Gives back what the writer holds.</summary>
    protected abstract void Dispose(bool isDisposing);

    private void BeginEntry(TocEntry entry, bool isRightKind)
    {
        bool isLargeObjects = entry.Kind == EntryKind.LargeObjects;
        lock (_lock)
        {
            bool isFree = !IsSequential || _openCount == 0;
            bool isBetween =
                IsMerged && IsSequential && !isLargeObjects && _largeObjectsBegun > 0 && _largeObjectsBegun < _largeObjects.Length;
            if (!isRightKind || _toc is null || !isFree || isBetween || !_begun.Add(entry.Id))
            {
                throw new PureDumpException(ErrorKind.Internal, $"the data of {entry.Label} cannot begin here");
            }

            _openCount++;
            _largeObjectsBegun += isLargeObjects ? 1 : 0;
        }
    }

    private void EndEntry()
    {
        lock (_lock)
        {
            _openCount--;
            _endedCount++;
        }
    }
}
