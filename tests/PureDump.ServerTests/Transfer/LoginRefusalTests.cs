using System.Globalization;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Logins that are refused and servers that are not there, in the words of PostgreSQL's own clients where their names are
/// used.</summary>
public sealed class LoginRefusalTests : IDisposable
{
    private const int OracleMajor = 18;

    private static readonly string[] s_clients =
    [
        "pg_dump {db}",
        "pg_dumpall -g",
        "pg_restore -d {db} {archive}",
        "psql -X -d {db} -c x",
        "psql -X -l",
        "createdb x",
        "dropdb x",
    ];

    private static readonly Dictionary<string, string?> s_environment = new() { ["PGPASSWORD"] = "wrong" };

    private readonly PostgresServer _server = Requirement.OwnServer(
        TestMajors.Newest,
        new ServerOptions
        {
            HbaLines =
            [
                "host all trusted 127.0.0.1/32 trust",
                "host all nobody 127.0.0.1/32 trust",
                "host all secret 127.0.0.1/32 scram-sha-256",
            ],
        }
    );

    private readonly TemporaryFile _archive = new("x.dump");

    public LoginRefusalTests()
    {
        _server.Execute("postgres", "CREATE ROLE trusted LOGIN");
        _server.Execute("postgres", "CREATE ROLE secret LOGIN PASSWORD 'right'");
        File.Copy(Repository.PathOf("formats", "golden", "pg", "custom-18-none.dump"), _archive.Path);
    }

    public void Dispose()
    {
        _server.Dispose();
        _archive.Dispose();
    }

    /// <summary>A wrong password, no role, no line in pg_hba.conf, no database.</summary>
    [Theory]
    [InlineData("localhost", "secret", "postgres")]
    [InlineData("127.0.0.1", "secret", "postgres")]
    [InlineData("127.0.0.1", "nobody", "postgres")]
    [InlineData("127.0.0.1", "unknown", "postgres")]
    [InlineData("127.0.0.1", "trusted", "not there")]
    public void A_refused_login_is_told_in_libpqs_words(string host, string user, string database) =>
        AssertSame(
            host,
            _server.Port,
            user,
            database,
            s_clients.Where(line => database == "postgres" || line.Contains("{db}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("/nowhere")]
    public void A_server_that_is_not_there_is_told_in_libpqs_words(string host) => AssertSame(host, 1, "trusted", "postgres", s_clients);

    /// <summary>The program's own commands say it in their own words, and which kind it is by their exit code.</summary>
    [Fact]
    public void The_programs_own_commands_have_their_own_words()
    {
        Command run = Run("dump", "127.0.0.1", _server.Port, "secret", ["-d", "postgres"]);

        Assert.Equal(5, run.ExitCode);
        Assert.Equal(
            $"puredump: error: connection to server at \"127.0.0.1\", port {_server.Port} failed: password authentication failed for "
                + $"user \"secret\" (SQLSTATE 28P01)\n",
            run.Error);
    }

    private void AssertSame(string host, int port, string user, string database, IEnumerable<string> lines) =>
        Requirement.All(
            lines,
            line =>
            {
                string[] words =
                [
                    .. line.Split(' ')
                        .Select(word =>
                            word.Replace("{db}", database, StringComparison.Ordinal)
                                .Replace("{archive}", _archive.Path, StringComparison.Ordinal)),
                ];
                Command expected = PgDumpOracle.Find(OracleMajor).Run(words[0], Arguments(host, port, user, words[1..]), s_environment);
                Command actual = Run(words[0], host, port, user, words[1..]);

                Assert.Equal((expected.ExitCode, expected.Error), (actual.ExitCode, actual.Error));
                Assert.Contains("connection to server", expected.Error, StringComparison.Ordinal);
            }
        );

    private static Command Run(string verb, string host, int port, string user, string[] words) =>
        Command.Run(
            TestedProgram.Words[0],
            [.. TestedProgram.Words[1..], verb, .. Arguments(host, port, user, words)],
            environment: s_environment);

    private static string[] Arguments(string host, int port, string user, string[] words) =>
        ["-h", host, "-p", port.ToString(CultureInfo.InvariantCulture), "-U", user, "-w", .. words];
}
