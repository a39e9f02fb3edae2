using PureDump.Formats.Errors;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Replay;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Archives that somebody made to do harm, restored into a database: a named error, and a database as it was.</summary>
public sealed class HostileArchiveRestoreTests
{
    private const string Objects = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";

    [Fact]
    public void What_is_refused_leaves_the_database_empty()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        Assert.All(HostileArchive.All, archive =>
        {
            using var file = new TemporaryFile(archive.Name);
            archive.Make(file.Path);
            using PureDumpProcess restore = PureDumpProcess.Start(server, "restore", "-1", "-d", database, file.Path);

                Assert.Equal(ErrorTable.ExitCode(ErrorKind.ArchiveDamaged), restore.WaitForExit());
                Assert.Contains(
                    archive.DataError.Replace("{path}", file.Path, StringComparison.Ordinal),
                    restore.Error,
                    StringComparison.Ordinal);
                Assert.Equal("0", server.Scalar(database, Objects));
            }
        );
        server.DropDatabase(database);
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("pg_restore")]
    public void What_names_and_statements_ask_for_is_not_run(string verb)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        using var file = new TemporaryFile("names");
        string made = Path.Combine(file.Directory, "made");
        HostileArchive.MakeNames(file.Path, made);

        using PureDumpProcess restore = PureDumpProcess.Start(server, verb, "--no-owner", "-d", database, file.Path);

        Assert.Equal(1, restore.WaitForExit());
        Assert.Contains("syntax error at or near \"\\\"", restore.Error, StringComparison.Ordinal);
        Assert.Equal([file.Path], Directory.GetFileSystemEntries(file.Directory));
        server.DropDatabase(database);
    }

    /// <summary>The one statement that asks for a program stands between \restrict and \unrestrict, for psql and for this one.</summary>
    [Fact]
    public void The_script_of_it_runs_nothing_in_any_psql()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        using var file = new TemporaryFile("names");
        string made = Path.Combine(file.Directory, "made");
        HostileArchive.MakeNames(file.Path, made);
        using PureDumpProcess script = PureDumpProcess.Start(["restore", "--no-owner", "-c", "-f", $"{file.Path}.sql", file.Path]);
        Assert.True(script.WaitForExit() == 0, script.Error);

        string[] words = ["-d", "postgres", "-q", "-f", $"{file.Path}.sql"];
        Assert.All(
            [Psql.Run(server, words, directory: file.Directory), Psql.RunReal(18, server, words, directory: file.Directory)],
            run => Assert.Contains("backslash commands are restricted", run.Error, StringComparison.Ordinal));
        Assert.Equal([file.Path, $"{file.Path}.sql"], Directory.GetFileSystemEntries(file.Directory).Order(StringComparer.Ordinal));
    }
}
