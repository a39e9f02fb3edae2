using System.Runtime.InteropServices;

namespace PureDump.Storage.Local;

/// <summary>
/// A directory for what becomes a target, under a name that nobody can foresee and for its owner alone. In it stand a mark,
/// locked as long as it is written, and <see cref="Content"/>.
/// </summary>
internal sealed partial class StagedDirectory : IDisposable, IStagedOutput
{
    private const uint OwnersDirectory = 0b111_000_000;
    private const int AlreadyExists = 17;
    private const int NotAllowed = 13;
    private const int NotPermitted = 1;

    private readonly string _path;
    private readonly FileStream _mark;

    /// <summary>Makes it.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="target">The last name of what it becomes.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public StagedDirectory(string directory, string target)
    {
        do
        {
            _path = Path.Combine(directory, StagedName.Of(target));
            _mark = TryMake(_path)!;
        }
        while (_mark is null);
        StagedOutputs.Add(this);
    }

    /// <summary>The directory that is to get the target's name, or what is in it; not there yet.</summary>
    public string Content => Path.Combine(_path, "content");

    /// <summary>The file that says by its lock that a staged directory is written. It has the directory's own name.</summary>
    public static string MarkOf(string path) => Path.Combine(path, Path.GetFileName(path));

    /// <summary>Has the content moved to where it belongs.</summary>
    public void Move(Action move)
    {
        StagedOutputs.Complete(this, move);
        Remove();
        _mark.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StagedOutputs.Discard(this);
        _mark.Dispose();
    }

    /// <inheritdoc/>
    public void Remove() => Directory.Delete(_path, recursive: true);

    private static FileStream? TryMake(string path)
    {
        if (MakeDirectory(path, OwnersDirectory) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            string reason = Marshal.GetPInvokeErrorMessage(error);
            return error == AlreadyExists ? null
                : error is NotAllowed or NotPermitted ? throw new UnauthorizedAccessException(reason)
                : throw new IOException(reason, error);
        }

        try
        {
            return FileLock.Make(MarkOf(path));
        }
        catch (DirectoryNotFoundException)
        {
            // Empty as it was, it was taken for a left one.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectory(string path, uint mode);
}
