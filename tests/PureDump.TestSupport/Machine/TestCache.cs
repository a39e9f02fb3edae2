using System.Runtime.InteropServices;

namespace PureDump.TestSupport;

/// <summary>
/// The per-user directory of things fetched once (servers, the oracle). An unprivileged user must be able to execute
/// what root puts there, so root's does not lie below its private home.
/// </summary>
internal static partial class TestCache
{
    private const int LockExclusive = 2;

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
        using var gate = new FileStream(Path.Combine(Root, name + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (FLock(gate.SafeFileHandle, LockExclusive) != 0)
        {
            throw new IOException($"cannot lock {gate.Name}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        action();
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeHandle file, int operation);
}
