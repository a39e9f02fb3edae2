using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;

namespace PureDump.Storage.Local;

/// <summary>Opens files for reading front to back.</summary>
public static class InputFile
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="PureDumpException">It cannot be opened (<see cref="ErrorKind.File"/>).</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not open \"{path}\"");
        }
    }

    /// <summary>Whether a path is that of an archive of pg_dump: a directory, or a file that begins like one.</summary>
    /// <exception cref="PureDumpException">It cannot be read.</exception>
    public static bool IsPgArchive(string path)
    {
        if (Directory.Exists(path))
        {
            return true;
        }

        using FileStream file = Open(path);
        byte[] start = new byte[PgArchiveReader.LookSize];
        return PgArchiveReader.IsArchive(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }
}
