using System.Runtime.InteropServices;

namespace PureDump.TestSupport;

/// <summary>An extended attribute of a file that any user may give it (xattr(7)).</summary>
public static partial class UserAttribute
{
    /// <summary>Gives a file one. False where its file system has none.</summary>
    public static bool TrySet(string path, string name, byte[] value) => Set(path, $"user.{name}", value, (nuint)value.Length, 0) == 0;

    [LibraryImport("libc", EntryPoint = "setxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string path, string name, byte[] value, nuint size, int flags);
}
