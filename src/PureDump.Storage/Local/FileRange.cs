using Microsoft.Win32.SafeHandles;
using PureDump.Formats.Bytes;
using PureDump.Formats.Errors;

namespace PureDump.Storage.Local;

/// <summary>A file that is read by ranges.</summary>
internal sealed class FileRange : IRangeReader
{
    private readonly SafeFileHandle _file;

    private FileRange(string path, SafeFileHandle file)
    {
        (Name, _file) = (path, file);
        Length = RandomAccess.GetLength(file);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long Length { get; }

    /// <summary>Opens a file, which nobody writes meanwhile.</summary>
    /// <exception cref="PureDumpException">It cannot be opened (<see cref="ErrorKind.File"/>).</exception>
    public static FileRange Open(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new FileRange(path, file);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            file?.Dispose();
            throw FileErrors.Translate(e, $"could not open the archive \"{path}\"");
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> target, long offset)
    {
        int length = 0;
        while (length < target.Length)
        {
            int read = RandomAccess.Read(_file, target[length..], offset + length);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return length;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
