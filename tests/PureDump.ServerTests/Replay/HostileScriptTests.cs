using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Replay;

/// <summary>A script is untrusted: nothing but SQL is run, nothing is read or written, and nowhere else is connected to.</summary>
public sealed class HostileScriptTests
{
    public static TheoryData<string, string> Commands => new()
    {
        { "\\! touch {file}", "\\! is not run from a script" },
        { "\\set x `touch {file}`", "backquotes" },
        { "\\echo `touch {file}`", "backquotes" },
        { "\\connect `touch {file}`", "backquotes" },
        { "\\copy t from program 'touch {file}'", "\\copy is not run from a script" },
        { "\\copy t to '{file}'", "\\copy is not run from a script" },
        { "\\o |touch {file}", "\\o is not run from a script" },
        { "\\o {file}", "\\o is not run from a script" },
        { "\\out {file}", "\\out is not run from a script" },
        { "select 1 \\g {file}", "\\g is not run from a script" },
        { "select 1 \\g |touch {file}", "\\g is not run from a script" },
        { "select 1 \\gx (format=csv border=1) {file}", "\\gx is not run from a script" },
        { "\\if `touch {file}`", "\\if asks for a program" },
        { "\\if false \\\\ \\elif `touch {file}`", "\\elif asks for a program" },
        { "\\set x '`touch {file}`' \\\\ \\echo :x \\\\ \\! :x", "\\! is not run from a script" },
        { "\\i {file}", "\\i is not run from a script" },
        { "\\ir {file}", "\\ir is not run from a script" },
        { "\\include {file}", "\\include is not run from a script" },
        { "\\w {file}", "\\w is not run from a script" },
        { "\\w |touch {file}", "\\w is not run from a script" },
        { "\\s {file}", "\\s is not run from a script" },
        { "\\e {file}", "\\e is not run from a script" },
        { "\\cd /", "\\cd is not run from a script" },
        { "\\lo_export 1 {file}", "\\lo_export is not run from a script" },
        { "\\lo_import {file}", "\\lo_import is not run from a script" },
        { "\\connect - - elsewhere", "cannot connect to another host" },
        { "\\connect - - - 1", "cannot connect to another port" },
        { "\\connect -reuse-previous=on \"host=elsewhere\"", "cannot connect to another host" },
        { "\\connect -reuse-previous=on \"dbname=postgres sslkey={file}\"", "cannot set the connection option \"sslkey\"" },
        { "\\connect postgresql://elsewhere/postgres", "takes nothing over from the present one" },
        { "\\connect -reuse-previous=off postgres", "takes nothing over from the present one" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_that_is_not_run_ends_the_script_and_is_named(string command, string reason)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        using var file = new TemporaryFile("made");
        string script =
            $"create table before ();\n{command.Replace("{file}", file.Path, StringComparison.Ordinal)}\n;\ncreate table after ();\n";

        Command run = Psql.Run(server, ["-d", database, "-f", "-"], script, file.Directory);

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("psql:<stdin>:2: error: ", run.Error);
        Assert.Contains(reason, run.Error);
        file.AssertNothingLeft();
        Assert.Equal(
            "before",
            server.Scalar(database, "SELECT string_agg(relname, ',') FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
        server.DropDatabase(database);
    }

    /// <summary>What neither a file nor a program nor another server is in: as a command that psql does not know.</summary>
    [Fact]
    public void A_command_that_is_missing_is_named_and_the_script_goes_on_unless_it_stops_on_errors()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string[] commands =
        [
            "prompt x",
            "d",
            "d t",
            "dt+",
            "dx",
            "df *.*",
            "l",
            "list",
            "l+",
            "z",
            "sf f",
            "sv+ v",
            "password",
            "setenv PAGER touch",
            "getenv x HOME",
            "watch 1",
            "gdesc",
            "crosstabview",
            "bind 1",
            "errverbose",
            "s",
            "h select",
            "?",
            "copyright",
            "lo_list",
            "lo_unlink 1",
            "startpipeline",
            "parse x",
        ];
        string script = string.Concat(commands.Select(static command => $"\\{command} \\echo never\n\\echo on\n"));
        string errors = string.Concat(
            commands.Select(static (command, i) => $"psql:<stdin>:{(2 * i) + 1}: error: \\{command.Split(' ')[0]} is not available\n"));

        Command run = Psql.Run(server, ["-d", "postgres", "-f", "-"], script);
        Command stopped = Psql.Run(server, ["-d", "postgres", "-v", "ON_ERROR_STOP=1", "-f", "-"], script);
        Command taken = Psql.Run(server, ["-At", "-d", "postgres", "-f", "-"], "select 1 \\watch\nselect 2;\n");

        Assert.Equal((0, string.Concat(Enumerable.Repeat("on\n", commands.Length)), errors), (run.ExitCode, run.Output, run.Error));
        Assert.Equal((3, "", "psql:<stdin>:1: error: \\prompt is not available\n"), (stopped.ExitCode, stopped.Output, stopped.Error));
        Assert.Equal((0, "2\n"), (taken.ExitCode, taken.Output));
    }

    [Fact]
    public void A_branch_that_is_not_taken_does_nothing_and_hides_no_rows()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        using var file = new TemporaryFile("made");
        string script =
            $"\\if false\n\\! touch {file.Path}\n\\echo `touch {file.Path}` :x\nselect 1 \\g {file.Path}\ncopy t from stdin "
                + $"\\g\nit's\n\\.\ncopy t from stdin;\nit's\n\\endif\n\\.\n\\o {file.Path}\n\\endif\nselect 2;\n";

        Command run = Psql.Run(server, ["-At", "-d", "postgres", "-f", "-"], script, file.Directory);

        Assert.Equal((0, "2\n", ""), (run.ExitCode, run.Output, run.Error));
        file.AssertNothingLeft();
    }

    [Fact]
    public void What_a_query_returns_is_sql_and_never_a_command()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        using var file = new TemporaryFile("made");
        string script = $"select '\\! touch {file.Path}' \\gexec\nselect '`touch {file.Path}`' as x \\gset\n\\echo :x\nselect :'x';\n";

        Command run = Psql.Run(server, ["-At", "-d", "postgres", "-f", "-"], script, file.Directory);

        Assert.Equal($"`touch {file.Path}`\n`touch {file.Path}`\n", run.Output);
        Assert.StartsWith("psql:<stdin>:1: ERROR:  syntax error at or near \"\\\"", run.Error, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    [Fact]
    public void A_restricted_script_runs_no_command_but_the_one_that_has_the_key()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);

        Command run = Psql.Run(
            server,
            ["-At", "-d", "postgres", "-f", "-"],
            "\\restrict k\n\\echo no\n\\connect postgres\n\\unrestrict `echo k`\n\\unrestrict k\n\\echo yes\n");

        Assert.Equal("yes\n", run.Output);
        Assert.Equal(3, run.Error.Split("error:").Length - 1);
    }

    /// <summary>pg_restore's script of a tar archive has the key that pg_dump lacked.</summary>
    [Fact]
    public void The_missing_key_of_a_tar_archives_script_is_no_key()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);

        Command run = Psql.Run(
            server,
            ["-At", "-q", "-d", "postgres", "-f", "-"],
            "\\unrestrict (null)\n\\connect postgres\n\\restrict (null)\nselect 1;\n\\echo yes\n");

        Assert.Equal("1\nyes\n", run.Output);
        Assert.Equal("", run.Error.Replace("You are now connected", "", StringComparison.Ordinal));
    }

    /// <summary>One row a message, wide open quotes, no end: the memory is that of a statement's limit, the error is named.</summary>
    [Fact]
    public void A_statement_beyond_the_servers_limit_is_refused_before_it_is_sent()
    {
        var endless = new Endless("select '"u8.ToArray(), (byte)'x');
        var reader = new Formats.Script.ScriptReader(endless);

        var error = Assert.Throws<PureDumpException>(() => reader.Read());

        Assert.Equal(ErrorKind.ScriptRefused, error.Kind);
        Assert.Contains("longer than", error.Message);
        Assert.InRange(endless.Count, 1L << 29, (1L << 30) + (1 << 20));
    }

    private sealed class Endless(byte[] head, byte filler) : MemoryStream
    {
        public long Count { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill(filler);
            if (Count == 0)
            {
                head.CopyTo(buffer);
            }

            Count += buffer.Length;
            return buffer.Length;
        }
    }
}
