using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PureDump.TestSupport;

/// <summary>
/// The per-user directory of things fetched once (servers, the oracle). An unprivileged user must be able to execute
/// what root puts there, so root's does not lie below its private home.
/// </summary>
public static partial class TestCache
{
    private const int LockExclusive = 2;
    private const int LockFree = 8;
    private const int OpenToWriteMadeAndClosedOnExec = 1 | 0x40 | 0x8_0000; // O_WRONLY | O_CREAT | O_CLOEXEC of Linux
    private const int OwnerOnly = 0b110_000_000;

    /// <summary>Where it is; PUREDUMP_TEST_CACHE names another place.</summary>
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("PUREDUMP_TEST_CACHE") is { Length: > 0 } given ? given
        : Environment.IsPrivilegedProcess ? "/var/cache/puredump-tests"
        : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? Path.Combine(xdg, "puredump-tests")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "puredump-tests");

    /// <summary>
    /// The directory <paramref name="name"/>, filled by <paramref name="fill"/> if it is not there yet. It appears whole
    /// or not at all, and one process at a time fills it; others wait for the lock.
    /// </summary>
    public static string Directory(string name, Action<string> fill)
    {
        var final = Path.Combine(Root, name);
        if (System.IO.Directory.Exists(final))
        {
            return final;
        }

        Locked(name, () =>
        {
            if (System.IO.Directory.Exists(final))
            {
                return;
            }

            var aside = final + ".partial";
            if (System.IO.Directory.Exists(aside))
            {
                System.IO.Directory.Delete(aside, recursive: true);
            }

            System.IO.Directory.CreateDirectory(aside);
            fill(aside);
            System.IO.Directory.Move(aside, final);
        });
        return final;
    }

    /// <summary>Runs <paramref name="action"/> while no other process of this user runs one of the same name.</summary>
    public static void Locked(string name, Action action)
    {
        System.IO.Directory.CreateDirectory(Root);

        // Not a FileStream: whatever its FileShare, it takes a lock of its own without waiting, and fails beside ours.
        var path = Path.Combine(Root, name + ".lock");
        using var gate = Open(path, OpenToWriteMadeAndClosedOnExec, OwnerOnly);
        if (gate.IsInvalid || FLock(gate, LockExclusive) != 0)
        {
            throw new IOException($"cannot lock {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            action();
        }
        finally
        {
            // Closing is not enough: a process that another thread is just starting has the open file too, and with it the lock.
            _ = FLock(gate, LockFree);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeHandle file, int operation);
}
