using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>A file system of its own that can be filled to its last byte, and emptied again.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Size = "192m";
    private const int PieceSizeMax = 1 << 20;
    private const int PieceSizeMin = 1 << 12;

    private readonly byte[] _zeros = new byte[PieceSizeMax];

    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Mounts one on a directory; null where this user may not.</summary>
    /// <param name="path">An empty directory.</param>
    public static SmallDisk? Mount(string path) =>
        Environment.IsPrivilegedProcess && Command.Run("mount", ["-t", "tmpfs", "-o", $"size={Size},mode=755", "tmpfs", path]).ExitCode == 0
            ? new SmallDisk(path)
            : null;

    /// <summary>From now on there is no room for anything more.</summary>
    public void Fill()
    {
        using FileStream ballast = new(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int size = PieceSizeMax; size >= PieceSizeMin;)
        {
            try
            {
                ballast.Write(_zeros, 0, size);
            }
            catch (IOException)
            {
                // Full but for less than this much.
                size /= 2;
            }
        }
    }

    /// <summary>There is room again.</summary>
    public void Free() => File.Delete(Ballast);

    // Also where somebody still has a file open, who was left by a run that was itself interrupted.
    public void Dispose() => Command.Run("umount", ["--lazy", Path]).Succeeded();
}
