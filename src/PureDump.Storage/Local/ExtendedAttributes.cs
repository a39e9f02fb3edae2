using System.Runtime.InteropServices;
using System.Text;

namespace PureDump.Storage.Local;

/// <summary>What a file has besides its mode: access lists, labels, attributes of users (xattr(7)).</summary>
internal static partial class ExtendedAttributes
{
    /// <summary>True where two files have the same, values included.</summary>
    public static bool AreSame(string path, string other)
    {
        SortedDictionary<string, string> attributes = Of(path);
        return attributes.SequenceEqual(Of(other));
    }

    private static SortedDictionary<string, string> Of(string path)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string names = Encoding.UTF8.GetString(Read((buffer, size) => List(path, buffer, size)));
        foreach (string name in names.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            attributes[name] = Convert.ToHexString(Read((buffer, size) => Get(path, name, buffer, size)));
        }

        return attributes;
    }

    // A file system that has none says that it cannot tell.
    private static byte[] Read(Func<byte[]?, nuint, nint> call)
    {
        nint size = call(null, 0);
        if (size <= 0)
        {
            return [];
        }

        byte[] buffer = new byte[size];
        return buffer[..(int)Math.Max(0, call(buffer, (nuint)size))];
    }

    [LibraryImport("libc", EntryPoint = "llistxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint List(string path, byte[]? names, nuint size);

    [LibraryImport("libc", EntryPoint = "lgetxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Get(string path, string name, byte[]? value, nuint size);
}
