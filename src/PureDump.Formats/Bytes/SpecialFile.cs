using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PureDump.Formats.Bytes;

/// <summary>Tells a regular file from a device, a named pipe, a socket: these are read and written front to back, and in place.</summary>
internal static partial class SpecialFile
{
    private const int Pipe = 0x1000;
    private const int RegularFile = 0x8000;

    /// <summary>True where something that is no regular file stands at the path.</summary>
    public static bool IsAt(string path) => TypeAt(path) is { } type && type != RegularFile;

    /// <summary>True where a named pipe, or a shell's <c>&lt;(...)</c>, stands at the path.</summary>
    public static bool IsPipeAt(string path) => TypeAt(path) == Pipe;

    // Null where there is nothing, or it cannot be told.
    private static int? TypeAt(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // .NET does not tell them apart; the layout of struct statx is the same on all Linux machines (linux/stat.h).
        const int currentDirectory = -100;
        const uint wantType = 1;
        const int modeOffset = 28;
        const int typeMask = 0xf000;
        Span<byte> status = stackalloc byte[256];
        if (Statx(currentDirectory, path, 0, wantType, status) != 0)
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(status[modeOffset..]) & typeMask;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> status);
}
