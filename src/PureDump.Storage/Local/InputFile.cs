using PureDump.Formats.Errors;

namespace PureDump.Storage.Local;

/// <summary>Opens files for reading front to back.</summary>
internal static class InputFile
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
}
