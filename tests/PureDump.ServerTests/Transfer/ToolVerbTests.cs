using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary><c>createdb</c>, <c>dropdb</c> and <c>pg_isready</c> beside PostgreSQL's own of 18: the same words in, the same output,
/// messages and exit code out.</summary>
public sealed class ToolVerbTests : IDisposable
{
    private const int OracleMajor = 18;

    private static readonly string[] s_unusable =
    [
        "createdb a b c d",
        "createdb -E foo",
        "createdb -E sjis2",
        "createdb --encoding=",
        "dropdb",
        "dropdb a b",
        "dropdb --if-e",
        "dropdb -fe",
        "pg_isready x",
        "pg_isready -q x",
    ];

    // In this order, each with what the ones before it have left; {a} and {b} are names of databases.
    private static readonly string[] s_databases =
    [
        "createdb -e {a}",
        "createdb -e {a}",
        "createdb -e -T template0 -E UTF8 --lc-collate=C --lc-ctype=C -D pg_default {b} it's\\so",
        "createdb --echo -O nobody_here x",
        "createdb -e -T {a} -l C {b}",
        "createdb -e -E sjis x",
        "createdb -e --maintenance-db template1 {b}",
        "createdb -e postgres",
        "dropdb -e {a}",
        "dropdb -e {a}",
        "dropdb -e --if-exists {a}",
        "dropdb -e -f {b}",
        "dropdb -e --force --if-exists {b}",
        "dropdb -e template1",
        "dropdb --maintenance-db dbname=template1 -e not-there",
    ];

    // Those are of 15 or newer.
    private static readonly string[] s_databasesSince15 =
    [
        "createdb -e -S wal_log {a}",
        "createdb -e -S Weird {b}",
        "createdb -e -T template0 --locale-provider=libc --locale=C {b}",
        "createdb -e --locale-provider=foo x",
        "createdb -e --locale-provider=icu --icu-rules=a<b --icu-locale=en --builtin-locale=C x",
        "dropdb -e {a}",
        "dropdb -e {b}",
    ];

    private static readonly string[] s_ready =
    [
        "pg_isready",
        "pg_isready -q",
        "pg_isready -t 7 -d nowhere",
        "pg_isready -d dbname=x",
        "pg_isready -U nobody_here",
    ];

    private readonly OwnServers _servers = new();

    public void Dispose() => _servers.Dispose();

    [Fact]
    public void What_cannot_be_used_is_refused_in_their_words() => Requirement.All(s_unusable, line =>
    {
        string[] words = line.Split(' ');
        Command expected = PgDumpOracle.Find(OracleMajor).Run(words[0], words[1..]);
        using PureDumpProcess actual = PureDumpProcess.Start(words);
        Assert.Equal(expected.ExitCode, actual.WaitForExit());
        Assert.Equal(expected.Error.TrimEnd(), actual.Error.TrimEnd());
    });

    [Theory, EveryMajor]
    public void Databases_are_made_and_removed_as_by_createdb_and_dropdb(int major)
    {
        PostgresServer server = _servers.Get(major);
        string[] lines = [.. s_databases, .. major >= 15 ? s_databasesSince15 : []];
        List<string> expected = [.. lines.Select(line => Oracle(server, line))];
        Assert.Equal(["postgres", "template0", "template1"], Databases(server));
        List<string> actual = [.. lines.Select(line => PureDump(server, line))];
        Assert.Equal(expected, actual);
        Assert.Equal(["postgres", "template0", "template1"], Databases(server));
    }

    [Theory, EveryMajor]
    public void A_server_that_takes_connections_is_ready(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        Requirement.All(s_ready, line => Assert.Equal(Oracle(server, line), PureDump(server, line)));
    }

    [Theory]
    [InlineData("57P03", 1, "rejecting connections")]
    [InlineData("53300", 0, "accepting connections")]
    [InlineData("28000", 0, "accepting connections")]
    [InlineData("", 2, "no response")]
    public void What_a_server_says_that_takes_nobody_decides(string sqlState, int exitCode, string answer)
    {
        // An error by its SQLSTATE, or the end of the connection without a word.
        byte[] error =
            sqlState.Length == 0 ? [] : [.. "SFATAL\0VFATAL\0C"u8, .. System.Text.Encoding.ASCII.GetBytes(sqlState), .. "\0Mno\0\0"u8];
        byte[] message = error.Length == 0 ? [] : [(byte)'E', 0, 0, 0, (byte)(error.Length + 4), .. error];
        using var refusing = new RefusingServer(message);
        string[] words = ["-h", "127.0.0.1", "-p", $"{refusing.Port}", "-U", "ann"];
        Command expected = PgDumpOracle.Find(OracleMajor).Run("pg_isready", words);
        using PureDumpProcess actual = PureDumpProcess.Start(["pg_isready", .. words]);
        string printed = new StreamReader(actual.Output).ReadToEnd();

        Assert.Equal((exitCode, $"127.0.0.1:{refusing.Port} - {answer}\n"), (expected.ExitCode, expected.Output));
        Assert.Equal((exitCode, $"127.0.0.1:{refusing.Port} - {answer}\n"), (actual.WaitForExit(), printed));
    }

    [Fact]
    public void A_server_that_asks_for_a_password_is_ready_and_no_login_fails()
    {
        using PostgresServer server = Requirement.OwnServer(
            TestMajors.Newest,
            new ServerOptions { HbaLines = ["host all all 127.0.0.1/32 scram-sha-256"] }
        );
        using PureDumpProcess process = PureDumpProcess.Start(["pg_isready", "-h", "127.0.0.1", "-p", $"{server.Port}", "-U", "postgres"]);
        Assert.True(process.WaitForExit() == 0, process.Error);
        Assert.DoesNotContain("password authentication failed", server.Log, StringComparison.Ordinal);
    }

    private static string Oracle(PostgresServer server, string line)
    {
        string[] words = Words(line);
        Command command = PgDumpOracle.ModelFor(server).Run(words[0], server, words[1..]);
        return $"{line}\n{command.Output}{command.Error.TrimEnd()}\n= {command.ExitCode}";
    }

    private static string PureDump(PostgresServer server, string line)
    {
        string[] words = Words(line);
        using PureDumpProcess process = PureDumpProcess.Start(server, words[0], words[1..]);
        string output = new StreamReader(process.Output).ReadToEnd();
        int exitCode = process.WaitForExit();
        return $"{line}\n{output}{process.Error.TrimEnd()}\n= {exitCode}";
    }

    private static string[] Words(string line) =>
        [
            .. line.Split(' ')
                .Select(word => word.Replace("{a}", "made_a", StringComparison.Ordinal).Replace("{b}", "Made b", StringComparison.Ordinal)),
        ];

    private static IEnumerable<string?> Databases(PostgresServer server) =>
        server.Rows("postgres", "SELECT datname FROM pg_database ORDER BY 1").Select(row => row[0]);
}
