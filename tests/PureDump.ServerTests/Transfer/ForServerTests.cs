using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Scripts and archives of pg_dump's are for the server they come from, or the one that <c>--for-server</c> names.</summary>
public sealed class ForServerTests
{
    private const string Content = """
        CREATE TABLE t (x int);
        INSERT INTO t VALUES (1);
        CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false);
        """;

    [Theory, EveryMajor]
    public void A_script_makes_the_database_anew_without_an_error(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Create(server);
        string script = Run(server, "dump", ["-F", "plain", "--create", database]);
        Drop(server, database);
        using var file = new TemporaryFile("script.sql");
        File.WriteAllText(file.Path, script);

        // The program of the server's own version where it is at hand, else an older or newer one: each hands over what it reads.
        Command replay = PgDumpOracle
            .Find(major)
            .Run("psql", server, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-f", file.Path);

        Assert.DoesNotContain("ERROR", replay.Succeeded().Error, StringComparison.Ordinal);
        Assert.Equal("1", server.Scalar(database, "SELECT x FROM t"));
        Drop(server, database);
    }

    [Fact]
    public void A_script_makes_a_database_that_is_read_only_by_default()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        string database = Create(server);
        server.Execute(database, $"ALTER DATABASE {database} SET default_transaction_read_only = on");
        string script = Run(server, "dump", ["-F", "plain", "--create", database]);
        Drop(server, database);
        using var file = new TemporaryFile("script.sql");
        File.WriteAllText(file.Path, script);
        foreach (
            string[] replay in (string[][])
                [
                    ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-f"],
                    ["restore", "-e", "-d", "postgres"],
                ])
        {
            Run(server, replay[0], [.. replay[1..], file.Path]);
            Assert.Equal("1", server.Scalar(database, "SELECT x FROM t"));
            Drop(server, database);
        }

        // Into one that is there, out of a script that says nothing of it.
        string target = server.CreateDatabase();
        server.Execute(target, $"ALTER DATABASE {target} SET default_transaction_read_only = on");
        server.Execute("postgres", "SELECT 1");
        File.WriteAllText(file.Path, "CREATE TABLE t (x int);\nINSERT INTO t VALUES (1);\n");
        Run(server, "restore", ["-e", "-d", target, file.Path]);
        Assert.Equal("1", server.Scalar(target, "SELECT x FROM t"));
        server.DropDatabase(target);
    }

    [Theory, EveryStepUp]
    public void A_subscription_does_on_a_newer_server_what_it_did(int from, int into)
    {
        (PostgresServer source, PostgresServer target) = (ServerPool.Get(from), ServerPool.Get(into));
        string database = Create(source);
        using var file = new TemporaryFile("dump");
        foreach (string[] options in (string[][])[["-F", "plain"], ["-F", "custom"], ["-F", "custom", "--for-server", $"{into}"], []])
        {
            Run(source, "dump", [.. options, "-f", file.Path, database]);
            string copy = target.CreateDatabase();
            Run(target, "restore", ["-e", "-d", copy, file.Path]);

            // Neither as the owners of the tables, nor with several workers.
            string subscribed =
                $"SELECT {(into >= 16 ? "subrunasowner" : "true")}::text || {(into >= 14 ? "substream" : "'f'")}::text FROM "
                    + "pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())";
            Assert.Equal(
                (from < 16 ? "true" : "false")
                    + (
                        from >= 18 ? "p"
                        : into >= 16 ? "f"
                        : "false")[..1],
                Short(target.Scalar(copy, subscribed)));
            Drop(target, copy);
        }

        Drop(source, database);

        static string Short(string? text) =>
            text is null ? ""
            : text.StartsWith("true", StringComparison.Ordinal) ? "true" + text[4..5]
            : "false" + text[5..6];
    }

    [Theory, EveryMajor]
    public void An_archive_is_read_by_the_pg_restore_of_the_server(int major)
    {
        PgDumpOracle programs = PgDumpOracle.Find(major);
        Assert.SkipUnless(programs.Major == major, $"no pg_restore {major} is at hand: {programs.Major} is the next");
        PostgresServer server = ServerPool.Get(major);
        string database = Create(server);
        using var folder = new TemporaryFile("archives");
        Directory.CreateDirectory(folder.Path);

        Assert.All((string[])["custom", "directory", "tar"], format =>
        {
            string path = Path.Combine(folder.Path, format);
            Run(server, "dump", ["-F", format, "-f", path, database]);
            string target = server.CreateDatabase();

            Assert.Equal("", programs.Run("pg_restore", server, "-d", target, path).Succeeded().Error);
            Assert.Equal("1", server.Scalar(target, "SELECT x FROM t"));
            Drop(server, target);
        });
        Drop(server, database);
    }

    [Fact]
    public void Another_server_is_named_by_an_option_of_each_verb()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = Create(server);

        // What another version does by default is asked for, and stays.
        server.Execute(database, "ALTER SUBSCRIPTION s SET (streaming = off)");
        using var archive = new TemporaryFile("own.pdump");
        Run(server, "dump", ["-f", archive.Path, database]);

        foreach ((int major, bool knowsTimeout, bool knowsStreaming) in ((int, bool, bool)[])
            [(13, false, false), (15, false, true), (16, false, true), (17, true, true)])
        {
            string[] option = ["--for-server", $"{major}"];
            Assert.All(
                (string[])
                [
                    Run(server, "dump", ["-F", "plain", .. option, database]),
                    Run(null, "convert", ["-F", "plain", .. option, archive.Path]),
                    Run(null, "restore", ["-f", "-", .. option, archive.Path]),
                ],
                script =>
                {
                    Assert.Equal(knowsTimeout, script.Contains("SET transaction_timeout", StringComparison.Ordinal));
                    Assert.Equal(knowsStreaming, script.Contains(", streaming = ", StringComparison.Ordinal));
                });
        }

        // Under the name of one of PostgreSQL's clients it is written as that one does.
        Assert.Contains("SET transaction_timeout = 0;", Run(server, "pg_dump", [database]));
        Assert.Contains("SET transaction_timeout = 0;", Run(ServerPool.Get(TestMajors.Oldest), "pg_dump", ["postgres"]));
        Drop(server, database);
    }

    [Theory]
    [InlineData("dump --for-server 15 x", "option --for-server can only be used with --format=plain, custom, directory or tar")]
    [InlineData("dump -F plain --for-server 12 x", "--for-server must be in range 13..19")]
    [InlineData("dump -F plain --for-server 99 x", "--for-server must be in range 13..19")]
    [InlineData("restore -d x --for-server 15 no.such.file", "options -d/--dbname and --for-server cannot be used together")]
    [InlineData("pg_dump --for-server 15 x", "unrecognized option '--for-server'")]
    public void It_is_refused_where_it_means_nothing(string line, string message)
    {
        using PureDumpProcess process = PureDumpProcess.Start(line.Split(' '));
        Assert.NotEqual(0, process.WaitForExit());
        Assert.Contains(message, process.Error);
    }

    [Fact]
    public void Who_asks_for_statistics_that_the_server_cannot_take_is_told()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        Assert.SkipUnless(server.Major < 18, "the oldest server of this run takes statistics");
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE TABLE t AS SELECT 1 AS x; ANALYZE t");
        using PureDumpProcess process = PureDumpProcess.Start(server, "dump", "-F", "plain", "--statistics", database);
        string script = new StreamReader(process.Output).ReadToEnd();

        Assert.Equal(0, process.WaitForExit());
        Assert.Contains($"warning: a server of version {server.Major} takes no statistics", process.Error);
        Assert.Contains("pg_restore_relation_stats", script);
    }

    private static string Create(PostgresServer server)
    {
        string database = server.CreateDatabase();
        server.Execute(database, Content);
        return database;
    }

    private static void Drop(PostgresServer server, string database)
    {
        server.Execute(
            database,
            "SET TRANSACTION READ WRITE; ALTER SUBSCRIPTION s DISABLE; ALTER SUBSCRIPTION s SET (slot_name = NONE); DROP SUBSCRIPTION s");
        server.DropDatabase(database);
    }

    private static string Run(PostgresServer? server, string verb, string[] words)
    {
        using PureDumpProcess process = server is null
            ? PureDumpProcess.Start([verb, .. words])
            : PureDumpProcess.Start(server, verb, words);
        string output = new StreamReader(process.Output).ReadToEnd();
        Assert.True(process.WaitForExit() == 0, process.Error);
        return output;
    }
}
