using System.Globalization;
using System.Text;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// Arguments and variables of the environment that are not UTF-8, as a shell hands them over: names are the bytes that were typed, to
/// every program as to PostgreSQL's own; the name of a file is refused.
/// </summary>
/// <remarks>On servers of their own: the names of roles and databases are shared, and other tests' programs could not read them.</remarks>
public sealed class TypedNameTests(OwnServers servers) : IClassFixture<OwnServers>, IDisposable
{
    // Programs and what stands behind them, in the words of bash.
    private static readonly string[] s_lines =
    [
        @"pg_dump $'d\xe9'",
        @"pg_dump -C -d ""dbname=$(printf 'd\351') user=$(printf 'r\351')""",
        @"pg_dump -t $'t\xe9' postgresql:///d%e9",
        @"pg_dump -n $'s\xe9' --role $'r\xe9' $'d\xe9'",
        @"pg_dump -T $'d\xe9.s\xe9.*' -T $'t\xe8' $'d\xe9'",
        @"pg_dump -a --disable-triggers -S $'r\xe9' --filter <(printf 'include table t\351\n') $'d\xe9'",
        @"psql -At -F $'\xe9' -v $'v=\xe8' -c $'SELECT current_database(), current_user, \'\xe9\'' -c '\echo :v :DBNAME' "
            + @"-U $'r\xe9' $'d\xe9'",
        @"psql -At -f <(printf '\\connect ""d\351"" ""r\351""\n\\set v \350\nSELECT :\047v\047, current_user;\n\\echo :v :USER \351\n') "
            + "-q plain",
        @"pg_isready -d $'d\xe9' -U $'r\xe9'",
    ];

    private static readonly string[] s_files =
    [
        "dump -d plain -f",
        "dump -d plain --stats",
        "dump -d plain --filter",
        "restore -d plain",
        "restore -f",
        "restore -L",
        "list",
        "verify",
        "show",
        "convert -F c -f x",
        "convert",
        "copy --source plain --target plain --stats",
        "pg_dump -f",
        "pg_dump -Fd -f",
        "pg_dumpall -f",
        "pg_restore",
        "pg_restore -f",
        "psql -f",
        "psql -c 'SELECT 1' -o",
        "psql -c 'SELECT 1' -L",
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("puredump-typed-").FullName;

    // The runtime finds no file whose name is not UTF-8.
    public void Dispose() => Command.Run("rm", ["-rf", _directory]).Succeeded();

    [Theory, EveryMajor]
    public void Names_are_the_bytes_that_were_typed(int major)
    {
        PostgresServer server = Loaded(major);
        string oracle = PgDumpOracle.ModelFor(server).BinDirectory;
        Assert.All(s_lines, line =>
        {
            (int code, string text) = Run(server, $"{oracle}/{line}");
            Assert.True(code == 0, text);
            Assert.Equal((code, text), Run(server, $"puredump {line}"));
        });
        const string variables = @"PGDATABASE=$'d\xe9' PGUSER=$'r\xe9'";
        Assert.Equal(Run(server, $"{oracle}/pg_dump", variables), Run(server, "puredump pg_dump", variables));
    }

    [Fact]
    public void An_archive_gives_what_is_asked_for_by_its_bytes()
    {
        PostgresServer server = Loaded(TestMajors.Newest);
        string[] lines =
        [
            @"dump -q -d $'d\xe9' -f a.pdump",
            @"createdb --maintenance-db plain -T template0 -E LATIN1 -l C $'e\xe9'",
            @"restore -q -O -d $'e\xe9' --role $'r\xe9' a.pdump",
        ];
        Assert.All(lines, line => Assert.Equal((0, ""), Run(server, $"puredump {line}")));
        Assert.Equal(
            (0, "3\n"),
            Run(server, @"puredump psql -Atc ""SELECT count(*) FROM pg_tables WHERE tableowner = 'r' || chr(233)"" $'e\xe9'"));
        Assert.Equal((0, ""), Run(server, @"puredump copy -q --source $'d\xe9' --target $'e\xe9' -c --verify"));
        Assert.Contains("CREATE TABLE public.\"t\u00e9\"", Run(server, @"puredump show a.pdump $'t\xe9'").Text, StringComparison.Ordinal);
        Assert.Equal((0, "1\n"), Run(server, @"puredump show a.pdump --rows -t $'t\xe9'"));
        Assert.Contains(
            "CREATE TABLE public.\"t\u00e9\"",
            Run(server, @"puredump restore -q -f - -t $'t\xe9' --role $'r\xe9' a.pdump").Text,
            StringComparison.Ordinal);
        Assert.Equal((0, ""), Run(server, @"puredump dropdb --maintenance-db plain $'e\xe9'"));
        Assert.Equal((0, "0\n"), Run(server, "puredump psql -Atc \"SELECT count(*) FROM pg_database WHERE datname LIKE 'e%'\" plain"));
    }

    // The server takes any bytes for a name; those of this one are no text in the database that has it.
    [Fact]
    public void A_database_whose_name_is_not_in_its_encoding_is_dumped_restored_and_copied()
    {
        PostgresServer server = Loaded(TestMajors.Newest);
        const string left = @"the name of database ""u\xe9"" is not in its encoding: what is said of the database itself is left out";
        foreach (string name in (string[])["u", "w"])
        {
            string made = $@"psql -q -c $'CREATE DATABASE ""{name}\xe9"" TEMPLATE template0 ENCODING \'UTF8\' LOCALE \'C\'' plain";
            Assert.Equal((0, ""), Run(server, $"puredump {made}"));
        }

        Assert.Equal((0, ""), Run(server, @"puredump psql -q -c 'CREATE TABLE kept (a int); INSERT INTO kept VALUES (7)' $'u\xe9'"));

        Assert.Equal((0, $"puredump: warning: {left}\n"), Run(server, @"puredump dump -q -d $'u\xe9' -f u.pdump"));
        Assert.Equal((0, ""), Run(server, @"puredump restore -q -d $'w\xe9' u.pdump"));
        Assert.Equal((0, "7\n"), Run(server, @"puredump psql -Atc 'SELECT a FROM kept' $'w\xe9'"));
        Assert.Equal(0, Run(server, @"puredump copy -q -c --verify --source $'u\xe9' --target $'w\xe9'").Code);
        Assert.Contains("CREATE TABLE public.kept", Run(server, @"puredump pg_dump $'u\xe9'").Text, StringComparison.Ordinal);
        Assert.Equal(0, Run(server, @"puredump pg_dump -Fc -f u.dump $'u\xe9'").Code);
        (int code, string text) = Run(server, @"puredump pg_dump -C $'u\xe9'");
        Assert.NotEqual(0, code);
        Assert.Contains("a script cannot create database \"u\\xe9\"", text, StringComparison.Ordinal);
        foreach (string name in (string[])["u", "w"])
        {
            Assert.Equal((0, ""), Run(server, $@"puredump dropdb --maintenance-db plain $'{name}\xe9'"));
        }
    }

    /// <summary>A database of such a name that is made by its archive is the one that is connected to; its list has the bytes it was given.
    /// </summary>
    [Theory]
    [InlineData("custom", "pg_restore")]
    [InlineData("custom", "restore")]
    [InlineData("pdump", "restore")]
    public void A_database_is_made_under_the_bytes_of_its_name(string format, string verb)
    {
        PostgresServer server = Loaded(TestMajors.Newest);
        string file = Path.Combine(_directory, $"made.{format}");
        Assert.Equal((0, ""), Run(server, $@"puredump dump -q -d $'d\xe9' -F {format} -f {file}"));
        string shown = verb == "restore" ? "d\u00c3\u00a9" : "d\u00e9";
        Assert.Contains($"dbname: {shown}\n", Run(server, $"puredump {verb} -l {file}").Text, StringComparison.Ordinal);
        string psql = Path.Combine(PgDumpOracle.ModelFor(server).BinDirectory, "psql");
        Assert.Equal((0, ""), Run(server, $@"{psql} -q -c $'ALTER DATABASE ""d\xe9"" RENAME TO ""other\xe9""' plain"));
        try
        {
            (int code, string text) = Run(server, $"puredump {verb} -C -d plain {file}");
            Assert.True(code == 0, text);
            Assert.Equal((0, "1\n"), Run(server, $@"{psql} -XAt -c $'SELECT a FROM ""t\xe9""' $'d\xe9'"));
            Assert.Equal((0, ""), Run(server, @"puredump dropdb --maintenance-db plain $'d\xe9'"));
        }
        finally
        {
            Assert.Equal((0, ""), Run(server, $@"{psql} -q -c $'ALTER DATABASE ""other\xe9"" RENAME TO ""d\xe9""' plain"));
        }
    }

    [Theory]
    [InlineData("pg_dump -s plain")]
    [InlineData("dump -s -F plain -d plain")]
    public void A_role_of_such_a_name_logs_in_wherever_it_may(string line)
    {
        PostgresServer server = Loaded(TestMajors.Newest);
        (int code, string text) = Run(server, $"puredump {line}", @"export PGUSER=$'r\xe9';");
        Assert.True(code == 0, text);
    }

    [Fact]
    public void The_name_of_a_file_that_is_not_utf8_is_refused_before_anything_is_done()
    {
        PostgresServer server = Loaded(TestMajors.Newest);
        Assert.All(s_files, line =>
        {
            (int code, string text) = Run(server, $@"puredump {line} $'f\xe9'");
            Assert.NotEqual(0, code);
            Assert.Contains(@"the name of file ""f\xe9"" is not UTF-8", text, StringComparison.Ordinal);
        });
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public void A_file_that_a_link_a_directory_or_a_connection_names_is_refused_too()
    {
        PostgresServer server = Loaded(TestMajors.Newest);
        Command
            .Run(
                "bash",
                [
                    "-c",
                    @"ln -s $'f\xe9' link; mkdir $'d\xe9' home; touch $'root\xe9'; ln -s $'../d\xe9' home/.postgresql;
                        touch $'d\xe9/.pgpass'",
                ],
                _directory)
            .Succeeded();

        Assert.Contains(@"is a link to ""f\xe9""", Run(server, "puredump pg_dump -f link plain").Text, StringComparison.Ordinal);
        Assert.Contains(
            @"d\xe9"", whose name is not UTF-8",
            Run(server, "puredump pg_dump -f file plain", @"cd $'d\xe9';").Text,
            StringComparison.Ordinal);
        string rooted = Run(server, "puredump pg_dump 'host=127.0.0.1 sslmode=verify-ca'", @"PGSSLROOTCERT=$'root\xe9'").Text;
        Assert.Contains(@"the name of file ""root\xe9"" is not UTF-8", rooted, StringComparison.Ordinal);
        Assert.Contains(
            @"d\xe9/.pgpass"" is not UTF-8",
            Run(server, "puredump pg_dump plain", @"HOME=$'d\xe9'").Text,
            StringComparison.Ordinal);
        Assert.Contains(@"f\xe9", Run(server, "puredump pg_dump plain", @"PGHOST=$'/tmp/f\xe9'").Text, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(_directory, "file")));
    }

    // A role and a database of Latin-1 names, made through one that takes any bytes.
    private PostgresServer Loaded(int major)
    {
        PostgresServer server = servers.Get(major);
        if (server.Scalar("postgres", "SELECT 1 FROM pg_database WHERE datname = 'plain'") is not null)
        {
            return server;
        }

        string psql = Path.Combine(PgDumpOracle.ModelFor(server).BinDirectory, "psql");
        string[] lines =
        [
            $"{psql} -q -c \"CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'\" postgres",
            $@"{psql} -q -c $'CREATE ROLE ""r\xe9"" SUPERUSER LOGIN' -c $'CREATE DATABASE ""d\xe9"" TEMPLATE template0 ENCODING "
                + $@"\'LATIN1\' LOCALE \'C\'' plain",
            $@"{psql} -q -c $'CREATE TABLE ""t\xe9"" (a int); INSERT INTO ""t\xe9"" VALUES (1); CREATE TABLE ""t\xe8"" (); CREATE "
                + $@"SCHEMA ""s\xe9""; CREATE TABLE ""s\xe9"".u ()' $'d\xe9'",
        ];
        Assert.All(lines, line => Assert.Equal((0, ""), Run(server, line)));
        return server;
    }

    // Runs a line of bash in the directory of the test; what is printed comes as the letters of its bytes.
    private (int Code, string Text) Run(PostgresServer server, string line, string before = "")
    {
        string script = $$"""
            set -o pipefail
            puredump() { {{string.Join(' ', TestedProgram.Words.Select(static word => $"'{word}'"))}} "$@"; }
            ({{before}} {{line}}) 2>&1 </dev/null | od -An -v -tx1 | tr -d ' \n'
            """;
        var environment = new Dictionary<string, string?>(server.ClientEnvironment)
        {
            ["PGHOST"] = server.Host,
            ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = server.User,
            ["PGPASSWORD"] = server.Password,
        };
        Command run = Command.Run("bash", ["-c", script], _directory, environment);
        Assert.Equal("", run.Error);
        string[] lines = PgDumpOracle.WithoutReserved(Encoding.Latin1.GetString(Convert.FromHexString(run.Output))).Split('\n');
        return (
            run.ExitCode,
            string.Join(
                '\n',
                lines.Where(static text =>
                    !text.StartsWith(@"\restrict ", StringComparison.Ordinal)
                    && !text.StartsWith(@"\unrestrict ", StringComparison.Ordinal)
                    && !text.StartsWith("-- Dumped by ", StringComparison.Ordinal))));
    }
}
