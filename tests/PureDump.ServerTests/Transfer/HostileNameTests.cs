using System.Text;
using System.Text.RegularExpressions;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// A database in which every kind of object, its role, its options and their values have names with line breaks, commands of psql and
/// what turns a terminal: in every script nothing is SQL or a command that is none in pg_dump's, psql runs nothing of it, and
/// what is said of it can be read.
/// </summary>
public sealed partial class HostileNameTests : IDisposable
{
    // pg_dump has a script of its own for each of these.
    private static readonly string[] s_manners =
    [
        "-c --if-exists",
        "-C --column-inserts --rows-per-insert 2",
        "--load-via-partition-root --use-set-session-authorization",
        "-a --disable-triggers -S boss",
    ];

    // Servers from 19 on take no line break in the name of a role.
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.NewestUntil(18));
    private readonly string _role;
    private readonly string _database;
    private readonly string _made = Path.Combine(Path.GetTempPath(), $"pd{Environment.ProcessId % 10000}");
    private readonly TemporaryFile _archive = new();

    public HostileNameTests()
    {
        _role = Name("role");
        _database = $"d{Environment.ProcessId}\u2028\u0085\u001b[31m\\! touch {_made}";
        _server.DropDatabase(_database);
        _server.Execute("postgres", $"DROP ROLE IF EXISTS {Quoted(_role)}; CREATE ROLE {Quoted(_role)}");
        _server.CreateDatabase(_database);
        _server.Execute(_database, Objects());
    }

    public void Dispose()
    {
        _server.DropDatabase(_database);
        _server.Execute("postgres", $"DROP ROLE {Quoted(_role)}");
        _archive.Dispose();
        Assert.False(File.Exists(_made), "something in a name was run");
    }

    [Fact]
    public void A_script_is_pg_dumps_to_the_letter() =>
        Requirement.All(
            s_manners,
            manner =>
            {
                string[] words =
                [
                    .. manner.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    "--restrict-key=K",
                    "-d",
                    $"dbname='{Escaped(_database)}'",
                ];
                string due = PgDumpOracle.ModelFor(_server).Run("pg_dump", _server, words).Succeeded().Output;

        string script = Run("pg_dump", words).Succeeded().Output;

        Assert.Equal(Producer().Replace(due, ""), Producer().Replace(script, ""));
        Assert.DoesNotContain("touch", PsqlSkeleton.Of(script), StringComparison.Ordinal);
    });

    /// <summary>By way of an archive: ours and pg_dump's, each made a script by both.</summary>
    [Fact]
    public void A_script_of_an_archive_has_the_same_statements_and_no_others()
    {
        string due = PsqlSkeleton.Of(Run("dump", "-d", _database, "-F", "plain").Succeeded().Output);
        Run("dump", "-d", _database, "-f", _archive.Path).Succeeded();
        string custom = _archive.Path + ".dump";
        string inserts = _archive.Path + ".inserts";
        string theirs = _archive.Path + ".theirs";
        Run("dump", "-d", _database, "-F", "custom", "-f", custom).Succeeded();
        PgDumpOracle oracle = PgDumpOracle.ModelFor(_server);
        oracle.Run("pg_dump", _server, "-Fc", "-f", theirs, "-d", _database).Succeeded();
        oracle.Run("pg_dump", _server, "-Fc", "--inserts", "--load-via-partition-root", "-f", inserts, "-d", _database).Succeeded();

        string[] scripts =
        [
            Offline("restore", "-f", "-", _archive.Path),
            Offline("restore", "-v", "-f", "-", custom),
            Offline("pg_restore", "-f", "-", theirs),
            Offline("convert", "-F", "plain", theirs),
            oracle.Run("pg_restore", ["-f", "-", custom]).Succeeded().Output,
        ];

        Assert.All(scripts, script => Assert.Equal(Settled(due), Settled(PsqlSkeleton.Of(script))));
        Assert.DoesNotContain(
            "DROP TABLE public.victim",
            PsqlSkeleton.Of(Offline("convert", "-F", "plain", inserts)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Psql_replays_it_and_nothing_but_the_objects_is_made()
    {
        // The script lifts limits that older servers do not have, which psql takes for an error.
        _ = TestMajors.NewestFrom(17);
        string copy = _server.CreateDatabase();
        using var script = new TemporaryFile("x.sql");
        foreach (string[] words in (string[][])[[], ["--inserts", "-c", "--if-exists"]])
        {
            Run("dump", ["-d", _database, "-F", "plain", "-f", script.Path, .. words]).Succeeded();

            PgDumpOracle
                .ModelFor(_server)
                .Run("psql", _server, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", copy, "-f", script.Path)
                .Succeeded();

            Assert.Equal(PgDumpOracle.Dump(_server, _database), PgDumpOracle.Dump(_server, copy));
            Assert.Equal("1", _server.Scalar(copy, "SELECT count(*) FROM public.victim"));
        }

        _server.DropDatabase(copy);
    }

    /// <summary>What the programs say of it on the way, in and out: no control character, no line that somebody else wrote.</summary>
    [Fact]
    public void All_that_is_said_can_be_read()
    {
        string copy = _server.CreateDatabase();
        string failing = _server.CreateDatabase();
        _server.Execute(failing, $"CREATE TABLE {Quoted(Name("table"))} (x int)");
        var said = new StringBuilder();
        foreach (
            string[] words in (string[][])
                [
                    ["dump", "-v", "-f", _archive.Path, "-d", _database],
                    ["pg_dump", "-v", "-Fc", "-f", _archive.Path + ".dump", _database],
                    ["restore", "-v", "-d", copy, _archive.Path],
                    ["restore", "-d", failing, _archive.Path],
                    ["pg_restore", "-v", "-d", failing, _archive.Path + ".dump"],
                    ["psql", "-d", failing, "-f", _archive.Path],
                    ["psql", "-d", failing, "-c", $"SELECT {Quoted(_role)}"],
                    ["psql", "-d", failing, "-c", "DO $$ BEGIN RAISE WARNING '%', E'a\\x1b[31m\\npsql: all is well'; END $$"],
                    ["psql", "-d", _database + "?", "-c", "SELECT 1"],
                    ["createdb", _database],
                    ["dropdb", _role],
                ])
        {
            Command run = Run(words[0], words[1..]);
            said.Append(run.Error);
            Assert.DoesNotContain(
                run.Error.Split('\n'),
                line => line is "psql: all is well" || line.StartsWith("puredump: restored everything", StringComparison.Ordinal));
        }

        string Target(string database) => $"host={_server.Host} port={_server.Port} user={_server.User} dbname='{Escaped(database)}'";
        said.Append(
            Command
                .Run(
                    TestedProgram.Words[0],
                    [.. TestedProgram.Words[1..], "copy", "-v", "--source", Target(_database), "--target", Target(failing)],
                    environment: new Dictionary<string, string?> { ["PGPASSWORD"] = _server.Password }
                )
                .Error);
        said.Append(Offline("list", _archive.Path)).Append(Offline("restore", "-l", _archive.Path + ".dump"));
        Assert.True(said.Length > 5000, said.ToString());
        AssertReadable(said.ToString());
        _server.DropDatabase(copy);
        _server.DropDatabase(failing);
    }

    /// <summary>Asserts that nothing is in it that a terminal takes for its own.</summary>
    internal static void AssertReadable(string said) =>
        Assert.True(
            said.All(static letter =>
                letter is '\n' or '\t'
                || !(
                    char.IsControl(letter)
                    || letter is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))),
            said.Replace("\u001b", "<ESC>", StringComparison.Ordinal));

    // The envelope's key is another each time; who made it, and how many blanks are left, is no statement.
    private static string Settled(string skeleton) => Key().Replace(skeleton, "restrict K");

    private static string Offline(params string[] words) =>
        Command.Run(TestedProgram.Words[0], [.. TestedProgram.Words[1..], .. words]).Succeeded().Output;

    private Command Run(string verb, params string[] words) =>
        Command.Run(
            TestedProgram.Words[0],
            [
                .. TestedProgram.Words[1..],
                verb,
                "-h",
                _server.Host,
                "-p",
                _server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "-U",
                _server.User,
                .. words,
            ],
            environment: new Dictionary<string, string?> { ["PGPASSWORD"] = _server.Password }
        );

    // At most 63 bytes: a line, a command, what psql and others take for the end of one, and what a terminal takes for its own.
    private static string Name(string kind) => $"{kind}\n\\! touch x\r\u2028\u0085\u001b[2J\u202e'\"$$ */ -- ;";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Escaped(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal);

    private string Value => $"'v\n\\! touch {_made}\nDROP TABLE public.victim; --\r\u2028\u0085''\"$$'";

    private string Objects()
    {
        string N(string kind) => Quoted(Name(kind));
        string schema = N("schema");
        string table = $"{schema}.{N("table")}";
        return $"""
            SET check_function_bodies = off;
            CREATE TABLE public.victim (x int); INSERT INTO public.victim VALUES (1);
            CREATE SCHEMA {schema} AUTHORIZATION {Quoted(_role)};
            CREATE TYPE {schema}.{N("enum")} AS ENUM ({Value});
            CREATE TYPE {schema}.{N("row")} AS ({N("field")} int);
            CREATE TYPE {schema}.{N("range")} AS RANGE (subtype = int4, multirange_type_name = {schema}.{N("multi")});
            CREATE DOMAIN {schema}.{N("domain")} AS text CONSTRAINT {N("check")} CHECK (VALUE <> {Value});
            CREATE COLLATION {schema}.{N("collation")} FROM "C";
            CREATE FUNCTION {schema}.{N("function")}({N("argument")} text) RETURNS text LANGUAGE sql IMMUTABLE AS {Value};
            CREATE FUNCTION {schema}.{N("trigger")}() RETURNS trigger LANGUAGE plpgsql AS $x$ BEGIN RETURN NEW; END $x$;
            CREATE FUNCTION {schema}.{N("event")}() RETURNS event_trigger LANGUAGE plpgsql AS $x$ BEGIN END $x$;
            CREATE PROCEDURE {schema}.{N("procedure")}() LANGUAGE sql AS '';
            CREATE AGGREGATE {schema}.{N("aggregate")}(int) (sfunc = int4pl, stype = int, initcond = '0');
            CREATE OPERATOR FAMILY {schema}.{N("family")} USING btree;
            CREATE OPERATOR CLASS {schema}.{N("class")} FOR TYPE int4 USING btree FAMILY {schema}.{N(
                "family")} AS FUNCTION 1 btint4cmp(int4, int4);
            CREATE CONVERSION {schema}.{N("conversion")} FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
            CREATE TEXT SEARCH PARSER {schema}.{N(
                "parser")} (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
            CREATE TEXT SEARCH TEMPLATE {schema}.{N("template")} (LEXIZE = dsimple_lexize, INIT = dsimple_init);
            CREATE TEXT SEARCH DICTIONARY {schema}.{N("dictionary")} (TEMPLATE = {schema}.{N("template")}, accept = false);
            CREATE TEXT SEARCH CONFIGURATION {schema}.{N("configuration")} (PARSER = {schema}.{N("parser")});
            ALTER TEXT SEARCH CONFIGURATION {schema}.{N("configuration")} ADD MAPPING FOR word WITH {schema}.{N("dictionary")};
            CREATE ACCESS METHOD {N("method")} TYPE INDEX HANDLER bthandler;
            CREATE FUNCTION {schema}.{N("handler")}() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
            CREATE TRUSTED LANGUAGE {N("language")} HANDLER {schema}.{N("handler")};
            CREATE TABLE {table} ({N("key")} int GENERATED ALWAYS AS IDENTITY CONSTRAINT {N("primary")} PRIMARY KEY, {N(
                "column")} text DEFAULT {Value} CONSTRAINT {N("check")} CHECK ({N("column")} <> 'x'));
            INSERT INTO {table} ({N("column")}) VALUES ({Value}), ('\.'), ({Value});
            CREATE TABLE {schema}.{N("child")} ({N("reference")} int CONSTRAINT {N("foreign")} REFERENCES {table}) INHERITS ({table});
            CREATE TABLE {schema}.{N("parts")} ({N("part key")} {schema}.{N("enum")}) PARTITION BY HASH ({N("part key")});
            CREATE TABLE {schema}.{N("part")} PARTITION OF {schema}.{N("parts")} FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            INSERT INTO {schema}.{N("parts")} VALUES ({Value});
            CREATE INDEX {N("index")} ON {table} ({N("column")}) WHERE {N("column")} <> {Value};
            CREATE STATISTICS {schema}.{N("statistics")} ON {N("key")}, {N("column")} FROM {table};
            CREATE SEQUENCE {schema}.{N("sequence")};
            CREATE VIEW {schema}.{N("view")} AS SELECT {N("column")} AS {N("alias")}, {Value}::text AS v FROM {table};
            CREATE MATERIALIZED VIEW {schema}.{N("matview")} AS SELECT {N("column")} FROM {table};
            CREATE RULE {N("rule")} AS ON DELETE TO {table} DO ALSO NOTHING;
            CREATE TRIGGER {N("trigger")} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {schema}.{N("trigger")}({Value});
            CREATE POLICY {N("policy")} ON {table} TO {Quoted(_role)} USING ({N("column")} <> {Value});
            CREATE EVENT TRIGGER {N("event trigger")} ON ddl_command_end EXECUTE FUNCTION {schema}.{N("event")}();
            ALTER EVENT TRIGGER {N("event trigger")} DISABLE;
            CREATE FOREIGN DATA WRAPPER {N("wrapper")} OPTIONS ({N("option")} {Value});
            CREATE SERVER {N("server")} TYPE {Value} VERSION {Value} FOREIGN DATA WRAPPER {N("wrapper")} OPTIONS ({N("option")} {Value});
            CREATE USER MAPPING FOR {Quoted(_role)} SERVER {N("server")} OPTIONS ({N("option")} {Value});
            CREATE FOREIGN TABLE {schema}.{N("far")} ({N("column")} text OPTIONS ({N("option")} {Value})) SERVER {N("server")} OPTIONS ({N(
                "option")} {Value});
            CREATE PUBLICATION {N("publication")} FOR TABLE {table};
            ALTER TABLE {table} OWNER TO {Quoted(_role)};
            ALTER TABLE {schema}.{N("parts")} OWNER TO {Quoted(_role)};
            GRANT SELECT ({N("column")}) ON {table} TO {Quoted(_role)};
            GRANT EXECUTE ON FUNCTION {schema}.{N("function")}(text) TO {Quoted(_role)};
            ALTER DEFAULT PRIVILEGES FOR ROLE {Quoted(_role)} IN SCHEMA {schema} GRANT SELECT ON TABLES TO PUBLIC;
            COMMENT ON TABLE {table} IS {Value};
            COMMENT ON COLUMN {table}.{N("column")} IS {Value};
            COMMENT ON CONSTRAINT {N("check")} ON {table} IS {Value};
            COMMENT ON SCHEMA {schema} IS {Value};
            SELECT lo_from_bytea(70001, 'a'), lo_from_bytea(70002, 'b');
            ALTER LARGE OBJECT 70001 OWNER TO {Quoted(_role)}; ALTER LARGE OBJECT 70002 OWNER TO {Quoted(_role)};
            GRANT SELECT ON LARGE OBJECT 70001 TO PUBLIC; GRANT SELECT ON LARGE OBJECT 70002 TO PUBLIC;
            COMMENT ON LARGE OBJECT 70001 IS {Value};
            COMMENT ON DATABASE {Quoted(_database)} IS {Value};
            ALTER DATABASE {Quoted(_database)} SET app.x = {Value};
            ALTER ROLE {Quoted(_role)} IN DATABASE {Quoted(_database)} SET app.x = {Value};
            """;
    }

    [GeneratedRegex("^-- Dumped by .*$", RegexOptions.Multiline)]
    private static partial Regex Producer();

    [GeneratedRegex("restrict [A-Za-z0-9]+")]
    private static partial Regex Key();
}
