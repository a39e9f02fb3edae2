using System.Runtime.InteropServices;

namespace PureDump.Postgres.Wire;

/// <summary>
/// A server that sends rows flushes 8 KiB at a time, and a reader that is quicker wakes up for each of them, woken by the server. A pause
/// after a small read lets the socket fill (bench/README.md). A socket's buffer holds more than arrives in a pause, so the server hardly
/// waits for it.
/// </summary>
internal static partial class ReadPause
{
    private const int SmallRead = 3 << 15;
    private const uint PauseMicroseconds = 400;

    /// <summary>Pauses where a read of <paramref name="count"/> bytes shows that the reader is the quicker one.</summary>
    public static void After(int count)
    {
        if (count < SmallRead)
        {
            _ = Sleep(PauseMicroseconds);
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
