using System.Runtime.InteropServices;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Connection;

/// <summary>
/// What decides whether a file may hold a secret: its kind, its mode and whether root owns it. The base library knows the
/// mode only, and the rule for private keys asks for the owner.
/// </summary>
internal readonly partial record struct UnixFile(bool IsPlain, bool IsOwnedByRoot, uint Mode)
{
    private const uint TypeMask = 0xF000;
    private const uint TypeRegular = 0x8000;
    private const uint GroupAndOthers = 0x3F;
    private const uint AllButGroupRead = 0x1F;

    // struct statx is the kernel's and the same on every architecture (linux/stat.h).
    private const int StatusSize = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int CurrentDirectory = -100;
    private const uint BasicStatistics = 0x7FF;

    /// <summary>True where anyone but the owner may do anything with the file.</summary>
    public bool IsOpenToOthers => (Mode & GroupAndOthers) != 0;

    /// <summary>The same with one exception: where root owns it, its group may read it.</summary>
    public bool IsOpenToOthersThanRootsGroup => (Mode & (IsOwnedByRoot ? AllButGroupRead : GroupAndOthers)) != 0;

    /// <summary>Whether a path leads to a file, or whatever is no directory, links followed.</summary>
    /// <exception cref="PureDumpException">As for <see cref="Find"/>.</exception>
    public static bool Exists(string path) => Find(path) is not null && !Directory.Exists(path);

    /// <summary>The file a path leads to, links followed; null where there is none.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>: there is one, and its name is not UTF-8, as the names
    /// of files have to be that are read.</exception>
    public static UnixFile? Find(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            Span<byte> status = stackalloc byte[StatusSize];
            if (Status(CurrentDirectory, [.. TypedText.Encode(path), 0], 0, BasicStatistics, status) != 0)
            {
                return null;
            }

            if (!TypedText.IsUtf8(path))
            {
                throw new PureDumpException(
                    ErrorKind.ConnectionOptions,
                    $"the name of file \"{TypedText.Shown(path)}\" is not UTF-8",
                    "give it, or a link to it, a name in UTF-8");
            }

            uint owner = BitConverter.ToUInt32(status[OwnerOffset..]);
            uint mode = BitConverter.ToUInt16(status[ModeOffset..]);
            return new UnixFile((mode & TypeMask) == TypeRegular, owner == 0, mode & ~TypeMask);
        }

        if (!File.Exists(path))
        {
            return Directory.Exists(path) ? new UnixFile(false, false, 0) : null;
        }

        // Windows keeps others out of a profile by itself; libpq checks nothing there either.
        return OperatingSystem.IsWindows() ? new UnixFile(true, false, 0) : new UnixFile(true, false, (uint)File.GetUnixFileMode(path));
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Status(int directory, ReadOnlySpan<byte> path, int flags, uint mask, Span<byte> status);
}
