namespace PureDump.TestSupport;

/// <summary>The native executable that <c>dotnet publish</c> makes of this checkout.</summary>
public static class PublishedExecutable
{
    private static readonly string[] s_compilers = ["clang", "gcc"];
    private static readonly string[] s_sourceKinds = [".cs", ".csproj", ".props", ".sql"];

    /// <summary>Where publishing puts it.</summary>
    public static string Path { get; } = Repository.PathOf("artifacts", "puredump");

    /// <summary>Whether there is a compiler, which ahead-of-time compilation calls to link.</summary>
    public static bool CanPublish => s_compilers.Any(name => Command.Find(name) is not null);

    private static string? Given =>
        Environment.GetEnvironmentVariable("PUREDUMP_EXE") is { Length: > 0 } given ? System.IO.Path.GetFullPath(given) : null;

    private static bool IsCurrent => File.Exists(Path) && File.GetLastWriteTimeUtc(Path) >= NewestSource();

    /// <summary>
    /// The executable to test: PUREDUMP_EXE where that is set, else the published one, published now where it is missing
    /// or older than a source.
    /// </summary>
    /// <exception cref="ServerUnavailableException">It must be published, and there is no compiler.</exception>
    public static string Find()
    {
        if (Given is { } given)
        {
            return given;
        }

        TestCache.Locked("publish", () =>
        {
            if (!IsCurrent)
            {
                Publish();
            }
        });
        return Path;
    }

    /// <summary>The executable to test, if that is there without publishing: given by PUREDUMP_EXE, or no older than any source.</summary>
    public static string? FindCurrent() => Given ?? (IsCurrent ? Path : null);

    /// <summary>Publishes it.</summary>
    /// <exception cref="ServerUnavailableException">There is no compiler.</exception>
    /// <exception cref="InvalidOperationException">It does not build; the message holds what was printed.</exception>
    public static void Publish()
    {
        if (!CanPublish)
        {
            throw new ServerUnavailableException(
                $"the native executable is linked by {string.Join(" or ", s_compilers)}, and neither is in PATH");
        }

        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        Command
            .Run(dotnet, ["publish", Repository.PathOf("src", "PureDump.Cli"), "-c", "Release", "--nologo"], Repository.Root)
            .Succeeded();

        // Where nothing had to be built again the file is as old as it was, and would be published again and again.
        File.SetLastWriteTimeUtc(Path, DateTime.UtcNow);
    }

    private static DateTime NewestSource() => new DirectoryInfo(Repository.PathOf("src"))
        .EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => s_sourceKinds.Contains(file.Extension) && !IsBuilt(file.FullName))
        .Max(file => file.LastWriteTimeUtc);

    private static bool IsBuilt(string path) =>
        path.Contains("/obj/", StringComparison.Ordinal) || path.Contains("/bin/", StringComparison.Ordinal);
}
