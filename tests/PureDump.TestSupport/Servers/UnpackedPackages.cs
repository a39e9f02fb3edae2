namespace PureDump.TestSupport;

/// <summary>
/// PostgreSQL's programs out of Debian's packages, put into the cache of the tests by a tool of the directory PUREDUMP_SHARED (by default
/// <c>shared</c> beside the checkout): what this machine's own releases do not have.
/// </summary>
internal static class UnpackedPackages
{
    /// <summary>The major version of which there are servers nowhere else.</summary>
    public const int NextMajor = 19;

    private const string ClientTool = "pg-oracle";
    private const string ServerTool = "pg-next";

    /// <summary>Client programs that can dump a server of <paramref name="major"/>.</summary>
    /// <exception cref="ServerUnavailableException">The tool is not there.</exception>
    public static string ClientPrograms(int major) => Unpack(major < NextMajor ? ClientTool : ServerTool);

    /// <summary>Server and client programs of <see cref="NextMajor"/>.</summary>
    /// <exception cref="ServerUnavailableException">The tool is not there.</exception>
    public static string ServerPrograms() => Unpack(ServerTool);

    private static string Unpack(string name)
    {
        var shared = Environment.GetEnvironmentVariable("PUREDUMP_SHARED") is { Length: > 0 } given ? given : Repository.PathOf("..", "shared");
        var tool = Path.Combine(shared, "tools", name);
        if (!File.Exists(tool))
        {
            throw new ServerUnavailableException($"the programs it takes are not installed, and there is no {tool} to unpack them with");
        }

        // Not filled aside and renamed: the tool writes its own absolute path into the programs, and is safe to repeat.
        var directory = Path.Combine(TestCache.Root, name);
        TestCache.Locked(name, () => Command.Run(tool, [directory]).Succeeded());
        return Path.Combine(directory, "bin");
    }
}
