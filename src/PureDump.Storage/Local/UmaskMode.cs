using System.Runtime.InteropServices;

namespace PureDump.Storage.Local;

/// <summary>The mode that the umask of the process leaves a new file.</summary>
internal static partial class UmaskMode
{
    private const uint ReadWriteForAll = 0b110_110_110;
    private const uint OwnerOnly = 0b000_111_111;

    /// <summary>Of a file that anybody may read and write, as the C library makes them.</summary>
    public static UnixFileMode OfFile()
    {
        // It can only be asked for by setting it. What another thread makes meanwhile is for the owner alone in any case.
        uint mask = Set(OwnerOnly);
        _ = Set(mask);
        return (UnixFileMode)(ReadWriteForAll & ~mask);
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Set(uint mask);
}
