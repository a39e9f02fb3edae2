using PureDump.Bench.EndToEnd.Measure;
using PureDump.TestSupport;

namespace PureDump.Bench.EndToEnd.Peers;

/// <summary>PostgreSQL's own client programs of one major version.</summary>
/// <param name="Major">The version.</param>
/// <param name="Directory">Where they lie.</param>
internal sealed record PgPrograms(int Major, string Directory)
{
    private const int Lz4AndZstdSince = 16;
    private static readonly string[] s_needed = ["pg_dump", "pg_restore", "psql"];

    /// <summary>Whether pg_dump compresses with lz4 and zstd.</summary>
    public bool HasLz4AndZstd => Major >= Lz4AndZstdSince;

    /// <summary>What pg_dump says of its version.</summary>
    public string Version => Command.Run(Program("pg_dump"), ["--version"]).Succeeded().Output.Trim();

    /// <summary>Those in the directories given, else those of the machine and of the tests' cache; one of each version, the newest
    /// first.</summary>
    /// <param name="given">Directories with all of the programs.</param>
    /// <param name="serverMajor">Older ones cannot dump the server.</param>
    /// <exception cref="BenchException">A given directory lacks one of the programs.</exception>
    public static IReadOnlyList<PgPrograms> Find(IReadOnlyList<string> given, int serverMajor)
    {
        foreach (string directory in given)
        {
            foreach (string program in s_needed.Where(program => !File.Exists(Path.Combine(directory, program))))
            {
                throw new BenchException($"there is no {program} in {directory}");
            }
        }

        IEnumerable<string> places = given.Count > 0
            ? given
            : [.. ServerInstallation.BinDirectories(), Path.Combine(TestCache.Root, "postgresql-18", "bin")];
        return
        [
            .. places.Where(place => s_needed.All(program => File.Exists(Path.Combine(place, program))))
                .Select(place => new PgPrograms(ServerInstallation.MajorOf(Path.Combine(place, "pg_dump"))!.Value, Path.GetFullPath(place)))
                .Where(programs => programs.Major >= serverMajor)
                .DistinctBy(programs => programs.Major)
                .OrderByDescending(programs => programs.Major),
        ];
    }

    /// <summary>A command line of pg_dump.</summary>
    public Stage Dump(params IEnumerable<string> arguments) => new([Program("pg_dump"), .. arguments]);

    /// <summary>A command line of pg_restore.</summary>
    public Stage Restore(params IEnumerable<string> arguments) =>
        new([Program("pg_restore"), .. arguments]) { Forgives = IsOnlyNewSetting };

    /// <summary>A command line of psql that reads no .psqlrc.</summary>
    public Stage Psql(params IEnumerable<string> arguments) => new([Program("psql"), "-X", .. arguments]);

    /// <summary>
    /// Whether nothing failed but the setting that programs since 17 send to every server, also to one that does not know it; the
    /// rest of the restore is done then.
    /// </summary>
    internal static bool IsOnlyNewSetting(int exitCode, string error)
    {
        string[] failures = [.. error.Split('\n').Where(line => line.Contains("error:", StringComparison.Ordinal))];
        return exitCode == 1
            && failures.Length > 0
            && failures.All(line =>
                line.EndsWith("unrecognized configuration parameter \"transaction_timeout\"", StringComparison.Ordinal));
    }

    private string Program(string name) => Path.Combine(Directory, name);
}
