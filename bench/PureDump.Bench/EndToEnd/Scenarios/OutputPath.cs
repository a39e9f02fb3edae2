namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>A file or a directory that a run has written.</summary>
internal static class OutputPath
{
    /// <summary>Its bytes, or those of all files in it.</summary>
    /// <exception cref="BenchException">There is nothing.</exception>
    public static long Size(string path) =>
        File.Exists(path) ? new FileInfo(path).Length
        : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : throw new BenchException($"a run that succeeded has not written {path}");

    /// <summary>Removes it; that there is nothing is no error.</summary>
    public static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
            return;
        }

        File.Delete(path);
    }
}
