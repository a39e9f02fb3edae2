using System.Runtime.InteropServices;
using PureDump.Formats.Bytes;
using PureDump.Formats.Errors;

namespace PureDump.Storage.Local;

/// <summary>
/// A file that appears under its name only when it is whole: written beside it under a temporary name, flushed to the
/// medium, renamed, the directory flushed. Disposed of before that, nothing stays. What cannot be replaced so that nobody
/// loses by it is written as it is.
/// </summary>
internal sealed partial class OutputFile : StagedOutput
{
    private const int Busy = 16;

    private readonly string _path;
    private readonly FileSync _sync;
    private readonly OutputAccess _access;

    // The one or the other.
    private readonly StagedFile? _staged;
    private readonly FileStream? _inPlace;

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">The final name. A device or a named pipe is written as it is.</param>
    /// <param name="sync">How it is brought to the medium.</param>
    /// <param name="access">Whose it is.</param>
    /// <exception cref="PureDumpException">It cannot be made (<see cref="ErrorKind.File"/>).</exception>
    public OutputFile(string path, FileSync sync = FileSync.File, OutputAccess access = OutputAccess.Private)
    {
        (_sync, _access) = (sync, access);
        try
        {
            Check(path);
            _path = TargetOf(path);
            if (SpecialFile.IsAt(path))
            {
                Stream = _inPlace = OpenInPlace(path);
                return;
            }

            _path = Path.GetFullPath(_path);
            _staged = Stage();
            if (_staged is null)
            {
                _inPlace = OpenInPlace(_path);
                Stream = new InPlaceStream(_inPlace);
            }
            else
            {
                Stream = sync == FileSync.File ? new WritebackStream(_staged.Stream) : _staged.Stream;
            }
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write \"{path}\"");
        }
    }

    /// <inheritdoc/>
    public override Stream Stream { get; }

    /// <summary>Has a file written and makes it last; where that fails, none is left.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="sync">How it is brought to the medium.</param>
    /// <param name="write">Writes it. What of it fails for the file is named by the path.</param>
    /// <param name="check">As for <see cref="Commit"/>.</param>
    /// <param name="access">Whose it is.</param>
    /// <exception cref="PureDumpException">Any failure.</exception>
    public static T Write<T>(
        string path, FileSync sync, Func<Stream, T> write, Action<IRangeReader> check, OutputAccess access = OutputAccess.Private)
    {
        using var file = new OutputFile(path, sync, access);
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

    /// <summary>True where writing a file would replace another one, or one in it where that is a directory, whatever links lead
    /// there.</summary>
    /// <param name="path">What is to be written.</param>
    /// <param name="other">What is to stay as it is; need not be there yet.</param>
    /// <exception cref="PureDumpException">Links lead in a circle (<see cref="ErrorKind.File"/>).</exception>
    public static bool Replaces(string path, string other)
    {
        (string written, string kept) = (LinkedPath.Follow(path), LinkedPath.Follow(other));
        return written == kept || written.StartsWith($"{kept}/", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override void Commit(Action<IRangeReader> check)
    {
        try
        {
            if (_staged is null)
            {
                (Stream as InPlaceStream)?.Empty();
                _inPlace!.Flush(flushToDisk: _sync == FileSync.File && Stream is InPlaceStream);
                _inPlace.Dispose();
                return;
            }

            _staged.Stream.Flush(flushToDisk: _sync == FileSync.File);
            check(FileRange.Open(_staged.Path));
            if (_access == OutputAccess.Private || IsReplaceable(_staged))
            {
                Replace(_staged);
            }
            else
            {
                CopyInto(_staged);
            }

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
    protected override void Dispose(bool disposing)
    {
        _staged?.Dispose();
        _inPlace?.Dispose();
    }

    // Null where the file must be written as it is: another one in its place would not be the same to others, or there can be
    // none beside it.
    private StagedFile? Stage()
    {
        StagedFile staged;
        try
        {
            staged = new StagedFile(_path);
        }
        catch (Exception e) when (_access == OutputAccess.Umask && FileErrors.IsKnown(e) && File.Exists(_path))
        {
            return null;
        }

        if (_access == OutputAccess.Private || IsReplaceable(staged))
        {
            return staged;
        }

        staged.Dispose();
        return null;
    }

    // Nobody can tell it from the one that is there, or there is none.
    private bool IsReplaceable(StagedFile staged) =>
        FileStatus.At(_path) is not { } there
        || (there is { IsRegular: true, LinkCount: 1 }
            && there.Owner == FileStatus.User
            && there.Group == FileStatus.Of(staged.Stream.SafeFileHandle).Group
            && ExtendedAttributes.AreSame(_path, staged.Path));

    private void Replace(StagedFile staged)
    {
        if (_access == OutputAccess.Umask && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(staged.Stream.SafeFileHandle, FileStatus.At(_path)?.Mode ?? UmaskMode.OfFile());
        }

        try
        {
            staged.MoveTo(_path);
        }
        catch (IOException e) when (e.HResult == Busy && _access == OutputAccess.Umask)
        {
            // A file that something is mounted on, as into a container.
            CopyInto(staged);
        }
    }

    // Somebody has made another name of the file meanwhile, or has given it away.
    private void CopyInto(StagedFile staged)
    {
        using FileStream file = OpenInPlace(_path);
        file.SetLength(0);
        staged.Stream.Position = 0;
        staged.Stream.CopyTo(file);
        file.Flush(flushToDisk: _sync == FileSync.File);
    }

    private static FileStream OpenInPlace(string path) => new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    // A link stays a link: what it points to is replaced. One in /proc to a pipe points to no path.
    private static string TargetOf(string path)
    {
        if (!IsLink(path))
        {
            return path;
        }

        string target = LinkedPath.Follow(path);
        return SpecialFile.IsAt(path) ? path : target;
    }

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
