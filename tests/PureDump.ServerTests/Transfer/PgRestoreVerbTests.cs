using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary><c>puredump pg_restore</c> beside PostgreSQL's pg_restore 18: what it refuses, and what cannot be opened.</summary>
public sealed class PgRestoreVerbTests
{
    private const int OracleMajor = 18;

    // getopt's own messages are the C library's, and stand in the transcripts.
    private static readonly string[] s_refused =
    [
        "",
        "-v",
        "-d x -f y",
        "-d x --restrict-key=k",
        "-f - --restrict-key=k!",
        "-f - --restrict-key=",
        "-s -a -l",
        "-s --statistics-only -l",
        "-a --statistics-only -l",
        "-a --no-data -l",
        "-s --no-schema -l",
        "--statistics-only --no-statistics -l",
        "--statistics --no-statistics -l",
        "-a --statistics -l",
        "-s --statistics -l",
        "-a -c -l",
        "-1 --transaction-size=2 -l",
        "-C -1 -d x",
        "-1 -j 2 -d x",
        "--if-exists -l",
        "-F x -l",
        "-F p -l",
        "-Fplain -l",
        "-j 0",
        "-j x",
        "--transaction-size=0",
        "--transaction-size=x",
        "--transaction-size=99999999999",
        "--section=x",
        "a b",
        "a b c",
        "--filter=/nowhere/filter -l",
        "-l /nowhere/archive",
        "-f - /nowhere/archive",
        "-s -a",
        "-F x",
        "-d x -f y -s -a",
        "-C -1 -j 2 -d x -F x",
        "--filter={filter} -l",
        "--filter={table} -l",
    ];

    [Fact]
    public void What_contradicts_is_refused_in_pg_restores_words()
    {
        using var data = new TemporaryFile("data.filter");
        using var table = new TemporaryFile("table.filter");
        File.WriteAllText(data.Path, "exclude schema x\ninclude table_data x\n");
        File.WriteAllText(table.Path, "\nexclude table x\n");

        Requirement.All(
            s_refused,
            options =>
            {
                string[] words =
                [
                    .. options
                        .Replace("{filter}", data.Path, StringComparison.Ordinal)
                        .Replace("{table}", table.Path, StringComparison.Ordinal)
                        .Split(' ', StringSplitOptions.RemoveEmptyEntries),
                ];
                Command expected = PgDumpOracle.Find(OracleMajor).Run("pg_restore", words);
                using PureDumpProcess actual = PureDumpProcess.Start(["pg_restore", .. words]);

            Assert.Equal(expected.ExitCode, actual.WaitForExit());
            Assert.Equal(expected.Error.TrimEnd(), actual.Error.TrimEnd());
        });
    }

    [Fact]
    public void A_list_or_output_that_cannot_be_opened_is_named_in_pg_restores_words()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE TABLE t (x int)");
        using var source = new RestoreSource(server, database);

        Requirement.All(
            (string[][])
                [
                    ["-l", "-L", "/nowhere/list"],
                    ["-f", "/nowhere/script"],
                    ["-d", "no_such_database_here", "-L", "/nowhere/list"],
                ],
            words =>
            {
                RestoreOutcome expected = source.PgRestore(words);
                RestoreOutcome actual = source.PureDump(words);
                Assert.Equal((expected.ExitCode, expected.Error.TrimEnd()), (actual.ExitCode, actual.Error.TrimEnd()));
            }
        );
    }

    [Fact]
    public void Rows_in_binary_become_text_in_a_script_and_are_refused_before_one_is_begun_where_they_cannot()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(
            database,
            "CREATE TABLE t (x int); INSERT INTO t VALUES (4711); CREATE TABLE u (price money); INSERT INTO u VALUES (1)");
        using var archive = new TemporaryFile();
        using var script = new TemporaryFile("script.sql");
        Operations.Dump(server, database, archive.Path);
        using PureDumpProcess refused = PureDumpProcess.Start(["pg_restore", "-f", script.Path, archive.Path]);
        using PureDumpProcess definitions = PureDumpProcess.Start(["pg_restore", "-s", "-f", "-", archive.Path]);
        using PureDumpProcess decoded = PureDumpProcess.Start(["pg_restore", "-a", "-t", "t", "-f", "-", archive.Path]);

        Assert.Equal(1, refused.WaitForExit());
        Assert.Contains("price", refused.Error, StringComparison.Ordinal);
        Assert.Contains("money", refused.Error, StringComparison.Ordinal);
        Assert.Contains(
            "COPY public.t (x) FROM stdin;\n4711\n\\.\n",
            new StreamReader(decoded.Output).ReadToEnd(),
            StringComparison.Ordinal);
        Assert.Equal(0, decoded.WaitForExit());
        Assert.False(File.Exists(script.Path));
        Assert.Contains("CREATE TABLE public.t", new StreamReader(definitions.Output).ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(0, definitions.WaitForExit());
    }

    [Fact]
    public void A_restore_out_of_a_pipe_is_that_out_of_a_file()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        (string database, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(database, SmallArchive.Sql);
        using PureDumpProcess dump = PureDumpProcess.Start(server, "dump", "-d", database);
        using PureDumpProcess restore = PureDumpProcess.Start(server, "pg_restore", "-d", target, "-e", "--transaction-size", "2");
        using (Stream input = restore.Input)
        {
            dump.Output.CopyTo(input);
        }

        Assert.True(restore.WaitForExit() == 0, restore.Error);
        Operations.AssertSame(server, database, server, target);
    }

    [Fact]
    public void A_link_called_pg_restore_is_pg_restore()
    {
        string program = Requirement.Met(PublishedExecutable.Find);
        using var link = new TemporaryFile("pg_restore");
        File.CreateSymbolicLink(link.Path, program);

        Assert.StartsWith("pg_restore (PostgreSQL) 18.", Command.Run(link.Path, ["--version"]).Succeeded().Output);
        Command refused = Command.Run(link.Path, []);
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("pg_restore: error: one of -d/--dbname and -f/--file must be specified", refused.Error.TrimEnd());
    }
}
