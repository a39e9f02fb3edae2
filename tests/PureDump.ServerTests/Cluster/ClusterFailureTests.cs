using Npgsql;
using PureDump.Engine;
using PureDump.Engine.Cluster;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Cluster;

/// <summary>What a dump of a cluster cannot read is named, and leaves no file that looks finished.</summary>
[Collection(ClusterServers.Name)]
public sealed class ClusterFailureTests(ClusterServers servers)
{
    [Theory, EveryMajor]
    public void A_role_that_may_not_read_passwords_is_told_how_to_go_without(int major)
    {
        PostgresServer server = servers.Get(major);
        using var file = new TemporaryFile("globals.sql");

        using PureDumpProcess refused = PureDumpProcess.Start(server, "pg_dumpall", "-U", "u05", "-g", "-f", file.Path);
        Assert.Equal(1, refused.WaitForExit());
        Assert.Contains("pg_dumpall: error: query failed: ERROR:  permission denied for table pg_authid", refused.Error);
        Assert.Contains("pg_dumpall: detail: the passwords of roles (pg_authid) cannot be read: ", refused.Error);
        Assert.Contains("--no-role-passwords", refused.Error);
        file.AssertNothingLeft();

        using PureDumpProcess taken = PureDumpProcess.Start(
            server,
            "pg_dumpall",
            "-U",
            "u05",
            "-g",
            "--no-role-passwords",
            "--restrict-key=K",
            "-f",
            file.Path);
        Assert.True(taken.WaitForExit() == 0, taken.Error);
        string script = File.ReadAllText(file.Path, System.Text.Encoding.Latin1);
        Assert.Contains("CREATE ROLE old_login;\n", script);
        Assert.DoesNotContain("PASSWORD", script);
    }

    [Theory, EveryMajor]
    public void A_database_that_cannot_be_dumped_is_named_and_no_file_is_left(int major)
    {
        PostgresServer server = servers.Get(major);
        using var file = new TemporaryFile("all.sql");
        using NpgsqlConnection locker = server.Connect("plain_utf8");
        using NpgsqlTransaction transaction = locker.BeginTransaction();
        using var command = new NpgsqlCommand("LOCK TABLE \"größe\" IN ACCESS EXCLUSIVE MODE", locker, transaction);
        command.ExecuteNonQuery();

        using PureDumpProcess process = PureDumpProcess.Start(server, "pg_dumpall", "--lock-wait-timeout=100", "-f", file.Path);

        Assert.Equal(1, process.WaitForExit());
        Assert.Contains("pg_dumpall: detail: the dump failed on database \"plain_utf8\": ", process.Error);
        file.AssertNothingLeft();
    }

    [Theory, EveryMajor]
    public void A_database_to_read_through_that_is_not_there_is_named(int major)
    {
        PostgresServer server = servers.Get(major);

        using PureDumpProcess process = PureDumpProcess.Start(server, "pg_dumpall", "-g", "-l", "no_such");

        Assert.Equal(1, process.WaitForExit());
        Assert.Contains("pg_dumpall: error: could not connect to database \"no_such\"", process.Error);
    }

    [Theory, EveryMajor]
    public void The_database_of_a_connection_string_is_not_looked_at_and_the_other_options_count_more(int major)
    {
        PostgresServer server = servers.Get(major);

        using PureDumpProcess process = PureDumpProcess.Start(
            server,
            "pg_dumpall",
            "-t",
            "-d",
            "host=/nowhere port=1 dbname=no_such user=nobody_there");

        string script = new StreamReader(process.Output).ReadToEnd();
        Assert.True(process.WaitForExit() == 0, process.Error);
        Assert.Contains("CREATE TABLESPACE aa_in_place", script);
    }

    [Theory, EveryMajor]
    public void The_number_of_statements_does_not_grow_with_the_cluster(int major)
    {
        using PostgresServer server = Requirement.OwnServer(major);
        int before = Count();
        server.Execute(
            "postgres",
            """
            DO $$ BEGIN FOR i IN 1..60 LOOP
                EXECUTE format('CREATE ROLE r%s', i);
                EXECUTE format('ALTER ROLE r%s SET work_mem = ''9MB''', i);
                IF i > 1 THEN EXECUTE format('GRANT r%s TO r%s', i, i - 1); END IF;
            END LOOP; END $$
            """);

        Assert.Equal(before, Count());

        int Count()
        {
            using var output = new MemoryStream();
            var request = new ClusterDumpRequest
            {
                Source = Operations.TargetOf(server, "postgres"),
                Cluster = new ClusterSelection { Parts = ClusterParts.Globals },
            };
            ClusterDumpResult result = ClusterDumpOperation.ToScript(
                request,
                output,
                new RecordingObserver(),
                TestContext.Current.CancellationToken);
            Assert.Equal(output.Length, result.Totals.Length);
            return result.CatalogQueryCount;
        }
    }
}
