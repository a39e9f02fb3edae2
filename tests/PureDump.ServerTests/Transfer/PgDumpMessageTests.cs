using System.Text.RegularExpressions;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>What a server refuses, under the names of pg_dump and pg_dumpall: in their words, the statement behind them.</summary>
public sealed partial class PgDumpMessageTests(OwnServers servers) : IClassFixture<OwnServers>
{
    private const string Content = """
        CREATE TABLE open (x int);
        INSERT INTO open VALUES (1), (2), (3);
        CREATE TABLE "closed one" (x int);
        CREATE FUNCTION picky(x int) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN RETURN x / (3 - x) < 9; END $$;
        CREATE POLICY p ON open USING (picky(x));
        ALTER TABLE open ENABLE ROW LEVEL SECURITY;
        GRANT SELECT ON open TO message_reader;
        """;

    private static readonly string[] s_refused =
    [
        "-U message_reader",
        "--role no_such_role",
        "--snapshot no_such_snapshot",
        "-U message_reader -t open",
        "-U message_reader -t open --enable-row-security",
    ];

    [Fact]
    public void What_a_server_refuses_is_said_in_pg_dumps_words()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, "DO $$ BEGIN CREATE ROLE message_reader LOGIN; EXCEPTION WHEN duplicate_object THEN END $$");
        server.Execute(database, Content);

        Assert.All(s_refused, options =>
        {
            string[] words = [.. options.Split(' '), "-d", database];
            Command expected = PgDumpOracle.ModelFor(server).Run("pg_dump", server, words);
            using PureDumpProcess actual = PureDumpProcess.Start(server, "pg_dump", words);
            _ = new StreamReader(actual.Output).ReadToEnd();

            Assert.Equal(expected.ExitCode, actual.WaitForExit());

            // The statements are each program's own, down to what they are called; what the server says of them is the same.
            Assert.Equal(Said(expected.Error), Said(actual.Error));
            Assert.Matches("\npg_dump: detail: (Query|Command) was: [A-Z]", actual.Error);
        });
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("carriage\rreturn")]
    public void A_database_with_a_line_break_in_its_name_is_refused_in_pg_dumpalls_words(string name)
    {
        Assert.SkipUnless(TestMajors.Oldest < 19, "servers from 19 on make no database of such a name");
        PostgresServer server = OwnServer();
        server.Execute("postgres", $"CREATE DATABASE \"{name}\"");
        using PureDumpProcess process = PureDumpProcess.Start(server, "pg_dumpall", ["--no-role-passwords", "--exclude-database=pd*"]);
        string script = new StreamReader(process.Output).ReadToEnd();
        int code = process.WaitForExit();
        server.Execute("postgres", $"DROP DATABASE \"{name}\"");

        Assert.Equal(1, code);
        Assert.Contains("shell command argument contains a newline or carriage return", process.Error);
        Assert.DoesNotContain(name, script);
    }

    [Fact]
    public void Of_a_whole_cluster_the_database_is_named_too()
    {
        PostgresServer server = OwnServer();
        string database = server.CreateDatabase();
        server.Execute(database, "DO $$ BEGIN CREATE ROLE message_reader LOGIN; EXCEPTION WHEN duplicate_object THEN END $$");
        server.Execute(database, "CREATE TABLE closed (x int)");

        using PureDumpProcess process = PureDumpProcess.Start(server, "pg_dumpall", ["--no-role-passwords", "-U", "message_reader"]);
        _ = new StreamReader(process.Output).ReadToEnd();

        Assert.Equal(1, process.WaitForExit());
        Assert.Contains("pg_dumpall: error: query failed: ERROR:  permission denied for table closed", process.Error);
        Assert.Contains($"pg_dumpall: detail: the dump failed on database \"{database}\"", process.Error);
        server.DropDatabase(database);
    }

    // Nobody else makes databases on it.
    private PostgresServer OwnServer() => servers.Get(TestMajors.Oldest);

    private static string[] Said(string error) =>
        [.. error.Split('\n').Where(static line => Kept().IsMatch(line)).Select(static line => line.TrimEnd())];

    [GeneratedRegex("^pg_dump: error: ")]
    private static partial Regex Kept();
}
