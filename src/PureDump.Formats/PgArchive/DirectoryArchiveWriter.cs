using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>Writes a directory archive: formats/pg-archive.md, section 5 (pg_backup_directory.c). Several threads may write data.</summary>
internal sealed class DirectoryArchiveWriter : PgArchiveWriter
{
    private const UnixFileMode OwnersDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory;
    private readonly string _shown;
    private readonly bool _isNew;
    private readonly Lock _lock = new();
    private readonly List<string> _made = [];
    private readonly List<FileStream> _open = [];
    private bool _isComplete;

    // The one list of large objects for old readers, of all groups.
    private FileStream? _list;

    /// <summary>Makes the directory.</summary>
    /// <param name="directory">Must not be there, or empty.</param>
    /// <param name="settings">How.</param>
    /// <param name="shown">What errors call it.</param>
    public DirectoryArchiveWriter(string directory, PgArchiveSettings settings, string shown)
        : base(PgArchiveFormat.Directory, settings)
    {
        _directory = directory;
        _shown = shown;
        try
        {
            if (File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()))
            {
                throw new PureDumpException(
                    ErrorKind.File,
                    $"could not write \"{shown}\": {(File.Exists(directory) ? "it is no directory" : "the directory is not empty")}");
            }

            _isNew = !Directory.Exists(directory);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else if (_isNew)
            {
                // A dump holds everything its role may read: nobody else should.
                Directory.CreateDirectory(directory, OwnersDirectory);
            }
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write \"{shown}\"");
        }
    }

    private protected override void WriteBegin(Toc toc)
    {
        // The table of contents is what makes it an archive: it is written last.
    }

    private protected override Stream OpenData(TocEntry entry, Action end) => OpenCompressed(ArchiveFileNames.Data(entry.Id.Value), end);

    private protected override LargeObjectWriter OpenLargeObjects(DumpId entry, bool isFirst, bool isLast, Action end)
    {
        FileStream list;
        lock (_lock)
        {
            string name = ArchiveFileNames.LargeObjectList(Settings.Version, entry.Value);
            list = IsMerged ? _list ??= Make(name) : Make(name);
        }

        return new LargeObjectWriter(
            oid => BeginLargeObject(list, oid),
            () =>
            {
                if (!IsMerged)
                {
                    Close(list);
                }

                end();
            }
        );
    }

    private protected override void WriteEnd(Toc toc)
    {
        if (_list is not null)
        {
            Close(_list);
        }

        FileStream file = Make(ArchiveFileNames.Toc);
        var output = new PgArchiveOutput(file, $"\"{Shown(file)}\"");
        Stored.Write(output);
        output.Flush();
        Close(file);
        _isComplete = true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        if (_isComplete)
        {
            return;
        }

        foreach (FileStream file in _open)
        {
            file.Dispose();
        }

        foreach (string path in _made)
        {
            File.Delete(path);
        }

        // Who disposes of it once more finds nothing left to do.
        _open.Clear();
        _made.Clear();
        if (_isNew && Directory.Exists(_directory) && !Directory.EnumerateFileSystemEntries(_directory).Any())
        {
            Directory.Delete(_directory);
        }
    }

    // Other workers may write into the same list.
    private EntryWriteStream BeginLargeObject(FileStream list, uint oid)
    {
        string name = ArchiveFileNames.LargeObject(oid);
        Guarded(
            name,
            () =>
            {
                lock (_lock)
                {
                    list.Write(Encoding.ASCII.GetBytes($"{oid} {name}\n"));
                }
            }
        );
        return OpenCompressed(name, static () => { });
    }

    private EntryWriteStream OpenCompressed(string name, Action end)
    {
        FileStream file = Make(name + ArchiveFileNames.SuffixOf(Settings.Compression.Method));
        var output = new PgArchiveOutput(file, $"\"{Shown(file)}\"");
        return new EntryWriteStream(
            output,
            Settings.Compression,
            isZlib: false,
            () =>
            {
                output.Flush();
                Close(file);
                end();
            }
        );
    }

    private string Shown(FileStream file) => Path.Combine(_shown, Path.GetFileName(file.Name));

    private FileStream Make(string name)
    {
        string path = Path.Combine(_directory, name);
        return Guarded(
            name,
            () =>
            {
                var options = new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Share = FileShare.None,
                    BufferSize = 0,
                };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = OwnersFile;
                }

                var file = new FileStream(path, options);
                lock (_lock)
                {
                    _made.Add(path);
                    _open.Add(file);
                }

                return file;
            }
        );
    }

    private void Close(FileStream file)
    {
        Guarded(
            Path.GetFileName(file.Name),
            () =>
            {
                file.Flush(Settings.FlushToDisk);
                file.Dispose();
            }
        );
        lock (_lock)
        {
            _open.Remove(file);
        }
    }

    private void Guarded(string name, Action step) =>
        Guarded(
            name,
            () =>
            {
                step();
                return true;
            }
        );

    private T Guarded<T>(string name, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write \"{Path.Combine(_shown, name)}\"");
        }
    }
}
