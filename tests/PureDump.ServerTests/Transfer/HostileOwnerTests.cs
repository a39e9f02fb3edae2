using System.Globalization;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// Whoever owns a database may be an enemy of the superuser who dumps it, restores into it or looks at it: nothing that the owner put
/// before pg_catalog is ever called by a statement of ours.
/// </summary>
public sealed class HostileOwnerTests : IDisposable
{
    private static readonly string[][] s_verbs =
    [
        ["dump", "-d", "OWNED", "-f", "DIR/a.pdump"],
        ["dump", "-d", "OWNED", "-j", "3", "-E", "LATIN1", "-f", "DIR/e.pdump"],
        ["dump", "-d", "OWNED", "-t", "t", "-t", "p*", "-T", "v", "-E", "UTF8", "--table-and-children", "p", "-f", "DIR/t.pdump"],
        ["pg_dump", "-E", "SQL_ASCII", "--statistics", "-f", "DIR/a.sql", "OWNED"],
        ["pg_dump", "-Fc", "--inserts", "--on-conflict-do-nothing", "-f", "DIR/i.dump", "OWNED"],
        ["pg_dump", "-Fd", "-j", "2", "-f", "DIR/d", "OWNED"],
        ["pg_dumpall", "-l", "OWNED", "--exclude-database", "*", "-f", "DIR/all.sql"],
        ["dump", "--all", "-d", "OWNED", "-j", "2", "--exclude-database", "test_*", "--exclude-database", "d[0-9]*", "-f", "DIR/all.pdump"],
        ["restore", "-a", "-d", "OWNED", "DIR/a.pdump"],
        ["restore", "-a", "-d", "OWNED", "-j", "3", "--analyze", "DIR/e.pdump"],
        ["restore", "-a", "-1", "-d", "OWNED", "DIR/a.pdump"],
        ["restore", "-c", "--if-exists", "-d", "OWNED", "-t", "q", "DIR/a.pdump"],
        ["pg_restore", "-a", "-d", "OWNED", "DIR/i.dump"],
        ["pg_restore", "-a", "-j", "2", "-d", "OWNED", "DIR/d"],
        ["copy", "--source", "OWNED", "--target", "OTHER", "--exclude-schema", "evil", "-j", "2", "--verify"],
        ["copy", "-a", "--source", "OTHER", "--target", "OWNED", "--verify", "-j", "1"],
        ["psql", "-l", "-d", "OWNED"],
        ["createdb", "--maintenance-db", "OWNED", "-E", "UTF8", "-T", "template0", "-e", "MADE", "a comment"],
        ["dropdb", "--maintenance-db", "OWNED", "--if-exists", "MADE"],
        ["pg_isready", "-d", "OWNED"],
    ];

    private readonly TemporaryFile _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [EveryMajor]
    public void No_verb_calls_what_an_owner_put_before_the_catalog(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string owned, string other) = (server.CreateDatabase(), server.CreateDatabase());
        string owner = $"mallory_{owned}";
        server.Execute(
            "postgres",
            $"CREATE ROLE {owner} LOGIN; ALTER DATABASE {owned} OWNER TO {owner}; GRANT ALL ON SCHEMA public TO PUBLIC");
        try
        {
            server.Execute(owned, "GRANT ALL ON SCHEMA public TO PUBLIC");
            server.Execute(
                owned,
                $"SET SESSION AUTHORIZATION {owner};"
                    + File.ReadAllText(Repository.PathOf("tests", "PureDump.ServerTests", "Transfer", "shadows.sql")));
            Assert.Equal(
                "1",
                server.Scalar(
                    owned,
                    "SELECT count(*) FROM pg_operator WHERE oprname = '=' AND oprleft = 'int4'::regtype AND oprright = 'int4'::regtype "
                        + "AND oprnamespace = 'evil'::regnamespace"));
            Assert.True(
                int.Parse(
                    server.Scalar(owned, "SELECT count(*) FROM pg_proc WHERE pronamespace = 'evil'::regnamespace")!,
                    CultureInfo.InvariantCulture) > 2000);
            server.Execute(owned, $"ALTER DATABASE {owned} SET search_path = evil, public, pg_catalog");
            Assert.Contains(
                "shadow called",
                Assert.Throws<Npgsql.PostgresException>(() => server.Scalar(owned, "SELECT 1 = 1")).Message,
                StringComparison.Ordinal);

            // The call above comes into the log when the server has written it.
            Assert.True(SpinWait.SpinUntil(() => CallCount(server, owned) > 1, TimeSpan.FromSeconds(30)));
            int callCount = CallCount(server, owned);
            Assert.All(s_verbs, verb => Runs(server, verb, owned, other));
            Assert.Equal(callCount, CallCount(server, owned));
        }
        finally
        {
            server.DropDatabase(owned);
            server.DropDatabase(other);
            server.Execute("postgres", $"DROP ROLE {owner}");
        }
    }

    // Errors that a program would keep to itself stand in the server's log.
    private static int CallCount(PostgresServer server, string database) => server.Log.Split($"shadow called in {database}").Length;

    private void Runs(PostgresServer server, string[] verb, string owned, string other)
    {
        string[] words =
        [
            .. verb.Select(word =>
                word.Replace("DIR", _files.Directory, StringComparison.Ordinal)
                    .Replace("OWNED", owned, StringComparison.Ordinal)
                    .Replace("OTHER", other, StringComparison.Ordinal)
                    .Replace("MADE", $"{owned}_made", StringComparison.Ordinal)),
        ];
        string[] login =
            verb[0] == "copy" ? [] : ["-h", server.Host, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.User];
        var environment = new Dictionary<string, string?>
        {
            ["PGHOST"] = server.Host,
            ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = server.User,
            ["PGPASSWORD"] = server.Password,
        };
        Command run = Command.Run(
            PureDumpProcess.Program[0],
            [.. PureDumpProcess.Program[1..], words[0], .. login, .. words[1..]],
            environment: environment);
        Assert.DoesNotContain("shadow called", run.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', words)} ended with {run.ExitCode}\n{run.Error}");
    }
}
