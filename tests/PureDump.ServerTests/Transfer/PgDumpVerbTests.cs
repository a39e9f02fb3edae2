using System.IO.Compression;
using System.Text.RegularExpressions;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary><c>puredump pg_dump</c> beside PostgreSQL's pg_dump 18: the same words in, the same script, messages and exit code
/// out.</summary>
public sealed partial class PgDumpVerbTests
{
    private const int OracleMajor = 18;

    // getopt's own messages are the C library's, and stand in the transcripts.
    private static readonly string[] s_refused =
    [
        "-s -a",
        "-s --statistics-only",
        "-a --statistics-only",
        "-a --no-data",
        "-s --no-schema",
        "--statistics-only --no-statistics",
        "-a --statistics",
        "-s --statistics",
        "--statistics --no-statistics",
        "-s --include-foreign-data x",
        "-j 2 --include-foreign-data x",
        "-a -c",
        "--if-exists",
        "--on-conflict-do-nothing",
        "-j 2",
        "-j 0",
        "-j x",
        "--restrict-key k!",
        "--restrict-key=",
        "--restrict-key k -Fc",
        "-F x",
        "--section x",
        "--extra-float-digits 99",
        "--extra-float-digits x",
        "--rows-per-insert 0",
        "--rows-per-insert 99999999999",
        "--sync-method x",
        "a b",
        "-d a b",
        "-Z foo",
        "-Z 99",
        "-Z gzip:99",
        "-Z gzip:level=x",
        "-Z gzip:level",
        "-Z gzip:",
        "-Z 1:2",
        "-Z zstd:99",
        "-Z zstd:foo=1",
        "-Z zstd:level=3,",
        "-Z zstd:long=maybe",
        "-Z none:3",
        "-Z none:long",
        "-Z lz4:13",
        "-Z lz4:long",
        "-Z gzip:workers=2",
        "-s -a -c --if-exists",
        "-a -c --if-exists --on-conflict-do-nothing",
        "--if-exists --on-conflict-do-nothing -F x",
        "-F x -Z foo",
        "-Z foo -j 2",
        "-a -s x y",
        "-a --statistics --no-statistics",
    ];

    private static readonly string[] s_scripts =
    [
        "",
        "--quote-all-identifiers",
        "-s --quote-all-identifiers --clean --if-exists --create",
        "-a --disable-triggers -S boss",
        "--column-inserts --rows-per-insert 2 --on-conflict-do-nothing",
        "--attribute-inserts --quote-all-identifiers",
        "--load-via-partition-root -a -n one",
        "--use-set-session-authorization",
        "--extra-float-digits=0 -t one.measure_1 --table-and-children one.measure",
        "--enable-row-security -t other",
        "--role=option_reader -t scratch",
        "-O -x --no-comments --no-policies --no-tablespaces --no-table-access-method --no-toast-compression --disable-dollar-quoting",
        "-s --sequence-data --use-set-session-authorization",
        "--serializable-deferrable -e citext -N one",
        "--filter {filter} --strict-names",
        "-t other -Fplain --no-sync -R -w",
        "-b -B -t scratch",
        "--no-data --no-schema",

        // Without rows: those of shared catalogs change while other tests make databases.
        "-s -n pg_catalog",
    ];

    [Fact]
    public void What_contradicts_is_refused_in_pg_dumps_words() => Requirement.All(s_refused, options =>
    {
        string[] words = options.Split(' ');
        Command expected = PgDumpOracle.Find(OracleMajor).Run("pg_dump", words);
        using PureDumpProcess actual = PureDumpProcess.Start(["pg_dump", .. words]);

        Assert.Equal(expected.ExitCode, actual.WaitForExit());
        Assert.Equal(expected.Error.TrimEnd(), actual.Error.TrimEnd());
    });

    [Theory, EveryMajor]
    public void The_script_is_that_of_pg_dump(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Load(server);
        using var filter = new TemporaryFile("filter.txt");
        File.WriteAllText(
            filter.Path,
            "# what to take\ninclude table one.*\nexclude table_data_and_children one . parent\nexclude table \"one\".\"bodies\" # not\n");

        Requirement.All(
            s_scripts,
            options =>
            {
                string[] words =
                [
                    .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "{filter}" ? filter.Path : word),
                    "--restrict-key=K",
                    database,
                ];
                Command expected = PgDumpOracle.ModelFor(server).Run("pg_dump", server, words).Succeeded();
                using PureDumpProcess actual = PureDumpProcess.Start(server, "pg_dump", words);

            string script = new StreamReader(actual.Output).ReadToEnd();
            Assert.True(actual.WaitForExit() == 0, $"{options}: {actual.Error}");
            Assert.Equal(expected.Error.Trim(), actual.Error.Trim());
            Assert.Equal(Comparable(ToleratedDifferences.Mend(expected.Output, major)), Comparable(script));
        });
    }

    [Fact]
    public void A_script_can_be_compressed_and_appended()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE TABLE t (x int); INSERT INTO t VALUES (1)");
        using var file = new TemporaryFile("dump.sql");
        File.WriteAllText(file.Path, "-- before\n");
        Run("-Fa", "-f", file.Path);
        string appended = File.ReadAllText(file.Path);
        Run("-Z", "gzip:9", "-f", file.Path);

        using var reader = new StreamReader(new GZipStream(File.OpenRead(file.Path), CompressionMode.Decompress));
        Assert.Equal(appended, $"-- before\n{reader.ReadToEnd()}");
        Assert.Contains("COPY public.t (x) FROM stdin;\n1\n", appended);

        void Run(params string[] words)
        {
            using PureDumpProcess process = PureDumpProcess.Start(server, "pg_dump", [.. words, "--restrict-key=K", "-d", database]);
            Assert.True(process.WaitForExit() == 0, process.Error);
        }
    }

    [Fact]
    public void A_link_called_pg_dump_is_pg_dump()
    {
        string program = Requirement.Met(PublishedExecutable.Find);
        using var link = new TemporaryFile("pg_dump");
        File.CreateSymbolicLink(link.Path, program);

        Assert.StartsWith("pg_dump (PostgreSQL) 18.", Command.Run(link.Path, ["--version"]).Succeeded().Output);
        Command refused = Command.Run(link.Path, ["-s", "-a"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("pg_dump: error: options -s/--schema-only and -a/--data-only cannot be used together", refused.Error.TrimEnd());
    }

    private static string Load(PostgresServer server)
    {
        string database = server.CreateDatabase();
        foreach (string name in (string[])["options.sql", .. server.Major >= 14 ? ["options-14.sql"] : Array.Empty<string>()])
        {
            Catalog.CatalogDump.Load(server, database, Repository.PathOf("tests", "PureDump.ServerTests", "Catalog", name));
        }

        server.Execute(database, "DO $$ BEGIN CREATE ROLE option_reader; EXCEPTION WHEN duplicate_object THEN END $$");
        server.Execute(database, "GRANT SELECT ON scratch TO option_reader");
        return database;
    }

    private static string Comparable(string script) => Producer().Replace(script, "-- Dumped by");

    [GeneratedRegex("^-- Dumped by .*", RegexOptions.Multiline)]
    private static partial Regex Producer();
}
