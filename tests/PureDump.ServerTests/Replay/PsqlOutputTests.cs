using System.Text.RegularExpressions;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Replay;

/// <summary><c>puredump psql</c> beside PostgreSQL's psql: the same script in, the same bytes on both streams and the same exit code
/// out.</summary>
public sealed class PsqlOutputTests
{
    // Where the two differ (the width of an expanded table), the newer one is the model.
    private const int ModelMajor = 18;

    private static readonly int[] s_clients = [15, ModelMajor];

    private static readonly string[] s_options =
    [
        "",
        "-q",
        "-A",
        "-x",
        "-t",
        "-A -x",
        "-A -t",
        "--csv",
        "--csv -x",
        "-t --csv",
        "-e",
        "-a",
        "-b",
        "-a -b -e",
        "-v ON_ERROR_STOP=1",
        "-a -q -P border=2 -x",
        "-x -P border=0",
        "-x -t",
        "-x -P border=2 -t",
        "-P border=2",
        "-P border=0 -t",
        "-A -z -0",
        "-A -F : -R ;",
        "-P null=NN -P footer=off",
        "-v VERBOSITY=terse",
        "-v QUIET=on -v ECHO=queries",
        "-E -n -X -w",
    ];

    private static readonly string[] s_lists =
    [
        "-l",
        "-lqt",
        "-l -A",
        "-l -t",
        "-A -t -l",
        "-l -x",
        "-l -x -t",
        "-l -A -x",
        "-l -A -x -t",
        "-l --csv",
        "-l --csv -x",
        "-l --csv -t",
        "-l -P border=0",
        "-l -P border=2",
        "-l -x -P border=2",
        "-l -x -P border=0",
        "-l -P null=N -P footer=off",
        "-l -A -F : -R ;",
        "-l -A -z -0",
        "-l -a -e -b",
        "-l -c nothing",
        "-l -1",
        "-l -d template1",
        "-l bare",
        "-l nosuchdatabase",
        "-l -o /dev/stdout",
        "-l -L /dev/stdout",
        "-l -v ON_ERROR_STOP=1 -f nosuchfile",
    ];

    private static readonly (string[] Arguments, string Input)[] s_commands =
    [
        (["-c", "select 1", "-c", "select 1/0"], ""),
        (["-c", "select 1/0", "-c", "select 1"], ""),
        (["-v", "ON_ERROR_STOP=1", "-c", "select 1/0", "-c", "select 1"], ""),
        (["-1", "-v", "ON_ERROR_STOP=1", "-c", "create table gone (a int)", "-c", "select 1/0"], ""),
        (["-c", "select * from gone"], ""),
        (["-1", "-c", "create table kept (a int)", "-c", "drop table kept"], ""),
        (["-1"], "create table gone (a int);\nselect 1/0;\nselect 1;\n"),
        (["-c", "select * from gone"], ""),
        (["-1", "-v", "ON_ERROR_STOP=1"], "create table gone (a int);\nselect 1/0;\nselect 1;\n"),
        (["-1", "-v", "ON_ERROR_STOP=1", "-f", "-"], "create table gone (a int);\nselect 1/0;\nselect 1;\n"),
        (["--single-transaction", "-q"], "create temp table x (a int);\ncopy x from stdin;\n1\n\\.\nselect * from x;\n"),
        (["-c", "select 1; select 2; select nope; select 3"], ""),
        (["-c", "create temp table x (a int)", "-c", "copy x from stdin", "-c", "copy x to stdout", "-c", "select * from x"], "1\n2\n"),
        (["-c", "create temp table x (a int)", "-c", "copy x from stdin", "-f", "-"], "1\n\\.\nselect * from x;\nselect nope"),
        (["-c", "create temp table x (a int)", "-c", "copy x from stdin"], "1\nb\n"),
        (["-c", "copy (select 1, 'a b') to stdout with csv header"], ""),
        (["-c", "\\echo hello", "-c", "\\nonsense", "-c", "select ':x'", "-v", "x=1"], ""),
        (["-Atc", "select 1, null, 'x'"], ""),
        (["-At", "-F", "\t", "-c", "select 1, 2 union all select 3, 4"], ""),
        (["-aec", "select 1"], ""),
        (["-f", "-"], "select :y;\n\\set y 2\nselect :y;\nselect 1/0;\n\\q\nselect 3;\n"),
        ([], "select 1;\nselect 1/0;\n\\foo\nselect 2"),
        (["-v", "ON_ERROR_STOP="], "select 1/0;\nselect 2;\n"),
        (["-f", "missing.sql"], ""),
        (["-d", "nosuchdatabase", "-c", "\\q"], ""),
        (["-v", "x=a b", "-f", "-"], "select :'x', 1 as :\"x\";\n\\echo :x :'x'\n"),
        (["-f", "-"], "select 'a\n\n\nb', nope;\n"),
        (["-f", "-"], "\uFEFFselect 1;\r\nselect 'a\r\nb',\r\n\r\nnope;\r\n"),
        (["-f", "-"], "create temp table x (a text);\r\ncopy x from stdin;\r\n1\r\n2\r\n\\.\r\nselect * from x;\r\n"),
        (["-f", "-"], "create temp table x (a text);\ncopy x from stdin;\n1\n2"),
        (["-f", "-"], "do $$ begin raise warning 'w %', 1 using detail = 'd', hint = 'h'; raise info 'i'; end $$;\nselect 1::nope;\n"),
        (["-f", "-"], "do $$ declare x int := 0; begin\nx := 1 / x; end $$;\ndo $$ begin execute 'select\n\nnope'; end $$;\n"),
        (
            ["-f", "-"],
            "create temp table \"a b\" (a text, \"from\" text);\n\\copy \"a b\" (\"from\", a) from StdIn with (delimiter ',')\n1,\\N\n\\.\n"
                + "\\copy (select 'to stdout' || $$)$$, * from \"a b\") TO stdout delimiter E'\\t'\n\\copy pg_temp . \"a b\" to stdout\n"),
        (
            ["-f", "-"],
            "select 1\n\\copy nope from stdin\n\\.\n+ 1;\n\\copy\n\\copy t\n\\copy t frm stdin\n\\copy t x from stdin\n\\copy (select "
                + "1\n\\copy t from\nselect 2;\n"),
        (["-v", "ON_ERROR_STOP=1", "-f", "-"], "\\copy (select 1/0) to stdout\nselect 1;\n"),
        (
            ["-f", "-"],
            "copy (select 1 as a, 'x\"y' as b) to stdout (format json);\ncreate temp table p (a int) partition by list (a);\n"
                + "create temp table p1 partition of p for values in (1);\ninsert into p values (1);\ncopy p to stdout;\ncopy p to "
                + "stdout (format json, force_array);\n"),
        (
            ["-f", "-"],
            "\\x auto\nselect 1 as a;\n\\x\nselect 1 as a;\n\\x\nselect 1 as a;\n\\x auto\n\\pset expanded\n\\pset x nope\nselect 1 as a;\n"
        ),
        (["-f", "-"], "\\set ON_ERROR_STOP on\n\\echo before\nselect nope;\n\\echo after\n"),
        (["-o", "/dev/stdout", "-c", "select 1", "-c", "create temp table x ()"], ""),
    ];

    [Theory, EveryMajor]
    public void A_script_prints_what_psql_prints(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();

        // Functions with a body in SQL came with 14; with 19 went literals of another kind, which psql has the server refuse and puredump
        // makes ones that it takes.
        using var file = new TemporaryFile("output.sql");
        string script = File.ReadAllText(PathOf("output.sql"));
        File.WriteAllLines(
            file.Path,
            script
                .Split('\n')
                .Where(line =>
                    (major >= 14 || !line.Contains("begin atomic", StringComparison.Ordinal))
                    && (
                        major < 19
                        || !(
                            line.Contains("standard_conforming_strings", StringComparison.Ordinal)
                            || line.Contains(@"'a\';b'", StringComparison.Ordinal)))));

        Requirement.All(
            s_options,
            options =>
                Psql.AssertSame(
                    ModelMajor,
                    server,
                    ["-d", database, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-f", Path.GetFileName(file.Path)],
                    directory: file.Directory));
    }

    [Theory, EveryMajor]
    public void Commands_print_what_psql_prints(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        using var file = new TemporaryFile();

        Requirement.All(
            from client in s_clients from command in s_commands select (client, command),
            one => Psql.AssertSame(one.client, server, ["-d", "postgres", .. one.command.Arguments], one.command.Input, file.Directory));
    }

    [Theory, EveryMajor]
    public void The_list_of_databases_is_psql_18s(int major)
    {
        using PostgresServer server = Requirement.OwnServer(major);
        server.Execute("postgres", "CREATE ROLE \"Odd \"\"Role\"");
        server.Execute("postgres", "CREATE DATABASE \"größe, db\" TEMPLATE template0 ENCODING 'UTF8' OWNER \"Odd \"\"Role\"");
        server.Execute("postgres", "GRANT CREATE ON DATABASE \"größe, db\" TO \"Odd \"\"Role\" WITH GRANT OPTION");
        server.Execute("postgres", "CREATE DATABASE bare TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        server.Execute("postgres", $"REVOKE ALL ON DATABASE bare FROM PUBLIC, {server.User}");
        using var file = new TemporaryFile();

        Requirement.All(
            s_lists,
            options =>
                Psql.AssertSame(
                    ModelMajor,
                    server,
                    options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    "select 1;\n",
                    directory: file.Directory));
    }

    /// <summary>Variables from results, statements from results, branches, printing options: commands.sql.</summary>
    [Theory, EveryMajor]
    public void Backslash_commands_do_what_they_do_in_psql_18(int major)
    {
        PostgresServer server = ServerPool.Get(major);

        Requirement.All(
            (string[])["", "-a -b -q", "-H -T x=y", "-v ON_ERROR_STOP=1", "-A -e", "--csv"],
            options =>
                Psql.AssertSame(
                    ModelMajor,
                    server,
                    ["-d", "postgres", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-f", "commands.sql"],
                    directory: PathOf("")));
    }

    /// <summary>AUTOCOMMIT off and ON_ERROR_ROLLBACK on: transactions.sql. What is open at the end is rolled back.</summary>
    [Theory, EveryMajor]
    public void Transactions_begin_and_are_saved_as_by_psql_18(int major)
    {
        PostgresServer server = ServerPool.Get(major);

        Requirement.All(
            (string[])["", "-v AUTOCOMMIT=off", "-v ON_ERROR_STOP=1", "-1"],
            options =>
                Psql.AssertSame(
                    ModelMajor,
                    server,
                    ["-d", "postgres", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-f", "transactions.sql"],
                    directory: PathOf("")));
    }

    [Theory, EveryMajor]
    public void Times_and_the_connection_are_shown_as_psql_18_shows_them(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        const string script = "\\timing\nselect 1;\nselect nope;\ncreate temp table x ();\n\\timing off\n\\conninfo\n\\x\n\\conninfo\n";

        Command expected = Psql.RunReal(ModelMajor, server, ["-d", "postgres"], script);
        Command actual = Psql.Run(server, ["-d", "postgres"], script);

        Assert.Equal((Numbers(expected.Output), expected.Error), (Numbers(actual.Output), actual.Error));
        static string Numbers(string text) =>
            Regex.Replace(
                Regex.Replace(text, @"Time: \d+\.\d{3} ms", "Time: 0.000 ms"),
                @"(Backend PID +\| |Backend PID\nValue +\| )\d+",
                "${1}0");
    }

    /// <summary>The bytes of a value go back as they came, in whatever encoding.</summary>
    [Theory, EveryMajor]
    public void A_value_of_gset_is_the_same_in_another_encoding(int major)
    {
        PostgresServer server = ServerPool.Get(major);

        Command run = Psql.Run(
            server,
            ["-At", "-d", "postgres"],
            "\\encoding LATIN1\nselect chr(233) as x \\gset\nselect :'x' = chr(233), octet_length(:'x');\n");

        Assert.Equal(("t|2\n", ""), (run.Output, run.Error));
    }

    /// <summary>psql 18.6 passes over the rows of a COPY that failed; before, it ran them.</summary>
    [Theory, EveryMajor]
    public void Failures_print_what_psql_18_prints(int major)
    {
        PostgresServer server = ServerPool.Get(major);

        Requirement.All(
            (string[])["", "-a", "-b", "-e -q", "-v ON_ERROR_STOP=1"],
            options =>
                Psql.AssertSame(
                    ModelMajor,
                    server,
                    ["-d", "postgres", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-f", "failures-18.sql"],
                    directory: PathOf("")));
    }

    /// <summary>What psql gets wrong: an E'' literal that goes on over a line end, a function that is called begin.</summary>
    [Theory, EveryMajor]
    public void Statements_end_where_the_server_ends_them(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        const string script = """
            select E'a'
              '\'b;';
            create function pg_temp.begin() returns int language sql as 'select 7';
            select pg_temp.begin();
            """;

        Command run = Psql.Run(server, ["-At", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres"], script);

        Assert.Equal("", run.Error);
        Assert.Equal("a'b;\n7\n", run.Output);
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "PureDump.ServerTests", "Replay", name);
}
