using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PureDump.Storage.Local;

/// <summary>What the kernel says of a file: statx(2), whose layout is the same on all Linux machines (linux/stat.h).</summary>
/// <param name="Type">The bits of the mode that say what it is.</param>
/// <param name="Mode">The other bits of the mode: permissions, set-user-id, sticky.</param>
/// <param name="Owner">The user's number.</param>
/// <param name="Group">The group's number.</param>
/// <param name="LinkCount">How many names it has; 0 where the last one was removed.</param>
/// <param name="Device">The file system it is on.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Length">In bytes.</param>
/// <param name="ModifiedNs">When its contents changed last, in nanoseconds since 1970.</param>
internal readonly partial record struct FileStatus(
    int Type, UnixFileMode Mode, uint Owner, uint Group, uint LinkCount, ulong Device, ulong Inode, long Length, long ModifiedNs)
{
    private const int RegularType = 0x8000;
    private const int DirectoryType = 0x4000;
    private const int TypeBits = 0xf000;
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7ff;

    /// <summary>A regular file.</summary>
    public bool IsRegular => Type == RegularType;

    /// <summary>A directory.</summary>
    public bool IsDirectory => Type == DirectoryType;

    /// <summary>The user this process makes files as.</summary>
    public static uint User => EffectiveUser();

    /// <summary>Of what stands at a path, a link itself where it is one; null where there is nothing, or it cannot be told.</summary>
    public static FileStatus? At(string path) => Read(CurrentDirectory, path, NoFollow);

    /// <summary>Of an open file.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    public static FileStatus Of(SafeFileHandle file) =>
        Read((int)file.DangerousGetHandle(), "", EmptyPath)
        ?? throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));

    /// <summary>True where both are the same file, whatever it is called.</summary>
    public bool IsSameFile(FileStatus other) => (Device, Inode) == (other.Device, other.Inode);

    private static FileStatus? Read(int directory, string path, int flags)
    {
        Span<byte> status = stackalloc byte[256];
        if (Statx(directory, path, flags, BasicFields, status) != 0)
        {
            return null;
        }

        int mode = BinaryPrimitives.ReadUInt16LittleEndian(status[28..]);
        return new FileStatus(
            mode & TypeBits,
            (UnixFileMode)(mode & ~TypeBits),
            BinaryPrimitives.ReadUInt32LittleEndian(status[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(status[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(status[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(status[136..]),
            BinaryPrimitives.ReadUInt64LittleEndian(status[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(status[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(status[112..]) * 1_000_000_000
                + BinaryPrimitives.ReadUInt32LittleEndian(status[120..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
