using System.Text;
using System.Text.RegularExpressions;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Cluster;

/// <summary>The script of a cluster makes the same cluster on an empty server of another release.</summary>
[Collection(ClusterServers.Name)]
public sealed partial class ClusterReplayTests(ClusterServers servers)
{
    private const int Old = 15;
    private const int New = 18;

    // Of the data types of the content nothing prints differently in the two releases, and neither do its definitions.
    private static readonly string[] s_databases = ["plain_utf8", "latin", "ascii", "in_space"];

    [Fact]
    public void The_cluster_of_an_old_server_is_made_on_a_new_one()
    {
        PostgresServer source = servers.Get(Old);
        using PostgresServer target = Requirement.OwnServer(New);

        Replay(target, Script(source), static text => text);

        AssertSame(source, target);
    }

    /// <summary>The old release has no options of memberships: as long as they are the usual ones, nothing is lost without them.</summary>
    [Fact]
    public void The_cluster_of_a_new_server_is_made_on_an_old_one_as_far_as_that_can_read_it()
    {
        using PostgresServer source = Requirement.OwnServer(New);
        ClusterServers.Load(source, withOptions: false);
        using PostgresServer target = Requirement.OwnServer(Old);

        Replay(target, Script(source), WithoutOptions);

        AssertSame(source, target);
    }

    private static string Script(PostgresServer server)
    {
        using var file = new TemporaryFile("all.sql");

        // No program that hands out labels is loaded on the target.
        using PureDumpProcess process = PureDumpProcess.Start(server, "pg_dumpall", "--no-security-labels", "-f", file.Path);
        Assert.True(process.WaitForExit() == 0, process.Error);
        return File.ReadAllText(file.Path, Encoding.Latin1);
    }

    private static void Replay(PostgresServer target, string script, Func<string, string> fitted)
    {
        using var file = new TemporaryFile("all.sql");
        File.WriteAllText(file.Path, fitted(script), Encoding.Latin1);
        Command psql = PgDumpOracle.Find(ClusterServers.OracleMajor).Run(
            "psql",
            ["-h", target.Host, "-p", $"{target.Port}", "-U", target.User, "-X", "-q", "-d", "postgres", "-f", file.Path],
            new Dictionary<string, string?> { ["PGPASSWORD"] = target.Password, ["PGOPTIONS"] = "-c allow_in_place_tablespaces=on" });

        string[] errors = [.. psql.Error.Split('\n').Where(static line => line.Contains("ERROR:", StringComparison.Ordinal))];
        Assert.All(errors, static line => Assert.Matches("role \"postgres\" already exists|unrecognized configuration parameter \"transaction_timeout\"", line));
        Assert.Single(errors, static line => line.Contains("postgres", StringComparison.Ordinal));
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
    [GeneratedRegex("^(GRANT .+ TO .+?)(?:( WITH ADMIN OPTION),| WITH) INHERIT (?:TRUE|FALSE) GRANTED BY postgres;$", RegexOptions.Multiline)]
    private static partial Regex UsualOptions();
}
