using System.Text;
using System.Text.RegularExpressions;
using PureDump.Engine;
using PureDump.Engine.Transfer;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Replay;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// Dumps in the encodings that only clients use, where bytes of characters look like quotes and backslashes: the same bytes as
/// pg_dump's, and the same database again.
/// </summary>
public sealed partial class ClientEncodingTests(OwnServers servers) : IClassFixture<OwnServers>
{
    private const string Key = "K0";

    // Second bytes look like a backslash, a bar, a letter; of GB18030 also characters of four bytes. What is JOHAB to the server has no
    // such bytes, and the rest it sends but does not take.
    private static readonly (string Encoding, string Letters)[] s_letters =
    [
        ("SJIS", "表ソ能ポ"), ("SHIFT_JIS_2004", "表ソÆç"), ("BIG5", "功許乙ㄍ"), ("GBK", "丄乗亅ー"),
        ("UHC", "갂괔귺갅"), ("GB18030", "乗亅¡㘎"), ("JOHAB", "¡¤¡¤"),
    ];

    public static IEnumerable<TheoryDataRow<int, string>> Encodings =>
        from major in TestMajors.All
        from pair in s_letters
        where major == TestMajors.Newest || pair.Encoding == "SJIS"
        select new TheoryDataRow<int, string>(major, pair.Encoding);

    [Theory, MemberData(nameof(Encodings))]
    public void A_script_has_the_bytes_of_pg_dumps_and_makes_the_same_database(int major, string encoding)
    {
        PostgresServer server = servers.Get(major);
        string database = Loaded(server, encoding);
        string expected = Oracle(server, database);

        foreach (string[] options in (string[][])[[], ["--inserts"]])
        {
            byte[] script = Script(server, database, encoding, options.Length > 0);
            Assert.Equal(Oracle(server, database, ["--encoding", encoding, .. options]), Text(script));

            string copy = Created(server);
            using var file = new TemporaryFile("script.sql");
            File.WriteAllBytes(file.Path, script);
            Psql.Run(server, ["-q", "-d", copy, "-f", file.Path]).Succeeded();
            Assert.Equal(expected, Oracle(server, copy));
            server.DropDatabase(copy);
        }

        server.DropDatabase(database);
    }

    [Theory, MemberData(nameof(Encodings))]
    public void An_archive_brings_the_same_database_back(int major, string encoding)
    {
        PostgresServer server = servers.Get(major);
        string database = Loaded(server, encoding);
        string expected = Oracle(server, database);
        string script = Oracle(server, database, "--encoding", encoding);
        string inserts = Oracle(server, database, "--encoding", encoding, "--inserts");
        using var file = new TemporaryFile("archive");
        DumpOperation.ToFile(
            new DumpRequest { Source = Operations.TargetOf(server, database), Encoding = encoding },
            file.Path, SilentObserver.Instance, TestContext.Current.CancellationToken);
        AssertBrings(server, file.Path, expected, script);

        PgDumpOracle oracle = PgDumpOracle.ModelFor(server);
        // How text is held does not depend on the format.
        foreach (string format in (string[])(encoding == "SJIS" ? ["custom", "directory", "tar"] : ["custom"]))
        {
            using var theirs = new TemporaryFile("theirs");
            oracle.Run("pg_dump", server, "-d", database, "--encoding", encoding, "-F", format, "-f", theirs.Path).Succeeded();
            AssertBrings(server, theirs.Path, expected, script);

            using var ours = new TemporaryFile("ours");
            PureDump([], "convert", "-F", format, "-f", ours.Path, file.Path);
            using var read = new TemporaryFile("read.sql");
            oracle.Run("pg_restore", server, $"--restrict-key={Key}", "-f", read.Path, ours.Path).Succeeded();
            Assert.Equal(Body(script), Body(Text(File.ReadAllBytes(read.Path))));
        }

        using var statements = new TemporaryFile("statements");
        oracle.Run("pg_dump", server, "-d", database, "--encoding", encoding, "--inserts", "-Fc", "-f", statements.Path).Succeeded();
        AssertBrings(server, statements.Path, expected, inserts);
        server.DropDatabase(database);
    }

    [Fact]
    public void The_environment_says_the_encoding_of_pg_dump()
    {
        PostgresServer server = servers.Get(TestMajors.Newest);
        string database = Loaded(server, "SJIS");
        Dictionary<string, string?> environment = new(server.ClientEnvironment) { ["PGCLIENTENCODING"] = "SJIS" };
        using var file = new TemporaryFile("script.sql");

        PureDump(Connected(server, environment), "pg_dump", $"--restrict-key={Key}", "-f", file.Path, "-d", database);

        Assert.Equal(Oracle(server, database, "--encoding", "SJIS"), Text(File.ReadAllBytes(file.Path)));
        server.DropDatabase(database);
    }

    /// <summary>The server makes a backslash of a yen sign, behind its own quoting: in pg_dump's script the table is made.</summary>
    [Theory]
    [InlineData("SJIS")]
    [InlineData("SHIFT_JIS_2004")]
    public void A_literal_that_the_conversion_breaks_is_refused(string encoding)
    {
        PostgresServer server = servers.Get(TestMajors.Newest);
        string database = Created(server);
        server.Execute(database, "CREATE FOREIGN DATA WRAPPER w OPTIONS (a E'\\\\\u00a5'' ); create table pwned(); --')");

        PureDumpException error = Operations.Fails(() => Script(server, database, encoding, isInsert: false));

        Assert.Equal(ErrorKind.Catalog, error.Kind);
        Assert.Contains("becomes a backslash", error.Message);
        server.DropDatabase(database);
    }

    [Fact]
    public void A_role_whose_bytes_are_no_text_of_the_encoding_is_a_named_error()
    {
        PostgresServer server = servers.Get(TestMajors.Newest);
        var session = new DumpSession { Role = "ā" };
        var request = new DumpRequest { Source = Operations.TargetOf(server, "postgres"), Encoding = "SJIS", Session = session };

        PureDumpException error = Operations.Fails(
            () => DumpOperation.ToScript(request, Stream.Null, SilentObserver.Instance, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Equal("\"ā\" cannot be written in the encoding SJIS", error.Message);
    }

    /// <summary>The server converts more to these than is text in them.</summary>
    [Theory]
    [InlineData("GBK", "\u20ac")]
    [InlineData("JOHAB", "\u039c")]
    public void What_is_no_text_of_the_encoding_is_named(string encoding, string letter)
    {
        PostgresServer server = servers.Get(TestMajors.Newest);
        string database = Created(server);
        server.Execute(database, $"COMMENT ON SCHEMA public IS '{letter}'");

        PureDumpException error = Operations.Fails(() => Script(server, database, encoding, isInsert: false));

        Assert.Equal(ErrorKind.Catalog, error.Kind);
        Assert.Contains($"is no text in {encoding}", error.Message);
        server.DropDatabase(database);
    }

    /// <summary>What is inside a literal or a dollar quote for psql and the server is inside for us: what was run is compared.</summary>
    [Theory]
    [InlineData("SJIS", "select '\u0081'; insert into hit values('in'); --'\n;")]
    [InlineData("BIG5", "select '\u00a5'; insert into hit values('in'); --'\n;")]
    [InlineData("GBK", "select '\u0081'; insert into hit values('in'); --'\n;")]
    [InlineData("UHC", "select '\u0081'; insert into hit values('in'); --'\n;")]
    [InlineData("GB18030", "select '\u00810\u0081'; insert into hit values('in'); --'\n;")]
    [InlineData("JOHAB", "select '\u008f\u00a1'; insert into hit values('in'); --'\n;")]
    [InlineData("SJIS", "select $\u0095\\$ a; insert into hit values('in'); $\u0095\\$;")]
    [InlineData("SJIS", "select E'\u0095\\'; insert into hit values('out'); --'\n;")]
    [InlineData("SJIS", "select \"\u0081\"; insert into hit values('in'); --\"\n;")]
    [InlineData("GB18030", "select \"\u0081\"; insert into hit values('in'); --\"\n;")]
    [InlineData("SJIS", "/* \u0081*/ insert into hit values('in'); */;")]
    [InlineData("SJIS", "-- \u0081\ninsert into hit values('out');")]
    [InlineData("SJIS", "insert into hit values('\u0095\\');\n\\echo \u0095\\q\ninsert into hit values('\u0083\\');")]
    [InlineData("SJIS", "copy hit from stdin;\n\u0095\\\n\u0083\\\\\\\n\\.\ninsert into hit values('out');")]
    [InlineData("BIG5", "copy hit from stdin;\n\u00a5\\\n\\\\.\n\\.\ninsert into hit values('out');")]
    public void A_script_runs_what_psql_runs(string encoding, string script)
    {
        PostgresServer server = servers.Get(TestMajors.Newest);
        var ran = new List<string?>();
        using var file = new TemporaryFile("script.sql");
        string head = $"create table hit(w text);\nset client_encoding='{encoding}';\n";
        string end = "\nset client_encoding='UTF8';insert into hit values('after');\n";
        File.WriteAllBytes(file.Path, Encoding.Latin1.GetBytes(head + script + end));
        string[] Arguments(string database) => ["-q", "-d", database, "-f", file.Path];
        foreach (
            Func<string, Command> run in (Func<string, Command>[])
                [
                    database => Psql.RunReal(PgDumpOracle.ModelFor(server).Major, server, Arguments(database)),
                    database => Psql.Run(server, Arguments(database)),
                ])
        {
            string database = Created(server);
            run(database);
            ran.Add(server.Scalar(database, "SELECT string_agg(w, ',') FROM hit"));
            server.DropDatabase(database);
        }

        Assert.EndsWith("after", ran[0]);
        Assert.DoesNotContain("in,", ran[0]);
        Assert.Equal(ran[0], ran[1]);
    }

    private static void AssertBrings(PostgresServer server, string archive, string expected, string script)
    {
        string copy = Created(server);
        PureDump(Connected(server, new(server.ClientEnvironment)), "restore", "-d", copy, archive);
        Assert.Equal(expected, Oracle(server, copy));
        server.DropDatabase(copy);

        using var read = new TemporaryFile("read.sql");
        PureDump([], "convert", "-F", "plain", "--for-server", "18", "-f", read.Path, archive);
        Assert.Equal(Body(script), Body(Text(File.ReadAllBytes(read.Path))));
    }

    private static void PureDump(Dictionary<string, string?> environment, params string[] arguments) =>
        Command.Run(PureDumpProcess.Program[0], [.. PureDumpProcess.Program[1..], .. arguments], null, environment).Succeeded();

    private static Dictionary<string, string?> Connected(PostgresServer server, Dictionary<string, string?> environment)
    {
        environment["PGHOST"] = server.Host;
        environment["PGPORT"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        environment["PGUSER"] = server.User;
        return environment;
    }

    private static string Created(PostgresServer server)
    {
        string name = $"cenc_{Guid.NewGuid():N}";
        server.Execute("postgres", $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        return name;
    }

    // The letters in names, literals, bodies and values, before and behind what means something there.
    private static string Loaded(PostgresServer server, string encoding)
    {
        string letters = s_letters.Single(pair => pair.Encoding == encoding).Letters;
        (string a, string b) = (letters[..2], letters[2..]);
        string database = Created(server);
        server.Execute(database, $$"""
            CREATE SCHEMA "s{{a}}";
            CREATE TYPE "s{{a}}"."e{{b}}" AS ENUM ('{{a}}', '''{{b}}\', 'plain');
            CREATE TABLE "s{{a}}"."T{{b}}" (
                "c{{a}}" text DEFAULT '{{a}}\{{b}}''x' CHECK ("c{{a}}" <> 'x{{b}}'), e "s{{a}}"."e{{b}}", t text[], n int, "{{a}}" numeric);
            COMMENT ON COLUMN "s{{a}}"."T{{b}}"."c{{a}}" IS '{{a}} ''comment'' {{b}}';
            CREATE INDEX "i{{a}}" ON "s{{a}}"."T{{b}}" ("c{{a}}");
            CREATE VIEW public."v{{b}}" AS SELECT '{{a}}'::text AS "x{{a}}", t.* FROM "s{{a}}"."T{{b}}" t;
            CREATE FUNCTION public."f{{a}}"() RETURNS text LANGUAGE sql AS $$ SELECT '{{a}}'::text $$;
            CREATE FUNCTION public."g{{b}}"() RETURNS text LANGUAGE sql AS $_$ SELECT '\{{a}}'::text || $${{b}}$$ $_$;
            CREATE SEQUENCE "s{{a}}"."q{{b}}" START 5;
            CREATE FOREIGN DATA WRAPPER "w{{a}}" OPTIONS ("o{{a}}" '{{a}}\''{{b}}');
            INSERT INTO "s{{a}}"."T{{b}}" VALUES
                ('{{a}}', '{{a}}', ARRAY['{{a}}', NULL, '{{b}}"{{a}}\'], 1, 2), (E'\\{{a}}\n\t{{b}}''', '''{{b}}\', NULL, 2, 3),
                ('', NULL, NULL, 3, 4), ('{{a}}''; drop table x; --{{b}}', NULL, '{}', NULL, NULL), ('\{{a}}\', 'plain', ARRAY['\N'], 0, 0);
            INSERT INTO "s{{a}}"."T{{b}}" (t) SELECT ARRAY[repeat('{{a}}{{b}}x''\', n)] FROM generate_series(100, 30000, 5000) n;
            """);
        return database;
    }

    private static string Oracle(PostgresServer server, string database, params string[] options)
    {
        using var file = new TemporaryFile("oracle.sql");
        string[] all = ["-d", database, $"--restrict-key={Key}", "-f", file.Path, .. options];
        PgDumpOracle.ModelFor(server).Run("pg_dump", server, all).Succeeded();
        return Text(File.ReadAllBytes(file.Path));
    }

    private static byte[] Script(PostgresServer server, string database, string encoding, bool isInsert)
    {
        using var stream = new MemoryStream();
        var request = new DumpRequest
        {
            Source = Operations.TargetOf(server, database),
            Encoding = encoding,
            Script = new ScriptOptions { RestrictKey = Key, Rows = isInsert ? RowStatements.Insert : RowStatements.Copy },
        };
        DumpOperation.ToScript(request, stream, SilentObserver.Instance, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    // Byte for byte, one character each.
    private static string Text(byte[] script) => Producer().Replace(Encoding.Latin1.GetString(script), "-- Dumped by");

    // A script made of an archive has a key of its own.
    private static string Body(string script) => PgDumpOracle.WithoutReserved(Restrict().Replace(script, ""));

    [GeneratedRegex("^-- Dumped by .*", RegexOptions.Multiline)]
    private static partial Regex Producer();

    [GeneratedRegex("^\\\\(un)?restrict .*", RegexOptions.Multiline)]
    private static partial Regex Restrict();
}
