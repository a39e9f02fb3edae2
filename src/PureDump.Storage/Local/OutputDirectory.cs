using System.Runtime.Versioning;
using PureDump.Formats.Errors;

namespace PureDump.Storage.Local;

/// <summary>
/// A directory of files that appears under its name only when it is whole. One that is there already must be empty: it stays,
/// and gets the files. Disposed of before that, nothing stays.
/// </summary>
internal sealed class OutputDirectory : IDisposable
{
    private const UnixFileMode OwnersDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _path;
    private readonly string _parent;
    private readonly bool _isNew;
    private readonly FileSync _sync;
    private readonly OutputAccess _access;
    private readonly StagedDirectory _staged;

    /// <summary>Makes a directory to write the files into.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="sync">How it is brought to the medium; the files themselves are flushed by who writes them.</param>
    /// <param name="access">Whose it is.</param>
    /// <exception cref="PureDumpException">It cannot be made, or there is something in it (<see cref="ErrorKind.File"/>).</exception>
    public OutputDirectory(string path, FileSync sync, OutputAccess access)
    {
        (_sync, _access) = (sync, access);
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _parent = Path.GetDirectoryName(_path) ?? "/";
        string name = Path.GetFileName(_path);
        try
        {
            _isNew = !Directory.Exists(_path);
            LeftOutputs.Remove(_parent, name);
            LeftOutputs.Remove(_path, name);
            Check(path);
            _staged = new StagedDirectory(_isNew ? _parent : _path, name);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write \"{path}\"");
        }
    }

    /// <summary>The directory to make and to write into.</summary>
    public string Content => _staged.Content;

    /// <summary>Brings the files where they belong.</summary>
    /// <param name="last">The file without which the others are nothing.</param>
    /// <exception cref="PureDumpException">They cannot be brought there; nothing stays (<see cref="ErrorKind.File"/>).</exception>
    public void Commit(string last)
    {
        try
        {
            if (!_isNew && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_path, OwnersDirectory);
            }

            if (_access == OutputAccess.Umask && !OperatingSystem.IsWindows())
            {
                OpenUp();
            }

            Flush(Content);
            _staged.Move(_isNew ? () => Directory.Move(Content, _path) : () => MoveFiles(last));
            Flush(_isNew ? _parent : _path);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write \"{_path}\"");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _staged.Dispose();

    // What other runs are writing there is not in it yet: the first one that ends has the name.
    private void Check(string path)
    {
        string real = LinkedPath.Follow(_path);
        if (_isNew)
        {
            if (Path.Exists(_path) || FileStatus.At(_path) is not null)
            {
                throw new PureDumpException(ErrorKind.File, $"could not write \"{path}\": it is no directory");
            }

            if (!Directory.Exists(_parent))
            {
                throw new PureDumpException(ErrorKind.File, $"could not write \"{path}\": the directory \"{_parent}\" does not exist");
            }
        }
        else if (_access == OutputAccess.Private && FileStatus.At(real) is { } status && status.Owner != FileStatus.User)
        {
            // Its owner could put other files in the place of those that are written.
            throw new PureDumpException(ErrorKind.File, $"could not write \"{path}\": the directory is another user's");
        }
        else if (
            !Directory.EnumerateFileSystemEntries(_path).All(entry => StagedName.IsOf(Path.GetFileName(_path), Path.GetFileName(entry))))
        {
            throw new PureDumpException(ErrorKind.File, $"could not write \"{path}\": the directory is not empty");
        }
    }

    // As pg_dump: the files have the mode that the umask leaves, and are reached by the directory's owner alone (dumputils.c,
    // create_or_open_dir).
    [UnsupportedOSPlatform("windows")]
    private void OpenUp()
    {
        UnixFileMode mode = UmaskMode.OfFile();
        foreach (string file in Directory.EnumerateFiles(Content))
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    private void MoveFiles(string last)
    {
        Check(_path);
        var moved = new List<string>();
        try
        {
            string[] names = [.. Directory.EnumerateFiles(Content).Select(static file => Path.GetFileName(file))];
            foreach (string name in names.OrderBy(name => name == last))
            {
                File.Move(Path.Combine(Content, name), Path.Combine(_path, name), overwrite: false);
                moved.Add(Path.Combine(_path, name));
            }
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            moved.ForEach(File.Delete);
            throw;
        }
    }

    private void Flush(string directory)
    {
        if (_sync != FileSync.None)
        {
            OutputFile.FlushDirectory(directory, _sync);
        }
    }
}
