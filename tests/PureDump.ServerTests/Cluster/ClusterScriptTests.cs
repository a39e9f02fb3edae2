using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Cluster;

/// <summary><c>puredump pg_dumpall</c> beside PostgreSQL's pg_dumpall 18: the same words in, the same script out, to the byte.</summary>
[Collection(ClusterServers.Name)]
public sealed partial class ClusterScriptTests(ClusterServers servers)
{
    // Most of them leave out most databases, which take their time.
    private const string Few = "--exclude-database [^pl]*";

    private static readonly string[] s_scripts =
    [
        "",
        "-c --if-exists",
        "-a",
        "-s -l latin",
        "--quote-all-identifiers -c -s",
        "-g",
        "-r",
        "-t",
        "-c -g --if-exists",
        "-c -r",
        "-c -t --if-exists",
        "-g --no-role-passwords",
        "-x -g",
        "-a -g",
        "-t --no-tablespaces",
        "-t -E LATIN1",
        "-g -l ascii",
        "--role boss -g",
        $"-O -x {Few}",
        $"--statistics-only {Few}",
        $"--no-schema {Few}",
        $"--no-data --sequence-data {Few}",
        $"--inserts --rows-per-insert 2 {Few}",
        $"--column-inserts --on-conflict-do-nothing --no-policies {Few}",
        $"--no-comments --no-security-labels --no-tablespaces {Few}",
        $"-a --disable-triggers -S boss {Few}",
        $"--use-set-session-authorization -s {Few}",
        "-s --exclude-database s* --exclude-database \"größe",
        "-s --filter {filter}",
    ];

    private static readonly string[] s_refused =
    [
        "x",
        "-g x",
        "-g -r",
        "-g -t",
        "-r -t",
        "--if-exists",
        "--if-exists -g -r",
        "--if-exists -r -t",
        "--exclude-database x -g",
        "--exclude-database x -r -t",
        "--exclude-database x -g y",
        "--restrict-key k!",
        "--restrict-key=",
        "-g --restrict-key k!",
        "--if-exists --restrict-key k!",
        "--filter {include} -g -r",
        "--filter {table}",
        "--filter {unknown}",
        "--filter {database} -g",
    ];

    public static IEnumerable<TheoryDataRow<int, string>> Scripts =>
        from major in TestMajors.All
        from words in s_scripts
        select new TheoryDataRow<int, string>(major, words);

    [Theory, MemberData(nameof(Scripts))]
    public void The_script_is_that_of_pg_dumpall(int major, string options)
    {
        PostgresServer server = servers.Get(major);
        using var filter = new TemporaryFile("filter.txt");
        File.WriteAllText(filter.Path, "# none of these\nexclude database latin\nexclude database \"Odd \"\"Db' = \\\\ name\"\n");
        string[] words = [.. Words(options).Select(word => word == "{filter}" ? filter.Path : word)];

        string script = Run(server, "pg_dumpall", words);

        // pg_dumpall says nothing of ALTER ROLE ALL, which is as much a setting as any: here it stands behind those of the roles.
        bool withRoles = script.Contains("-- User Configurations\n", StringComparison.Ordinal);
        Assert.Equal(withRoles ? 1 : 0, CommonSettings().Count(script));
        Assert.Equal(Expected(server, words), Comparable(CommonSettings().Replace(script, "")));
    }

    /// <summary>pg_dumpall drops every database, and makes those anew that are not excluded: the others would be lost.</summary>
    [Theory, EveryMajor]
    public void A_database_that_is_excluded_is_not_dropped(int major)
    {
        PostgresServer server = servers.Get(major);
        string[] words = ["-c", "--exclude-database", "s*", "-s"];

        string script = CommonSettings().Replace(Run(server, "pg_dumpall", words), "");

        string expected = Expected(server, words);
        Assert.Contains("DROP DATABASE skipped;\n", expected);
        Assert.Equal(expected.Replace("DROP DATABASE skipped;\n", "", StringComparison.Ordinal), Comparable(script));
    }

    [Theory, EveryMajor]
    public void The_native_verb_writes_the_same_and_can_compress_it(int major)
    {
        PostgresServer server = servers.Get(major);
        string[] few = Few.Split(' ');
        string[] asPgDumpAll = ["--all", "-F", "plain", "--for-server", $"{Math.Max(ClusterServers.OracleMajor, major)}"];
        string expected = Run(server, "pg_dumpall", few);

        Assert.Equal(expected, Run(server, "dump", [.. asPgDumpAll, .. few]));
        byte[] compressed = Encoding.Latin1.GetBytes(Run(server, "dump", [.. asPgDumpAll, "-Z", "gzip:9", .. few]));
        using var reader = new StreamReader(new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress), Encoding.Latin1);
        Assert.Equal(expected, reader.ReadToEnd());
        Assert.Equal(
            Run(server, "pg_dumpall", ["-t", "-l", "latin"]),
            Run(server, "dump", ["--all", "-F", "plain", "--tablespaces-only", "-d", "latin"]));
    }

    [Theory, EveryMajor]
    public void The_script_goes_to_standard_output_too(int major)
    {
        PostgresServer server = servers.Get(major);
        using PureDumpProcess process = PureDumpProcess.Start(server, "pg_dumpall", "-g", "--restrict-key=K");

        string script = new StreamReader(process.Output, Encoding.Latin1).ReadToEnd();

        Assert.True(process.WaitForExit() == 0, process.Error);
        Assert.Equal("", process.Error.Trim());
        Assert.Equal(Run(server, "pg_dumpall", ["-g"]), script);
    }

    /// <summary>getopt's own messages and those of a connection are other libraries'.</summary>
    [Fact]
    public void What_contradicts_is_refused_in_pg_dumpalls_words()
    {
        using var files = new TemporaryFile("include");
        foreach (
            (string name, string line) in (ReadOnlySpan<(string, string)>)
                [
                    ("include", "include database x"),
                    ("table", "exclude table x"),
                    ("unknown", "exclude foo x"),
                    ("database", "exclude database x"),
                ])
        {
            File.WriteAllText(Path.Combine(files.Directory, name), line + "\n");
        }

        Requirement.All(
            s_refused,
            options =>
            {
                string[] words =
                [
                    .. options.Split(' ').Select(word => word.StartsWith('{') ? Path.Combine(files.Directory, word.Trim('{', '}')) : word),
                ];
                Command expected = PgDumpOracle.Find(ClusterServers.OracleMajor).Run("pg_dumpall", words);
                using PureDumpProcess actual = PureDumpProcess.Start(["pg_dumpall", .. words]);

                Assert.Equal(expected.ExitCode, actual.WaitForExit());
                Assert.Equal(expected.Error.TrimEnd(), actual.Error.TrimEnd());
            }
        );
    }

    private static string[] Words(string options) =>
        [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => word == "\"größe" ? "\"größe db\"" : word)];

    private static string Expected(PostgresServer server, string[] words) =>
        Comparable(ToleratedDifferences.Mend(ClusterServers.Oracle(server, words), server.Major));

    // A character a byte: the databases are in many encodings.
    private static string Run(PostgresServer server, string verb, string[] words)
    {
        using var file = new TemporaryFile("all.sql");
        using PureDumpProcess process = PureDumpProcess.Start(
            server,
            verb,
            ["--restrict-key=K", "-f", file.Path, .. verb == "dump" ? ["-q"] : Array.Empty<string>(), .. words]);
        Assert.True(process.WaitForExit() == 0, process.Error);
        Assert.Equal("", process.Error.Trim());
        return Encoding.Latin1.GetString(File.ReadAllBytes(file.Path));
    }

    private static string Comparable(string script) => Producer().Replace(script, "-- Dumped by");

    [GeneratedRegex("^-- Dumped by .*", RegexOptions.Multiline)]
    private static partial Regex Producer();

    [GeneratedRegex("\n--\n-- User Config of all roles\n--\n\n(ALTER ROLE ALL SET .*\n)+")]
    private static partial Regex CommonSettings();
}
