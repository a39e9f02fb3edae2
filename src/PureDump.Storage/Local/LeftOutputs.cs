using Microsoft.Win32.SafeHandles;
using PureDump.Formats.Errors;

namespace PureDump.Storage.Local;

/// <summary>
/// What killed runs left of a target. Only that goes which is surely theirs: it has a name as runs give it, belongs to this user alone, is
/// a regular file with no other name, and nobody holds the lock that its writer had. Whoever may write into a directory can put anything
/// under such a name; it is neither opened through a link nor removed.
/// </summary>
internal static class LeftOutputs
{
    /// <summary>Removes them.</summary>
    /// <param name="directory">Where the target stands, or is to stand.</param>
    /// <param name="target">Its last name.</param>
    public static void Remove(string directory, string target)
    {
        List<string> found;
        try
        {
            found = [.. Directory.EnumerateFileSystemEntries(directory).Where(path => StagedName.IsOf(target, Path.GetFileName(path)))];
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            // A directory may be there to be written into and not to be listed. What was left shows to nobody then.
            return;
        }

        foreach (string path in found)
        {
            try
            {
                RemoveAt(path);
            }
            catch (Exception e) when (FileErrors.IsKnown(e))
            {
                // It stays, and is in nobody's way: this run has a name of its own.
            }
        }
    }

    private static void RemoveAt(string path)
    {
        if (FileStatus.At(path) is { IsDirectory: true } directory)
        {
            // The lock is that of the mark, which has the directory's name: a directory of another name that somebody moved here has none.
            using SafeFileHandle? mark = FileLock.TakeLeft(StagedDirectory.MarkOf(path));
            bool isEmpty = directory.Owner == FileStatus.User && !Directory.EnumerateFileSystemEntries(path).Any();
            if (mark is not null || isEmpty)
            {
                Directory.Delete(path, recursive: mark is not null);
            }

            return;
        }

        using SafeFileHandle? file = FileLock.TakeLeft(path);
        if (file is not null)
        {
            File.Delete(path);
        }
    }
}
