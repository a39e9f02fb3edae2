using System.Runtime.InteropServices;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;

namespace PureDump.Engine.Files;

/// <summary>
/// A file that appears under its name only when it is whole: written beside it under a temporary name, flushed to the
/// medium, renamed, the directory flushed. Disposed of before that, nothing stays.
/// </summary>
internal sealed partial class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string? _temporaryPath;
    private readonly FileSync _sync;
    private readonly FileStream _file;
    private bool _isCommitted;

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">The final name. A device or a named pipe is written as it is.</param>
    /// <param name="sync">How it is brought to the medium.</param>
    /// <exception cref="PureDumpException">It cannot be made (<see cref="ErrorKind.File"/>).</exception>
    public OutputFile(string path, FileSync sync = FileSync.File)
    {
        _sync = sync;
        try
        {
            Check(path);
            _path = TargetOf(path);
            if (SpecialFile.IsAt(path))
            {
                Stream = _file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                return;
            }

            _temporaryPath = Path.Combine(DirectoryOf(_path), $".{Path.GetFileName(_path)}.{Environment.ProcessId}.partial");
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                // A dump holds everything its role may read: nobody else should.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            _file = new FileStream(_temporaryPath, options);
            Stream = sync == FileSync.File ? new WritebackStream(_file) : _file;
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write \"{path}\"");
        }
    }

    /// <summary>Where to write.</summary>
    public Stream Stream { get; }

    /// <summary>Has a file written and makes it last; where that fails, none is left.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="sync">How it is brought to the medium.</param>
    /// <param name="write">Writes it. What of it fails for the file is named by the path.</param>
    /// <param name="check">As for <see cref="Commit"/>.</param>
    /// <exception cref="PureDumpException">Any failure.</exception>
    public static T Write<T>(string path, FileSync sync, Func<Stream, T> write, Action<string> check)
    {
        using var file = new OutputFile(path, sync);
        T result;
        try
        {
            result = write(file.Stream);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.File)
        {
            throw e.Named(path);
        }

        file.Commit(check);
        return result;
    }

    /// <summary>Refuses a path that cannot be written, as far as that shows without writing.</summary>
    /// <exception cref="PureDumpException">It is a directory, or in none (<see cref="ErrorKind.File"/>).</exception>
    public static void Check(string path)
    {
        if (path.Length == 0)
        {
            throw new PureDumpException(ErrorKind.File, "could not write \"\": a file must have a name");
        }

        if (Directory.Exists(path))
        {
            throw new PureDumpException(ErrorKind.File, $"could not write \"{path}\": it is a directory");
        }

        string directory = DirectoryOf(TargetOf(path));
        if (!Directory.Exists(directory))
        {
            throw new PureDumpException(ErrorKind.File, $"could not write \"{path}\": the directory \"{directory}\" does not exist");
        }
    }

    /// <summary>True where writing a file would replace another one, or one in it where that is a directory, whatever links lead there.</summary>
    /// <param name="path">What is to be written.</param>
    /// <param name="other">What is to stay as it is; need not be there yet.</param>
    /// <exception cref="PureDumpException">Links lead in a circle (<see cref="ErrorKind.File"/>).</exception>
    public static bool Replaces(string path, string other)
    {
        (string written, string kept) = (LinkedPath.Follow(path), LinkedPath.Follow(other));
        return written == kept || written.StartsWith($"{kept}/", StringComparison.Ordinal);
    }

    /// <summary>Makes what was written last and gives it its name.</summary>
    /// <param name="check">Reads back what is cheap to read back, by the temporary name, and throws where it is not whole.</param>
    public void Commit(Action<string> check)
    {
        try
        {
            if (_temporaryPath is null)
            {
                _file.Flush();
                _file.Dispose();
                return;
            }

            _file.Flush(flushToDisk: _sync == FileSync.File);
            _file.Dispose();
            check(_temporaryPath);
            File.Move(_temporaryPath, _path, overwrite: true);
            _isCommitted = true;
            if (_sync != FileSync.None)
            {
                FlushDirectory(DirectoryOf(_path), _sync);
            }
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write \"{_path}\"");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        if (!_isCommitted && _temporaryPath is not null)
        {
            File.Delete(_temporaryPath);
        }
    }

    // A link stays a link: what it points to is replaced. One in /proc to a pipe points to no path.
    private static string TargetOf(string path) => !SpecialFile.IsAt(path) && IsLink(path) ? LinkedPath.Follow(path) : path;

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";

    /// <summary>Brings the names in a directory to the medium, or with it all of its file system.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public static void FlushDirectory(string directory, FileSync sync)
    {
        const int readOnly = 0;
        int descriptor = Open(directory, readOnly);
        if (descriptor < 0)
        {
            throw new IOException($"could not open the directory \"{directory}\" to flush it (errno {Marshal.GetLastPInvokeError()})");
        }

        int result = sync == FileSync.FileSystem ? SyncFileSystem(descriptor) : Fsync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        const int invalidArgument = 22;
        if (result != 0 && error != invalidArgument)
        {
            // Some file systems cannot flush a directory and say EINVAL; anything else is a failure.
            throw new IOException($"could not flush the directory \"{directory}\" (errno {error})");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
