using PureDump.Formats.Bytes;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>A directory archive: formats/pg-archive.md, section 5 (pg_backup_directory.c).</summary>
/// <remarks>
/// No file of a directory archive may be a symbolic link, a pipe or a device: a link has any file of the machine read as rows, a pipe
/// never answers; <c>cp -rL</c> helps who made links himself.
/// </remarks>
internal sealed class DirectoryArchive : PgArchiveReader
{
    private readonly string _directory;
    private PgTocEntry[]? _order;
    private int _next;

    private DirectoryArchive(string directory, PgToc toc)
        : base(toc, $"\"{directory}\"") => _directory = directory;

    /// <summary>Reads the table of contents.</summary>
    /// <param name="directory">Of the archive.</param>
    public static new DirectoryArchive Open(string directory)
    {
        (string path, StreamMethod method) =
            ArchiveFileNames.Find(directory, ArchiveFileNames.Toc)
            ?? throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"\"{directory}\" is not an archive of pg_dump: it has no {ArchiveFileNames.Toc}");
        string name = $"\"{path}\"";
        using var input = new PgArchiveInput(new DecompressedStream(OpenRegular(path, name), method, isZlib: false, name), name);
        return new DirectoryArchive(
            directory,
            PgToc.Read(input, PgArchiveFormat.Directory, method == StreamMethod.None ? null : new FileInfo(path).Length));
    }

    private protected override Stream OpenData(PgTocEntry entry) => OpenPlain(FileNameOf(entry), NameOf(entry));

    private protected override LargeObjectReader OpenLargeObjects(PgTocEntry entry)
    {
        string name = FileNameOf(entry);
        var input = new PgArchiveInput(OpenPlain(name, NameOf(entry)), $"{name} in {Name}");
        return new ListedLargeObjects(new LargeObjectListReader(input), (oid, file) => OpenPlain(file, $"large object {oid} in {Name}"));
    }

    private protected override long StoredLengthOf(PgTocEntry entry) =>
        ArchiveFileNames.Find(_directory, FileNameOf(entry)) is { } file ? new FileInfo(file.Path).Length : 0;

    // A directory has no order of its own; that of the table of contents is as good as any.
    private protected override PgArchiveItem? Next()
    {
        _order ??= [.. StoredEntries.Where(static entry => entry.HasData)];
        return _next < _order.Length
            ? ItemOf(_order[_next], () => OpenData(_order[_next++]), () => OpenLargeObjects(_order[_next++]))
            : null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        // Nothing is held open between readers.
    }

    private Stream OpenPlain(string fileName, string name)
    {
        (string path, StreamMethod method) = ArchiveFileNames.Find(_directory, fileName)
            ?? throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{Name} is incomplete: there is no file {fileName} for {name}");
        return new DecompressedStream(OpenRegular(path, $"\"{path}\""), method, isZlib: false, name);
    }

    // A link could lead to any file of the machine, and what is read out of a pipe or a device never need end.
    private static FileStream OpenRegular(string path, string name)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{name} is a symbolic link, which no file of an archive may be",
                "cp -rL copies a directory with the files that its links lead to");
        }

        return SpecialFile.IsAt(path)
            ? throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{name} is no regular file, which every file of an archive must be")
            : OpenFile(path, name);
    }

    private string FileNameOf(PgTocEntry entry) =>
        ArchiveFileNames.Checked(
            entry.FileName
                ?? throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{Name} is damaged: entry {entry} does not name its file"),
            Name);
}
