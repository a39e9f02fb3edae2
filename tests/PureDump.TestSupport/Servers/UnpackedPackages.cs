using System.Globalization;

namespace PureDump.TestSupport;

/// <summary>PostgreSQL's programs out of Debian's packages, put into the cache of the tests by a script beside them: what this machine's
/// own releases do not have.</summary>
internal static class UnpackedPackages
{
    /// <summary>The major version of which there are servers nowhere else.</summary>
    public const int NextMajor = 19;

    // That of the client programs where no newer one is asked for.
    private const int ClientMajor = 18;

    /// <summary>Client programs that can dump a server of <paramref name="major"/>.</summary>
    /// <exception cref="ServerUnavailableException">They cannot be had on this machine.</exception>
    public static string ClientPrograms(int major) => major < NextMajor ? Unpack(ClientMajor, "client") : ServerPrograms();

    /// <summary>Server and client programs of <see cref="NextMajor"/>.</summary>
    /// <exception cref="ServerUnavailableException">They cannot be had on this machine.</exception>
    public static string ServerPrograms() => Unpack(NextMajor, "server");

    private static string Unpack(int major, string kind)
    {
        if (Command.Find("apt-get") is null || Command.Find("dpkg-deb") is null)
        {
            throw new ServerUnavailableException(
                $"PostgreSQL {major} is not installed, and its packages are unpacked by apt-get and dpkg-deb, which are not there");
        }

        // Not filled aside and renamed: the programs are started by scripts with absolute paths. The directory bin comes last.
        string number = major.ToString(CultureInfo.InvariantCulture);
        string name = $"postgresql-{number}";
        string directory = Path.Combine(TestCache.Root, name);
        TestCache.Locked(name, () =>
            Command.Run("bash", [Repository.PathOf("tests", "tools", "unpack-postgresql"), number, directory, kind]).Succeeded());
        return Path.Combine(directory, "bin");
    }
}
