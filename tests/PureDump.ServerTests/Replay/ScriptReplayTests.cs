using System.Globalization;
using System.Text;
using PureDump.Formats.Codec;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Replay;

/// <summary>Scripts that pg_dump made give by PureDump what they give by psql.</summary>
public sealed class ScriptReplayTests(OwnServers servers) : IClassFixture<OwnServers>
{
    private const string Odd = """
        CREATE TYPE mood AS ENUM ('a;b', 'c''d', E'e\\f');
        CREATE TABLE "T "";x" (id int PRIMARY KEY, t text, m mood, b bytea);
        INSERT INTO "T "";x" VALUES (1, E'\\.', 'a;b', '\x00'), (2, E'a\tb\nc\rd\\', 'c''d', NULL), (3, '$$;--/*', E'e\\f', '\x5c2e0a');
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $x$ BEGIN /* ; $$ */ RETURN NEW; END; $x$;
        CREATE TRIGGER t BEFORE INSERT ON "T "";x" FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TABLE also (id int);
        CREATE RULE r AS ON INSERT TO also DO ALSO (SELECT 1; SELECT 2);
        CREATE VIEW v AS SELECT CASE WHEN id > 1 THEN 'x;' ELSE E'\\' END AS c FROM also;
        COMMENT ON VIEW v IS E'; \\! touch x\n\\connect y\n-- ''';
        """;

    private const string OddWithBodies = """
        CREATE FUNCTION g(i int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN i > 1 THEN CASE i WHEN 2 THEN 3 END END; SELECT i;
            END;
        CREATE PROCEDURE "end;"(i int) LANGUAGE sql BEGIN ATOMIC INSERT INTO also VALUES (i); DELETE FROM also WHERE id = i; END;
        """;

    public static IEnumerable<TheoryDataRow<int, string>> Ways =>
        from major in TestMajors.All
        from way in (string[])
            [
                "",
                "--inserts",
                "--column-inserts --rows-per-insert=50 --disable-dollar-quoting",
                "--create --clean --if-exists",
                "--use-set-session-authorization",
            ]
        // pg_dump 18 names the locale provider, which servers before 15 do not know.
        where major >= 15 || !way.StartsWith("--create", StringComparison.Ordinal)
        select new TheoryDataRow<int, string>(major, way);

    [Theory, MemberData(nameof(Ways))]
    public void A_script_of_pg_dump_gives_the_database_it_was_made_of(int major, string way)
    {
        PostgresServer server = ServerPool.Get(major);
        bool creates = way.StartsWith("--create", StringComparison.Ordinal);
        string source = creates ? server.CreateDatabase($"Odd 'db\" \\ {major}") : server.CreateDatabase();
        Samples.LoadPagila(server, source);
        Load(server, source, major < 14 ? Odd : Odd + OddWithBodies);

        string script = PgDump(server, source, way);
        string target = creates ? source : server.CreateDatabase();
        using var file = new TemporaryFile("dump.sql");
        File.WriteAllText(file.Path, script);

        Command run = Psql.Run(server, ["-q", "-d", creates ? "postgres" : target, "-o", "/dev/null", "-f", file.Path]);

        // Before 17 there is no transaction_timeout to set.
        Assert.DoesNotContain("error", run.Error.Replace("unrecognized configuration parameter", "", StringComparison.Ordinal));
        Assert.True(major < 17 || run.Error.Length == 0 || creates, run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Comparable(script, way), Comparable(PgDump(server, target, way), way));
        if (!creates)
        {
            Assert.Empty(TableHashes.Of(server, source).Differences(TableHashes.Of(server, target)));
            server.DropDatabase(target);
        }

        server.DropDatabase(source);
    }

    [Theory, EveryMajor]
    public void A_script_of_pg_dumpall_gives_the_cluster(int major)
    {
        const int sourceMajor = 15;
        PgDumpOracle oracle = PgDumpOracle.Find(sourceMajor);
        Assert.SkipUnless(
            oracle.Major == sourceMajor && major >= sourceMajor,
            "pg_dumpall 15 must be installed, and its script is for 15 and newer");
        PostgresServer source = Requirement.OwnServer(sourceMajor);
        using (source)
        {
            source.Execute("postgres", """
                DO $$ BEGIN FOR i IN 1..30 LOOP EXECUTE format('CREATE ROLE "role %s''" LOGIN PASSWORD %L', i, 'p' || i); END LOOP; END $$;
                GRANT "role 1'" TO "role 2'" WITH ADMIN OPTION; GRANT "role 2'" TO "role 3'"; GRANT "role 3'" TO "role 4'";
                ALTER ROLE "role 1'" SET work_mem = '5MB'; ALTER ROLE "role 2'" IN DATABASE postgres SET search_path = 'a''b', public;
                """);
            string[] databases = ["one", "two words", "Odd 'db\" \\", "UPPER", "five"];
            foreach (string database in databases)
            {
                source.CreateDatabase(database);
                Load(source, database, $"{Odd}{OddWithBodies}ALTER TABLE also OWNER TO \"role 3'\";");
            }

            PostgresServer target = servers.Get(major);
            string script = oracle.Run("pg_dumpall", source).Succeeded().Output;
            using var file = new TemporaryFile("cluster.sql");
            File.WriteAllText(file.Path, script);

            Command run = Psql.Run(target, ["-d", "postgres", "-q", "-f", file.Path, "-o", "/dev/null"]);

            Assert.Equal(0, run.ExitCode);
            Assert.DoesNotContain("syntax", run.Error);
            Assert.Equal(1, run.Error.Split("ERROR:").Length - 1);
            Assert.Contains("role \"postgres\" already exists", run.Error);
            foreach (string database in databases)
            {
                Assert.Empty(TableHashes.Of(source, database).Differences(TableHashes.Of(target, database)));
                if (major == sourceMajor)
                {
                    // Newer servers spell views in another way.
                    Operations.AssertSame(source, database, target, database);
                }
            }

            const string globals = """
                SELECT r.rolname, r.rolcanlogin, a.rolpassword, r.rolconfig,
                    (SELECT string_agg(g.rolname || m.admin_option::text,
                        ',' ORDER BY g.rolname) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid)
                FROM pg_roles r JOIN pg_authid a ON a.oid = r.oid WHERE r.rolname LIKE 'role %' ORDER BY 1
                """;
            Assert.Equal(
                source.Rows("postgres", globals).Select(row => string.Join('|', row)),
                target.Rows("postgres", globals).Select(row => string.Join('|', row)));
        }
    }

    [Theory, EveryMajor]
    public void Restore_counts_what_fails_in_a_script_or_stops_or_keeps_nothing(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        using var file = new TemporaryFile("dump.sql");
        const string script =
            "-- a dump\nCREATE TABLE a (x int);\nCREATE TABLE b (x nope);\nCOPY missing FROM stdin;\n1\n\\.\nCOPY a FROM "
                + "stdin;\n1\n2\n\\.\n";
        File.WriteAllText(file.Path, script);

        string stopped = Restore(exitCode: 8, "-1");
        Assert.Contains("dump.sql:3: ERROR:  type \"nope\" does not exist", stopped);
        Assert.Contains("was not replayed to its end", stopped);
        Assert.Equal("0", Tables());

        stopped = Restore(exitCode: 8, "-e");
        Assert.DoesNotContain("missing", stopped);
        Assert.Equal("1", Tables());
        server.Execute(database, "DROP TABLE a");

        string counted = Restore(exitCode: 1);
        Assert.Contains("dump.sql:3: ERROR:  type \"nope\" does not exist", counted);
        Assert.Contains("dump.sql:4: ERROR:  relation \"missing\" does not exist", counted);
        Assert.StartsWith("puredump: error: replayed with 2 failures, ", counted.TrimEnd().Split('\n')[^1]);
        Assert.Equal("2", server.Scalar(database, "SELECT count(*) FROM a"));

        string Restore(int exitCode, params string[] arguments)
        {
            using PureDumpProcess process = PureDumpProcess.Start(server, "restore", ["-d", database, .. arguments, file.Path]);
            Assert.Equal(exitCode, process.WaitForExit());
            return process.Error;
        }

        string? Tables() => server.Scalar(database, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public void Restore_takes_compressed_scripts_and_says_where_one_is_damaged(string method)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        using var file = new TemporaryFile("dump.sql.x");
        using (FileStream output = File.Create(file.Path))
        using (Stream stream = StreamCompression.Parse(method, static _ => { }).Into(output)!)
        {
            stream.Write("SET x.y = 1;\nCREATE TABLE IF NOT EXISTS a (x int);\nCOPY a FROM stdin;\n1\n\\.\n"u8);
        }

        Assert.Equal("", Restore(server, database, file.Path, exitCode: 0));
        Assert.Contains("already exists, skipping", Psql(exitCode: 0), StringComparison.Ordinal);
        Assert.Equal("2", server.Scalar(database, "SELECT count(*) FROM a"));
        byte[] bytes = File.ReadAllBytes(file.Path);
        (byte[] Bytes, string What)[] damaged =
        [
            (bytes[..^3], "a cut end"),
            ([.. bytes[..^3], (byte)(bytes[^3] ^ 1), .. bytes[^2..]], "a flipped bit"),
            ([.. bytes, 1, 2, 3], "a longer end"),
        ];
        Assert.All(
            damaged,
            one =>
            {
                server.Execute(database, "DROP TABLE IF EXISTS a");
                File.WriteAllBytes(file.Path, one.Bytes);
                Assert.StartsWith(
                    $"puredump: error: the data of {file.Path} are damaged: ",
                    Restore(server, database, file.Path, exitCode: 13),
                    StringComparison.Ordinal);

                // psql's own code for what ends it that is not the script's SQL; with -1 nothing of it is kept.
                server.Execute(database, "DROP TABLE IF EXISTS a");
                Assert.Contains($"the data of {file.Path} are damaged: ", Psql(exitCode: 1), StringComparison.Ordinal);
                Assert.Equal("0", server.Scalar(database, "SELECT count(*) FROM pg_class WHERE relname = 'a'"));
            }
        );

        string Psql(int exitCode)
        {
            using PureDumpProcess process = PureDumpProcess.Start(server, "psql", ["-X", "-q", "-1", "-d", database, "-f", file.Path]);
            Assert.Equal(exitCode, process.WaitForExit());
            return process.Error;
        }
    }

    [Fact]
    public void Restore_refuses_a_script_that_was_cut_off_inside_rows()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE TABLE a (x int)");
        using var file = new TemporaryFile("dump.sql");
        File.WriteAllText(file.Path, "COPY a FROM stdin;\n2\n3\n");

        Assert.Contains("the script ends inside the rows of a COPY", Restore(server, database, file.Path, exitCode: 18));
        Assert.Equal("0", server.Scalar(database, "SELECT count(*) FROM a"));
    }

    /// <summary>The exit codes are those of PostgreSQL's psql, which is asked for them too: 1 where the last step is a text, 3 where it is
    /// a script.</summary>
    [Theory]
    [InlineData(1, "-c", "SELECT pg_sleep(600)")]
    [InlineData(1, "-v", "ON_ERROR_STOP=1", "-c", "SELECT pg_sleep(600)")]
    [InlineData(1, "-c", "SELECT pg_sleep(600)", "-c", "CREATE TABLE behind ()")]
    [InlineData(3, "-f", "{script}")]
    [InlineData(3, "-v", "ON_ERROR_STOP=1", "-f", "{script}")]
    [InlineData(3, "-1", "-f", "{script}")]
    [InlineData(1, "-f", "{script}", "-c", "CREATE TABLE behind ()")]
    public void Interrupted_the_statement_is_cancelled_and_psql_ends(int exitCode, params string[] arguments)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        using var file = new TemporaryFile("sleep.sql");
        File.WriteAllText(file.Path, "CREATE TABLE before ();\nSELECT pg_sleep(600);\nCREATE TABLE behind ();\n");
        string[] words = ["-X", "-d", database, .. arguments.Select(word => word == "{script}" ? file.Path : word)];
        string sleeping =
            $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND state = 'active' AND query LIKE '%pg_sleep(600)%'";

        using PureDumpProcess process = PureDumpProcess.Start(server, "psql", words);
        Interrupt(process);
        Assert.Contains("psql: error: interrupted", process.Error);

        // PostgreSQL's psql runs the texts behind it all the same, and says nothing of them.
        Assert.Equal("0", server.Scalar(database, "SELECT count(*) FROM pg_class WHERE relname = 'behind'"));
        server.Execute(database, "DROP TABLE IF EXISTS before");

        using PureDumpProcess real = PureDumpProcess.StartOther(
            Path.Combine(PgDumpOracle.ModelFor(server).BinDirectory, "psql"),
            server,
            words);
        Interrupt(real);

        void Interrupt(PureDumpProcess running)
        {
            Bounded.WaitFor("the statement to begin", () => server.Scalar("postgres", sleeping) == "1");
            running.Interrupt();
            Assert.Equal(exitCode, running.WaitForExit());
            Bounded.WaitFor("the statement to end", () => server.Scalar("postgres", sleeping) == "0");
        }
    }

    [Fact]
    public void A_large_script_from_a_pipe_is_replayed_in_the_memory_of_a_statement()
    {
        const int rowCount = 6_000_000;
        const int statementCount = 200_000;
        const long peakMax = 120L << 20;
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        using PureDumpProcess process = PureDumpProcess.Start(server, "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", database);
        long peak = 0;
        using (Stream input = process.Input)
        {
            input.Write(
                "CREATE UNLOGGED TABLE t (x int, filler text); ALTER TABLE t ALTER filler SET STORAGE EXTERNAL;\nCOPY t FROM stdin;\n"u8);
            byte[] rows = Encoding.UTF8.GetBytes(
                string.Concat(
                    Enumerable.Range(0, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}\tfiller {i} \\\\. ';$$\n"))));
            for (int i = 0; i < rowCount / 1000; i++)
            {
                input.Write(rows);
                peak = Math.Max(peak, i % 100 == 0 ? process.PeakMemory : 0);
            }

            input.Write("\\.\nBEGIN;\n"u8);
            byte[] statements = Encoding.UTF8.GetBytes(
                string.Concat(
                    Enumerable
                        .Range(0, 1000)
                        .Select(i => string.Create(CultureInfo.InvariantCulture, $"INSERT INTO t VALUES (-1, 'it''s {i};');\n"))));
            for (int i = 0; i < statementCount / 1000; i++)
            {
                input.Write(statements);
            }

            input.Write("COMMIT;\n"u8);
            peak = Math.Max(peak, process.PeakMemory);
        }

        Assert.True(process.WaitForExit() == 0, process.Error);
        TestContext.Current.TestOutputHelper?.WriteLine($"peak {peak >> 20} MB");
        Assert.InRange(peak, 1, peakMax);
        Assert.Equal($"{rowCount + statementCount}", server.Scalar(database, "SELECT count(*) FROM t"));
        server.DropDatabase(database);
    }

    private static string Restore(PostgresServer server, string database, string path, int exitCode)
    {
        using PureDumpProcess process = PureDumpProcess.Start(server, "restore", "-q", "-d", database, path);
        Assert.True(process.WaitForExit() == exitCode, process.Error);
        return process.Error.TrimEnd();
    }

    // Rows that are inserted one by one fill free space in pages, and come out in another order.
    private static string Comparable(string script, string way) =>
        way.Contains("inserts", StringComparison.Ordinal)
            ? string.Join('\n', script.Split('\n').Select(line => line.TrimEnd(',', ';')).Order(StringComparer.Ordinal))
            : script;

    // By PostgreSQL's own psql: Npgsql cuts rules and bodies into pieces.
    private static void Load(PostgresServer server, string database, string sql) =>
        Psql.RunReal(18, server, ["-q", "-v", "ON_ERROR_STOP=1", "-d", Conninfo(database)], sql).Succeeded();

    private static string Conninfo(string database) =>
        $"dbname='{database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string PgDump(PostgresServer server, string database, string way) =>
        PgDumpOracle
            .ModelFor(server)
            .Run(
                "pg_dump",
                server,
                ["-d", Conninfo(database), "--restrict-key=K", .. way.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            .Succeeded()
            .Output;
}
