using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PureDump.TestSupport;

/// <summary>PostgreSQL's own client programs, which say what the right answer is.</summary>
public sealed partial record PgDumpOracle
{
    private PgDumpOracle(int major, string binDirectory) => (Major, BinDirectory) = (major, binDirectory);

    /// <summary>The programs' own major version.</summary>
    public int Major { get; }

    /// <summary>Where they lie: pg_dump, pg_restore, psql and the others.</summary>
    public string BinDirectory { get; }

    /// <summary>The release whose text is the model for a server that it knows.</summary>
    public const int ModelMajor = 18;

    /// <summary>The programs whose output is the model for what comes from a server: those of <see cref="ModelMajor"/>, or of the server
    /// where it is newer.</summary>
    public static PgDumpOracle ModelFor(PostgresServer server) => Find(Math.Max(ModelMajor, server.Major));

    /// <summary>
    /// Programs that can dump a server of <paramref name="major"/>: the installed ones nearest to it from above, else those of
    /// <see cref="UnpackedPackages"/>. Skips the test (fails it in CI) when there are none.
    /// </summary>
    public static PgDumpOracle Find(int major) => Requirement.Met(() =>
    {
        var installed = ServerInstallation.BinDirectories()
            .Select(directory => (Directory: directory, Major: ServerInstallation.MajorOf(Path.Combine(directory, "pg_dump"))))
            .Where(candidate => candidate.Major >= major)
            .OrderBy(candidate => candidate.Major)
            .FirstOrDefault();
        var directory = installed.Directory ?? UnpackedPackages.ClientPrograms(major);
        return new PgDumpOracle(installed.Major ?? ServerInstallation.MajorOf(Path.Combine(directory, "pg_dump"))!.Value, directory);
    });

    /// <summary>
    /// What pg_dump prints of <paramref name="database"/>. The random key of <c>\restrict</c> and <c>\unrestrict</c> is
    /// replaced by <c>KEY</c>; nothing else is touched.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="database">The database.</param>
    /// <param name="arguments">Further options, such as <c>--schema-only</c>.</param>
    public static string Dump(PostgresServer server, string database, params string[] arguments) =>
        RestrictKey().Replace(Find(server.Major).Run("pg_dump", server, ["-d", database, .. arguments]).Succeeded().Output, "$1 KEY");

    /// <summary>Runs one of the programs, connected to <paramref name="server"/> by -h, -p and -U; any exit code.</summary>
    public Command Run(string program, PostgresServer server, params string[] arguments) =>
        Run(program, ["-h", server.Host, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.User, .. arguments],
            new Dictionary<string, string?> { ["PGPASSWORD"] = server.Password });

    /// <summary>Runs one of the programs as it is; any exit code.</summary>
    public Command Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        arguments = [.. arguments];
        Command run = Command.Run(Path.Combine(BinDirectory, program), arguments, environment: environment);
        if (program is not ("pg_dump" or "pg_dumpall" or "pg_restore"))
        {
            return run;
        }

        // The script may be in a file.
        if (
            arguments.SkipWhile(static word => word != "-f").ElementAtOrDefault(1) is { } file
            && File.Exists(file)
            && File.ReadAllText(file, Encoding.Latin1) is ['-', '-', '\n', ..] script
            && WithoutReserved(script) is { } cleaned
            && cleaned != script)
        {
            File.WriteAllText(file, cleaned, Encoding.Latin1);
        }

        return run with { Output = WithoutReserved(run.Output) };
    }

    /// <summary>
    /// A script as a pg_dump writes it that knows the options a server keeps for itself. One that is older than the server's release takes
    /// them for the user's: that of 18.6 writes <c>pg_attver</c> of 15.20.
    /// </summary>
    public static string WithoutReserved(string script) =>
        script.Contains("pg_attver=", StringComparison.Ordinal) ? Reserved().Replace(ReservedAlone().Replace(script, ""), "") : script;

    [GeneratedRegex(@"^ALTER (?:FOREIGN )?TABLE ONLY (?:""(?:[^""]|"""")*""|[^""\n])* SET \(pg_attver=\d+\);\n", RegexOptions.Multiline)]
    private static partial Regex ReservedAlone();

    [GeneratedRegex(@", pg_attver=\d+(?=[,)])|(?<=\()pg_attver=\d+, ")]
    private static partial Regex Reserved();

    [GeneratedRegex(@"^(\\(?:un)?restrict) \S+", RegexOptions.Multiline)]
    private static partial Regex RestrictKey();
}
