using System.Collections.Concurrent;
using System.Globalization;

namespace PureDump.TestSupport;

/// <summary>A directory that holds <c>postgres</c> and <c>initdb</c> of one major version.</summary>
internal sealed record ServerInstallation(int Major, string BinDirectory)
{
    private const int MajorMin = 13;
    private const int MajorMax = UnpackedPackages.NextMajor;

    private static readonly ConcurrentDictionary<string, int?> MajorsByProgram = new();

    /// <summary>
    /// The installation to run <paramref name="major"/> from: one installed on the machine, else the npm package, or Debian's own.
    /// </summary>
    /// <exception cref="ServerUnavailableException">There is none, and none could be fetched.</exception>
    public static ServerInstallation Find(int major)
    {
        var installed = BinDirectories().FirstOrDefault(
            directory => File.Exists(Path.Combine(directory, "initdb")) && MajorOf(Path.Combine(directory, "postgres")) == major);
        return new ServerInstallation(
            major,
            installed ?? (major == UnpackedPackages.NextMajor ? UnpackedPackages.ServerPrograms() : EmbeddedPackage.BinDirectory(major)));
    }

    /// <summary>The newest one installed on the machine of a version PureDump works with, or null.</summary>
    public static ServerInstallation? Newest() => BinDirectories()
        .Where(directory => File.Exists(Path.Combine(directory, "initdb")))
        .Select(directory => (Major: MajorOf(Path.Combine(directory, "postgres")), Directory: directory))
        .Where(candidate => candidate.Major is >= MajorMin and <= MajorMax)
        .OrderByDescending(candidate => candidate.Major)
        .Select(candidate => new ServerInstallation(candidate.Major!.Value, candidate.Directory))
        .FirstOrDefault();

    /// <summary>Every directory in which PostgreSQL programs are usually found, existing ones only.</summary>
    public static IEnumerable<string> BinDirectories()
    {
        IEnumerable<string> places =
        [
            .. VersionDirectories("/usr/lib/postgresql", "*"),
            .. VersionDirectories("/usr", "pgsql-*"),
            "/usr/local/pgsql/bin",
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
        ];
        foreach (var place in places.Distinct().Where(Directory.Exists))
        {
            yield return place;
        }

        if (Command.Find("pg_config") is { } config)
        {
            yield return Command.Run(config, ["--bindir"]).Succeeded().Output.Trim();
        }
    }

    /// <summary>The major version a PostgreSQL program prints for <c>--version</c>; null if there is no such program.</summary>
    public static int? MajorOf(string program) => MajorsByProgram.GetOrAdd(program, static path =>
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "pg_dump (PostgreSQL) 18beta1"
        var output = Command.Run(path, ["--version"]).Succeeded().Output;
        var version = output.Split(')', 2)[^1].TrimStart();
        var digits = version.TakeWhile(char.IsAsciiDigit).ToArray();
        return int.Parse(digits, CultureInfo.InvariantCulture);
    });

    /// <summary>The full path of one of its programs.</summary>
    public string Program(string name) => Path.Combine(BinDirectory, name);

    private static IEnumerable<string> VersionDirectories(string parent, string pattern) =>
        Directory.Exists(parent)
            ? Directory.GetDirectories(parent, pattern).Order(StringComparer.Ordinal).Select(directory => Path.Combine(directory, "bin"))
            : [];
}
