using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PureDump.Storage.Local;

/// <summary>
/// Tells what a run writes from what a killed one left: who writes a file holds a shared lock on it (flock(2)), which the kernel takes
/// away when the process is gone, however it ended. Who can have it alone has a file that nobody writes.
/// </summary>
internal static partial class FileLock
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int TryAgain = 11;
    private const int Interrupted = 4;
    private const int Create = 0x40;
    private const int OwnersMode = 0b110_000_000;

    // O_RDWR, O_NONBLOCK, O_NOFOLLOW, O_CLOEXEC.
    private const int ReadWriteAsItIs = 0x2 | 0x800 | 0x20000 | 0x80000;

    /// <summary>
    /// Makes a file for its owner alone, and locks it. It is new: what stands at the path, a link too, is neither opened nor followed.
    /// Null where somebody has come in between and removes it, or where there is a file already.
    /// </summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static FileStream? Make(string path)
    {
        FileStream file;
        try
        {
            // It may be read while it is locked; this run reads it back before it gets its name.
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Read,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                // A dump holds everything its role may read: nobody else should.
                options.UnixCreateMode = OwnersFile;
            }

            file = new FileStream(path, options);
        }
        catch (IOException e) when (e.HResult == TryAgain || FileStatus.At(path) is not null)
        {
            return null;
        }

        // A file system without locks takes none from those either who look for what was left: they leave everything.
        bool isLost = Lock(file.SafeFileHandle, Shared | NonBlocking) != 0 && Marshal.GetLastPInvokeError() == TryAgain;
        if (isLost || FileStatus.Of(file.SafeFileHandle).LinkCount == 0)
        {
            file.Dispose();
            return null;
        }

        return file;
    }

    /// <summary>
    /// Opens a file that nobody writes any more, and locks it for oneself. Null for anything else: one that is written, one of another
    /// user or that others may read, one with more names, a link, a device.
    /// </summary>
    public static SafeFileHandle? TakeLeft(string path)
    {
        if (FileStatus.At(path) is not { } seen || !IsOwn(seen))
        {
            return null;
        }

        var file = new SafeFileHandle(Open(path, ReadWriteAsItIs, 0), ownsHandle: true);
        if (!file.IsInvalid
            && IsOwn(FileStatus.Of(file))
            && Lock(file, Exclusive | NonBlocking) == 0
            && FileStatus.At(path) is { } now
            && now.IsSameFile(FileStatus.Of(file)))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Opens a file that is there for its lock alone, or makes it, and waits until nobody else has the lock. Closing gives it
    /// back. No link is followed.</summary>
    /// <exception cref="IOException">It cannot be opened, or the file system has no locks.</exception>
    public static SafeFileHandle TakeAlone(string path)
    {
        var file = new SafeFileHandle(Open(path, ReadWriteAsItIs | Create, OwnersMode), ownsHandle: true);
        if (file.IsInvalid)
        {
            throw new IOException($"could not open the lock \"{path}\": {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }

        while (Lock(file, Exclusive) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                file.Dispose();
                throw new IOException($"could not lock \"{path}\": {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }

        return file;
    }

    private static bool IsOwn(FileStatus status) =>
        status is { IsRegular: true, LinkCount: 1, Mode: OwnersFile } && status.Owner == FileStatus.User;

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);
}
