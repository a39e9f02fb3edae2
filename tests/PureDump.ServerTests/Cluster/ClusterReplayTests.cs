using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Cluster;

/// <summary>
/// The script of a cluster, PureDump's or pg_dumpall's, run by <c>puredump psql</c>, makes the same cluster on an empty server of
/// another release.
/// </summary>
[Collection(ClusterServers.Name)]
public sealed partial class ClusterReplayTests(ClusterServers servers)
{
    private const int Old = 15;
    private const int New = 18;

    // Of the data types of the content nothing prints differently in the two releases, and neither do its definitions.
    private static readonly string[] s_databases = ["plain_utf8", "latin", "ascii", "in_space"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_cluster_of_an_old_server_is_made_on_a_new_one(bool isOwnScript)
    {
        // Its own: the directories of its tablespaces take one target of a release.
        using PostgresServer source = Requirement.OwnServer(Old);
        ClusterServers.Load(source);
        using PostgresServer target = Requirement.OwnServer(New);

        Replay(target, Script(source, isOwnScript), static text => text);

        AssertSame(source, target);
    }

    /// <summary>The old release has no options of memberships: as long as they are the usual ones, nothing is lost without them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_cluster_of_a_new_server_is_made_on_an_old_one_as_far_as_that_can_read_it(bool isOwnScript)
    {
        using PostgresServer source = Requirement.OwnServer(New);
        ClusterServers.Load(source, withOptions: false);
        using PostgresServer target = Requirement.OwnServer(Old);

        Replay(target, Script(source, isOwnScript), WithoutOptions);

        AssertSame(source, target);
    }

    [Fact]
    public void The_cluster_is_one_worth_replaying()
    {
        PostgresServer server = servers.Get(Old);
        const string depth = """
            WITH RECURSIVE nest (member, depth) AS (
                SELECT member, 1 FROM pg_auth_members
                UNION ALL
                SELECT m.member, n.depth + 1 FROM pg_auth_members m JOIN nest n ON m.roleid = n.member)
            SELECT max(depth) FROM nest
            """;

        Assert.InRange(Number("SELECT count(*) FROM pg_database WHERE datallowconn AND datname NOT LIKE 'template_'"), 5, 100);
        Assert.InRange(Number("SELECT count(*) FROM pg_roles WHERE rolname !~ '^pg_'"), 30, 100);
        Assert.InRange(Number("SELECT count(*) FROM pg_auth_members"), 15, 100);
        Assert.InRange(Number(depth), 4, 100);

        int Number(string sql) => int.Parse(server.Scalar("postgres", sql)!, CultureInfo.InvariantCulture);
    }

    // No program that hands out labels is loaded on the target.
    private static string Script(PostgresServer server, bool isOwn)
    {
        if (!isOwn)
        {
            return ClusterServers.Oracle(server, "--no-security-labels");
        }

        using var file = new TemporaryFile("all.sql");
        using PureDumpProcess process = PureDumpProcess.Start(server, "pg_dumpall", "--no-security-labels", "-f", file.Path);
        Assert.True(process.WaitForExit() == 0, process.Error);
        return File.ReadAllText(file.Path, Encoding.Latin1);
    }

    private static void Replay(PostgresServer target, string script, Func<string, string> fitted)
    {
        using var file = new TemporaryFile("all.sql");
        File.WriteAllText(file.Path, fitted(script), Encoding.Latin1);
        Command psql = Command.Run(
            PureDumpProcess.Program[0],
            [
                .. PureDumpProcess.Program[1..],
                "psql",
                "-h",
                target.Host,
                "-p",
                $"{target.Port}",
                "-U",
                target.User,
                "-X",
                "-q",
                "-d",
                "postgres",
                "-f",
                file.Path,
            ],
            environment: new Dictionary<string, string?>
            {
                ["PGPASSWORD"] = target.Password,
                ["PGOPTIONS"] = "-c allow_in_place_tablespaces=on",
            }
        );

        Assert.True(psql.ExitCode == 0, psql.Error);
        string[] errors = [.. psql.Error.Split('\n').Where(static line => line.Contains("error:", StringComparison.OrdinalIgnoreCase))];
        Assert.All(
            errors,
            static line =>
                Assert.Matches("role \"postgres\" already exists|unrecognized configuration parameter \"transaction_timeout\"", line));
        Assert.Single(errors, static line => line.Contains("postgres\"", StringComparison.Ordinal));
    }

    private static void AssertSame(PostgresServer source, PostgresServer target)
    {
        Assert.Equal(Globals(source), Globals(target));
        foreach (string database in s_databases)
        {
            Operations.AssertSame(source, database, target, database);
        }
    }

    private static string Globals(PostgresServer server) => WithoutOptions(ClusterServers.Oracle(server, "-g", "--no-security-labels"));

    private static string WithoutOptions(string script) => UsualOptions().Replace(script, "$1$2;");

    // What 16 and later say of every membership: INHERIT as the member has it, and the grantor.
    [GeneratedRegex(
        "^(GRANT .+ TO .+?)(?:( WITH ADMIN OPTION),| WITH) INHERIT (?:TRUE|FALSE) GRANTED BY postgres;$",
        RegexOptions.Multiline)]
    private static partial Regex UsualOptions();
}
