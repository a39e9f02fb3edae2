using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PureDump.Formats.Errors;

namespace PureDump.Storage.Local;

/// <summary>
/// A store in a directory: a blob is a regular file, the parts of its name are directories. Links in it are neither followed nor listed,
/// and names that begin with a dot are not blobs. Files and directories are made for their owner alone.
/// </summary>
internal sealed partial class LocalStore : IBlobStore
{
    private const UnixFileMode OwnersDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int CurrentDirectory = -100;
    private const uint NoReplace = 1;
    private const int AlreadyExists = 17;
    private const int InvalidArgument = 22;
    private const int NoSuchCall = 38;
    private const int CopyBufferMin = 1 << 16;

    private readonly string _root;

    private LocalStore(string root) => _root = root;

    /// <inheritdoc/>
    public string Name => _root;

    private string LockPath => Path.Combine(_root, ".lock");

    /// <summary>Opens the store in a directory.</summary>
    /// <param name="directory">Made where it is not there; its parent is.</param>
    /// <exception cref="PureDumpException">It cannot be made, or is no directory (<see cref="ErrorKind.File"/>).</exception>
    public static LocalStore Open(string directory)
    {
        string root = Path.GetFullPath(directory);
        try
        {
            if (!Directory.Exists(root))
            {
                MakeDirectory(root);
            }

            return new LocalStore(root);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not open the store \"{directory}\"");
        }
    }

    /// <inheritdoc/>
    public async Task<BlobInfo?> PutAsync(BlobName name, PipeReader content, PutCondition condition, CancellationToken cancellation)
    {
        Exception? failure = null;
        try
        {
            string path = PathOf(name, makesDirectories: true);
            using var staged = new StagedFile(path);
            await CopyAsync(content, staged.Stream, cancellation);
            staged.Stream.Flush(flushToDisk: true);
            cancellation.ThrowIfCancellationRequested();
            if (!TryCommit(staged, path, name, condition))
            {
                return null;
            }

            OutputFile.FlushDirectory(Path.GetDirectoryName(path)!, FileSync.File);
            return InfoOf(name, FileStatus.Of(staged.Stream.SafeFileHandle));
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            failure = e;
            throw FileErrors.Translate(e, $"could not write \"{_root}/{name}\"");
        }
        finally
        {
            await content.CompleteAsync(failure);
        }
    }

    /// <inheritdoc/>
    public Task<BlobInfo?> StatAsync(BlobName name, CancellationToken cancellation)
    {
        string path = PathOf(name, makesDirectories: false);
        return Task.FromResult(FileStatus.At(path) is { IsRegular: true } status ? InfoOf(name, status) : null);
    }

    /// <inheritdoc/>
    public async Task<BlobInfo?> ReadAsync(BlobName name, long offset, long? length, PipeWriter target, CancellationToken cancellation)
    {
        try
        {
            using SafeFileHandle? file = OpenRegular(PathOf(name, makesDirectories: false));
            if (file is null)
            {
                return null;
            }

            BlobInfo info = InfoOf(name, FileStatus.Of(file));
            long end = length is { } count && count < info.Length - offset ? offset + count : info.Length;
            while (offset < end)
            {
                Memory<byte> room = target.GetMemory(CopyBufferMin);
                int read = await RandomAccess.ReadAsync(file, room[..(int)Math.Min(room.Length, end - offset)], offset, cancellation);
                if (read == 0)
                {
                    throw new EndOfStreamException("it has become shorter");
                }

                target.Advance(read);
                offset += read;
                if ((await target.FlushAsync(cancellation)).IsCompleted)
                {
                    break;
                }
            }

            return info;
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not read \"{_root}/{name}\"");
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A directory at a time: only one's names, and those of the directories above it, are held.
        var open = new Stack<IEnumerator<string>>();
        open.Push(Names("", prefix).GetEnumerator());
        while (open.TryPeek(out IEnumerator<string>? names))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!names.MoveNext())
            {
                open.Pop();
                continue;
            }

            string name = names.Current;
            if (name.EndsWith('/'))
            {
                open.Push(Names(name, prefix).GetEnumerator());
            }
            else if (FileStatus.At(Path.Combine(_root, name)) is { IsRegular: true } status)
            {
                yield return InfoOf(BlobName.Of(name), status);
            }
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(BlobName name, CancellationToken cancellation)
    {
        string path = PathOf(name, makesDirectories: false);
        try
        {
            if (FileStatus.At(path) is { IsRegular: true })
            {
                using SafeFileHandle commits = LockCommits();
                File.Delete(path);
                OutputFile.FlushDirectory(Path.GetDirectoryName(path)!, FileSync.File);
            }

            return Task.CompletedTask;
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not remove \"{_root}/{name}\"");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task CopyAsync(PipeReader content, FileStream file, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult result = await content.ReadAsync(cancellation);
            foreach (ReadOnlyMemory<byte> piece in result.Buffer)
            {
                await file.WriteAsync(piece, cancellation);
            }

            content.AdvanceTo(result.Buffer.End);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException(cancellation);
            }

            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private static BlobInfo InfoOf(BlobName name, FileStatus status) => new(
        name,
        status.Length,
        string.Create(CultureInfo.InvariantCulture, $"{status.Inode:x}-{status.ModifiedNs:x}-{status.Length:x}"),
        DateTimeOffset.UnixEpoch.AddTicks(status.ModifiedNs / 100));

    // Nothing is opened through a link: what was opened is the file that stood there.
    private static SafeFileHandle? OpenRegular(string path)
    {
        if (FileStatus.At(path) is not { IsRegular: true } seen)
        {
            return null;
        }

        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        if (FileStatus.Of(file).IsRegular && FileStatus.At(path) is { IsRegular: true } now && now.IsSameFile(FileStatus.Of(file)))
        {
            return file;
        }

        file.Dispose();

        // Another blob has the name by now.
        return seen.IsRegular ? OpenRegular(path) : null;
    }

    private static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnersDirectory);
        }

        OutputFile.FlushDirectory(Path.GetDirectoryName(path) ?? "/", FileSync.File);
    }

    // Of two commits under a condition one is the first; without locks on the file system that holds for absence alone, which the kernel
    // checks itself.
    private bool TryCommit(StagedFile staged, string path, BlobName name, PutCondition condition)
    {
        using SafeFileHandle commits = LockCommits();
        BlobInfo? there = FileStatus.At(path) is { } status ? InfoOf(name, status) : null;
        if (!condition.IsMetBy(there))
        {
            return false;
        }

        return condition.NeedsAbsence ? staged.TryMoveTo(path, MoveToAbsent) : staged.TryMoveTo(path, MoveOver);
    }

    private static bool MoveOver(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        return true;
    }

    private static bool MoveToAbsent(string from, string to)
    {
        if (Rename(CurrentDirectory, from, CurrentDirectory, to, NoReplace) == 0)
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        if (error is InvalidArgument or NoSuchCall)
        {
            // A file system that has no such call; a second name is refused where there is one.
            if (Link(from, to) == 0)
            {
                File.Delete(from);
                return true;
            }

            error = Marshal.GetLastPInvokeError();
        }

        return error == AlreadyExists ? false : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    private SafeFileHandle LockCommits() => FileLock.TakeAlone(LockPath);

    // Each directory on the way is one, not a link to one.
    private string PathOf(BlobName name, bool makesDirectories)
    {
        string[] parts = name.ToString().Split('/');
        string path = _root;
        foreach (string part in parts.AsSpan(0, parts.Length - 1))
        {
            path = Path.Combine(path, part);
            FileStatus? status = FileStatus.At(path);
            if (status is null && makesDirectories)
            {
                MakeDirectory(path);
                status = FileStatus.At(path);
            }

            if (status is { IsDirectory: false })
            {
                throw new PureDumpException(ErrorKind.File, $"\"{path}\" in the store is no directory");
            }
        }

        return Path.Combine(path, parts[^1]);
    }

    // In the order of whole names: a directory stands where its slash puts it.
    private IEnumerable<string> Names(string directory, string prefix)
    {
        IEnumerable<FileSystemInfo> entries;
        try
        {
            entries = new DirectoryInfo(Path.Combine(_root, directory)).GetFileSystemInfos();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not list \"{_root}/{directory}\"");
        }

        return entries
            .Where(static entry => entry.LinkTarget is null)
            .Select(entry => $"{directory}{entry.Name}{(entry is DirectoryInfo ? "/" : "")}")
            .Where(name => BlobName.IsValid(name.TrimEnd('/')) && IsWithin(name, prefix))
            .Order(Comparer<string>.Create(BlobName.Compare));
    }

    private static bool IsWithin(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) || (name.EndsWith('/') && prefix.StartsWith(name, StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
