using System.Runtime.InteropServices;

namespace PureDump.Postgres.Connection;

/// <summary>
/// The account the process runs as. <see cref="Environment.UserName"/> throws where there is no passwd file, which is every
/// container made from nothing; here that is only "unknown".
/// </summary>
internal static unsafe partial class OperatingSystemUser
{
    // struct passwd is about 48 bytes, its strings a few hundred; an LDAP entry may be longer, and then it has no name here.
    private const int EntrySize = 256;
    private const int StringsSize = 16 * 1024;

    /// <summary>The name of the effective user, or null where it has none.</summary>
    public static string? EffectiveName() => OperatingSystem.IsWindows() ? Environment.UserName : NameOf(EffectiveUserId());

    /// <summary>The name of the user with a number, or null.</summary>
    public static string? NameOf(uint userId)
    {
        byte* entry = stackalloc byte[EntrySize];
        byte[] strings = new byte[StringsSize];
        fixed (byte* buffer = strings)
        {
            byte* found = null;
            if (FindByUserId(userId, entry, buffer, StringsSize, &found) != 0 || found is null)
            {
                return null;
            }

            // pw_name comes first in struct passwd everywhere.
            return Marshal.PtrToStringUTF8(*(nint*)found);
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int FindByUserId(uint userId, byte* entry, byte* strings, nint stringsSize, byte** found);
}
