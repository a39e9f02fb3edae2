using System.Text.RegularExpressions;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Cluster;

/// <summary>A hostile cluster in one archive, and out of it again: whole, its globals, one database; out of a file and out of a
/// pipe.</summary>
[Collection(ClusterServers.Name)]
public sealed partial class ClusterArchiveTests(ClusterServers servers)
{
    /// <summary>
    /// The servers share a machine, and so the places of tablespaces: those of the source are emptied once its dump is there. pg_dumpall
    /// prints every role, setting, privilege, object and row of the cluster, which is what is compared.
    /// </summary>
    [Theory, EveryMajor]
    public void A_cluster_comes_back_equal_whichever_way_it_is_restored(int major)
    {
        using var archive = new TemporaryFile("all.pdump");
        using PostgresServer source = Requirement.OwnServer(major);
        ClusterServers.Load(source);
        string globals = Printed(source, "-g");
        string whole = Printed(source);
        Run(0, source, "dump", "-q", "--all", "-j", "2", "-f", archive.Path);
        source.Execute("postgres", "DROP DATABASE in_space");
        foreach (string?[] row in source.Rows("postgres", "SELECT spcname FROM pg_tablespace WHERE spcname !~ '^pg_'"))
        {
            source.Execute("postgres", $"DROP TABLESPACE \"{row[0]!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }

        using PostgresServer target = Requirement.OwnServer(major);

        // Only the globals, out of a pipe.
        AssertLabelErrors(RunPipe(1, target, archive.Path, "restore", "-q", "-g", "-d", InPlace("postgres")));
        Assert.Equal(globals, Printed(target, "-g"));

        // Everything, in the place of what is there. That a role cannot be dropped, pg_dumpall's script is told too.
        AssertErrors(Run(1, target, "restore", "-q", "-c", "--if-exists", "-j", "2", "-d", InPlace("postgres"), archive.Path));
        Assert.Equal(whole, Printed(target));

        // Again out of a pipe, connected to a database that is dropped on the way.
        AssertErrors(RunPipe(1, target, archive.Path, "restore", "-q", "-c", "--if-exists", "-j", "2", "-d", InPlace("in_space")));
        Assert.Equal(whole, Printed(target));

        // Two databases under their own names: nothing else is touched.
        Run(
            0,
            target,
            "restore",
            "-q",
            "-C",
            "-c",
            "-d",
            "postgres",
            "--only-database",
            "latin",
            "--only-database",
            "größe db",
            archive.Path);
        Assert.Equal(whole, Printed(target));
    }

    [Theory, EveryMajor]
    public void One_database_is_restored_into_any_other(int major)
    {
        PostgresServer server = servers.Get(major);
        using var archive = new TemporaryFile("all.pdump");
        Run(0, server, "dump", "-q", "--all", "-f", archive.Path, "--exclude-database", "template1");

        // Not out of template1, which is full of content here.
        const string copy = "copy_of_plain";
        server.Execute("postgres", $"CREATE DATABASE {copy} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        try
        {
            Run(0, server, "restore", "-q", "-j", "2", "-d", copy, "--only-database", "plain_utf8", archive.Path);
            Operations.AssertSame(server, "plain_utf8", server, copy);

            RunPipe(0, server, archive.Path, "restore", "-q", "-c", "--if-exists", "-d", copy, "--only-database", "plain_utf8");
            Operations.AssertSame(server, "plain_utf8", server, copy);

            using var single = new TemporaryFile("one.dump");
            Run(0, server, "convert", "-F", "custom", "-f", single.Path, "--only-database", "plain_utf8", archive.Path);
            Run(0, server, "restore", "-q", "-c", "--if-exists", "-d", copy, single.Path);
            Operations.AssertSame(server, "plain_utf8", server, copy);
        }
        finally
        {
            server.DropDatabase(copy);
        }
    }

    [Theory, EveryMajor]
    public void The_script_of_an_archive_is_the_script_of_the_cluster(int major)
    {
        PostgresServer server = servers.Get(major);
        using var archive = new TemporaryFile("all.pdump");
        Run(0, server, "dump", "-q", "--all", "-f", archive.Path);
        foreach (string[] words in (string[][])[[], ["-c", "--if-exists"], ["-s", "--exclude-database", "[lo]*"], ["-g"], ["-a"]])
        {
            using var expected = new TemporaryFile("expected.sql");
            using var script = new TemporaryFile("all.sql");
            Run(0, server, "dump", ["-q", "--all", "-F", "plain", "--restrict-key=K", "-f", expected.Path, .. words]);
            Run(0, server, "restore", ["-q", "--restrict-key=K", "-f", script.Path, .. words, archive.Path]);

            Assert.Equal(Text(expected.Path), Text(script.Path));
        }

        // Out of a pipe too, where no rows are in binary.
        using var definitions = new TemporaryFile("all.sql");
        using var again = new TemporaryFile("all.sql");
        Run(0, server, "restore", "-q", "--restrict-key=K", "-s", "-f", definitions.Path, archive.Path);
        RunPipe(0, server, archive.Path, "restore", "-q", "--restrict-key=K", "-s", "-f", again.Path);
        Assert.Equal(Text(definitions.Path), Text(again.Path));
    }

    [Theory, EveryMajor]
    public void The_archive_holds_every_database_and_is_the_same_again_and_in_a_pipe(int major)
    {
        PostgresServer server = servers.Get(major);
        using var archive = new TemporaryFile("all.pdump");
        Run(0, server, "dump", "-q", "--all", "--deterministic", "-j", "2", "-f", archive.Path);

        using PureDumpProcess pipe = PureDumpProcess.Start(server, "dump", "-q", "--all", "--deterministic");
        using var piped = new MemoryStream();
        pipe.Output.CopyTo(piped);
        Assert.True(pipe.WaitForExit() == 0, pipe.Error);
        Assert.Equal(File.ReadAllBytes(archive.Path), piped.ToArray());

        var cluster = new ClusterFile(FileRange.Open(archive.Path));
        string[] due =
        [
            .. server
                .Rows(
                    "postgres",
                    "SELECT datname FROM pg_database WHERE datallowconn AND datconnlimit <> -2 ORDER BY datname <> 'template1', datname "
                        + "COLLATE \"C\"")
                .Select(static row => row[0]!),
        ];
        Assert.Equal(due, cluster.Databases);
        Run(0, server, "verify", "-q", archive.Path);
    }

    [Theory, EveryMajor]
    public void A_target_that_has_one_of_the_databases_is_refused_before_anything_is_done(int major)
    {
        PostgresServer server = servers.Get(major);
        using var archive = new TemporaryFile("all.pdump");
        Run(0, server, "dump", "-q", "--all", "-f", archive.Path);
        string before = Printed(server, "-s");

        string error = Run(17, server, "restore", "-d", "postgres", archive.Path);

        Assert.Contains("the target already has the databases", error);
        Assert.Contains("\"größe db\"", error);
        Assert.Equal(before, Printed(server, "-s"));
    }

    [Theory, EveryMajor]
    public void A_database_that_cannot_be_dumped_is_named_and_no_file_is_left(int major)
    {
        PostgresServer server = servers.Get(major);
        using var archive = new TemporaryFile("all.pdump");
        using Npgsql.NpgsqlConnection locker = server.Connect("plain_utf8");
        using Npgsql.NpgsqlTransaction transaction = locker.BeginTransaction();
        using var command = new Npgsql.NpgsqlCommand("LOCK TABLE \"größe\" IN ACCESS EXCLUSIVE MODE", locker, transaction);
        command.ExecuteNonQuery();

        string error = Run(11, server, "dump", "--all", "--lock-wait-timeout=100", "-f", archive.Path);

        Assert.Contains("the dump failed on database \"plain_utf8\": ", error);
        archive.AssertNothingLeft();
    }

    // No program that hands out labels is loaded on the target.
    private static string Printed(PostgresServer server, params string[] words) =>
        ClusterServers.Oracle(server, ["--no-security-labels", .. words]);

    private static string InPlace(string database) => $"dbname={database} options='-c allow_in_place_tablespaces=on'";

    private static string Text(string path) => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));

    private static string Run(int exitCode, PostgresServer server, string verb, params string[] words)
    {
        using PureDumpProcess process = verb is "verify" or "convert"
            ? PureDumpProcess.Start([verb, .. words])
            : PureDumpProcess.Start(server, verb, words);
        Assert.True(process.WaitForExit() == exitCode, process.Error);
        return process.Error;
    }

    private static string RunPipe(int exitCode, PostgresServer server, string path, string verb, params string[] words)
    {
        using PureDumpProcess process = PureDumpProcess.Start(server, verb, words);
        using (FileStream file = File.OpenRead(path))
        {
            file.CopyTo(process.Input);
        }

        process.Input.Close();
        Assert.True(process.WaitForExit() == exitCode, process.Error);
        return process.Error;
    }

    private static void AssertLabelErrors(string errors) =>
        Assert.All(Errors().Matches(errors), static match => Assert.Matches("security label provider", match.Value));

    private static void AssertErrors(string errors) =>
        Assert.All(
            Errors().Matches(errors),
            static match =>
                Assert.Matches(
                    "security label provider|cannot be dropped because some objects depend on it|role \".*\" already exists",
                    match.Value));

    // The last line is the sum.
    [GeneratedRegex("^puredump: error: (?!restored with ).*$", RegexOptions.Multiline)]
    private static partial Regex Errors();
}
