using System.Runtime.InteropServices;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Storage.Local;

/// <summary>
/// Names of files are bytes to the kernel, and UTF-8 to the runtime: one that is not would become another, and two of them one.
/// Such a name is refused before anything is read or written.
/// </summary>
internal static partial class FileName
{
    private const char Replacement = '\uFFFD';
    private const int LinkLengthMax = 4096;

    /// <summary>Refuses a name that is not UTF-8, or is seen from a directory whose name is not.</summary>
    /// <param name="path">The name, as it was typed (<see cref="TypedText"/>).</param>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.File"/>.</exception>
    public static void Check(string path)
    {
        if (!TypedText.IsUtf8(path))
        {
            throw NotUtf8($"the name of file \"{TypedText.Shown(path)}\" is not UTF-8");
        }

        if (
            !Path.IsPathRooted(path)
            && Environment.CurrentDirectory.Contains(Replacement)
            && TargetOf("/proc/self/cwd") is { } directory
            && !TypedText.IsUtf8(directory))
        {
            throw NotUtf8($"\"{path}\" is seen from directory \"{TypedText.Shown(directory)}\", whose name is not UTF-8");
        }
    }

    /// <summary>Refuses a link to a name that is not UTF-8.</summary>
    /// <param name="link">The link.</param>
    /// <param name="target">Where it leads, as the runtime has it.</param>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.File"/>.</exception>
    internal static void CheckTarget(string link, string target)
    {
        if (target.Contains(Replacement) && TargetOf(link) is { } typed && !TypedText.IsUtf8(typed))
        {
            throw NotUtf8($"\"{link}\" is a link to \"{TypedText.Shown(typed)}\", which is not UTF-8");
        }
    }

    private static PureDumpException NotUtf8(string message) => new(ErrorKind.File, message, "give it a name in UTF-8");

    private static string? TargetOf(string link)
    {
        byte[] target = new byte[LinkLengthMax];
        long length = ReadLink(link, target, target.Length);
        return length < 0 ? null : TypedText.Decode(target.AsSpan(0, (int)length));
    }

    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ReadLink(string path, Span<byte> target, nint size);
}
