using System.Diagnostics;
using System.Globalization;
using PureDump.Engine;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>A dump is one moment of a database, whatever others write meanwhile.</summary>
public sealed class SnapshotTests
{
    private const int RunCount = 20;

    [Fact]
    public void Balances_agree_in_every_copy_of_a_database_that_pgbench_writes_to_at_full_speed()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        string program = FindProgram();
        string database = server.CreateDatabase();
        string[] login = ["-h", server.Host, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.User];
        var environment = new Dictionary<string, string?> { ["PGPASSWORD"] = server.Password };
        Command.Run(program, [.. login, "-i", "-q", "-s", "1", database], environment: environment).Succeeded();
        var start = new ProcessStartInfo(program, [.. login, "-n", "-c", "4", "-j", "2", "-T", "3600", database])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = server.Password;
        using Process writer = Process.Start(start)!;
        try
        {
            Bounded.WaitFor("pgbench writes", () => server.Scalar(database, "SELECT 1 FROM pgbench_history LIMIT 1") is not null);
            int moments = Enumerable.Range(0, RunCount).Select(run => DumpAndCompare(server, database)).Distinct().Count();
            Assert.False(writer.HasExited, "pgbench ended before the dumps did");
            Assert.True(moments > RunCount / 2, $"pgbench wrote too little: {moments} different moments in {RunCount} dumps");
        }
        finally
        {
            writer.Kill();
            writer.WaitForExit();
            server.DropDatabase(database);
        }
    }

    private static string DumpAndCompare(PostgresServer server, string database)
    {
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path, jobs: 3);
        string copy = server.CreateDatabase();
        Operations.Restore(server, copy, file.Path);
        string?[] sums = Assert.Single(server.Rows(copy, """
            SELECT (SELECT sum(abalance) FROM pgbench_accounts), (SELECT sum(bbalance) FROM pgbench_branches),
                   (SELECT sum(tbalance) FROM pgbench_tellers), (SELECT sum(delta) FROM pgbench_history),
                   (SELECT count(*) FROM pgbench_history)
            """));
        server.DropDatabase(copy);
        Assert.Single(sums[..4].Distinct());
        return sums[4]!;
    }

    // Beside the oracle's programs or an installed server's; its version need not be the server's.
    private static string FindProgram()
    {
        IEnumerable<string> places = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Order(StringComparer.Ordinal)
                .Select(directory => Path.Combine(directory, "bin", "pgbench"))
            : [];
        string? program = places.Append(Command.Find("pgbench")).LastOrDefault(File.Exists);
        Requirement.That(
            program is not null,
            "pgbench is neither in PATH nor under /usr/lib/postgresql: install PostgreSQL's server package");
        return program!;
    }
}
