using System.Text;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Replay;

/// <summary>
/// A database with standard_conforming_strings off, which servers until 18 have, into one of each version: what pg_dump writes of it by any
/// way, and what PureDump does.
/// </summary>
public sealed class StringSettingTests
{
    private const string Content = """
        SET standard_conforming_strings = on;
        CREATE TYPE kind AS ENUM ('a\b', 'it''s');
        CREATE TABLE noted (x text DEFAULT 'c:\temp', k kind, b bytea);
        COMMENT ON TABLE noted IS 'c:\temp\''; DROP TABLE noted; --';
        INSERT INTO noted VALUES ('back\slash', 'a\b', '\xdeadbeef'), ('qu''ote\\', 'it''s', '\x00');
        CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ''\n''::text';
        CREATE VIEW v AS SELECT x, 'v\w' AS y FROM noted;
        """;

    // What is seen of it under the setting on.
    private const string Look = """
        SELECT string_agg(x || ',' || k || ',' || encode(b, 'hex') || ',' || y, '|' ORDER BY x) || obj_description('noted'::regclass)
               || (SELECT string_agg(enumlabel, '') FROM pg_enum) || (SELECT prosrc FROM pg_proc WHERE oid = 'f'::regproc)
        FROM noted JOIN v USING (x)
        """;

    private const string Due = @"back\slash,a\b,deadbeef,v\w|qu'ote\\,it's,00,v\wc:\temp\'; DROP TABLE noted; --a\bit'sSELECT '\n'::text";

    private static readonly (string Name, string[] Dump, string[] Restore)[] s_ways =
    [
        ("pg_dump's script by psql", ["pg_dump", "--restrict-key=K"], ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"]),
        ("pg_dump's script by restore", ["pg_dump", "--restrict-key=K"], ["restore", "-d"]),
        (
            "pg_dump's script of INSERTs by psql",
            ["pg_dump", "--restrict-key=K", "--inserts"],
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"]),
        ("pg_dump's archive by restore", ["pg_dump", "-Fc"], ["restore", "-d"]),
        ("pg_dump's archive by pg_restore", ["pg_dump", "-Fc"], ["pg_restore", "-e", "-d"]),
        ("pg_dump's archive of INSERTs by restore", ["pg_dump", "-Fc", "--inserts"], ["restore", "-d"]),
        ("dump and restore", ["dump"], ["restore", "-d"]),
        ("dump of a script by psql", ["dump", "-F", "plain"], ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"]),
    ];

    [Theory, EveryStepUp]
    public void Everything_comes_back_by_every_way(int from, int into)
    {
        Assert.SkipUnless(from < 19, "there the setting cannot be off");
        (PostgresServer source, PostgresServer target) = (ServerPool.Get(from), ServerPool.Get(into));
        string database = source.CreateDatabase();
        source.Execute(database, Content);
        source.Execute(database, $"ALTER DATABASE \"{database}\" SET standard_conforming_strings = off");
        Assert.Equal(Due, source.Scalar(database, $"SET standard_conforming_strings = on; {Look}"));

        Requirement.All(
            s_ways,
            way =>
            {
                using var file = new TemporaryFile("dump");
                Run(source, [.. way.Dump, "-f", file.Path, database], null);

                // pg_dump writes it for every server, and those before 17 refuse it.
                if (into < 17 && File.ReadAllText(file.Path, Encoding.Latin1) is ['-', '-', ..] script)
                {
                    File.WriteAllText(
                        file.Path,
                        script.Replace("SET transaction_timeout = 0;\n", "", StringComparison.Ordinal),
                        Encoding.Latin1);
                }

                string copy = target.CreateDatabase();
                using FileStream input = File.OpenRead(file.Path);
                Run(target, [.. way.Restore, copy], input);

                Assert.True(Due == target.Scalar(copy, Look), $"{way.Name}: {target.Scalar(copy, Look)}");
                target.DropDatabase(copy);
            }
        );
    }

    // What is set in a transaction that is rolled back counts no longer, and what is stored for sessions to come is not for such a server.
    [Fact]
    public void A_script_is_read_as_its_settings_stand()
    {
        PostgresServer server = ServerPool.Get(TestMajors.NewestFrom(19));
        string database = server.CreateDatabase();
        string script = $"""
            CREATE TABLE x (n int, t text);
            ALTER DATABASE {database} SET standard_conforming_strings TO 'off';
            ALTER ROLE "größe {new string('ü', 25)}" IN DATABASE "{new string('日', 20)}" SET escape_string_warning TO 'off';
            SET standard_conforming_strings = off;
            BEGIN;
            SET standard_conforming_strings = on;
            ROLLBACK;
            INSERT INTO x VALUES (1, 'a\\\\b');
            BEGIN;
            SET LOCAL "standard_conforming_strings" TO 't';
            INSERT INTO x VALUES (2, 'a\\\\b');
            COMMIT;
            INSERT INTO x VALUES (3, 'a\\\\b');
            RESET standard_conforming_strings;
            INSERT INTO x VALUES (4, 'a\\\\b');
            CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;
            """;
        using var file = new TemporaryFile("script.sql");
        File.WriteAllText(file.Path, script);

        Run(server, ["restore", "-e", "-d", database, file.Path], null);

        Assert.Equal(@"1a\\b 2a\\\\b 3a\\b 4a\\\\b", server.Scalar(database, "SELECT string_agg(n || t, ' ' ORDER BY n) FROM x"));
    }

    [Fact]
    public void A_function_that_sets_it_comes_without_the_setting()
    {
        PostgresServer newer = ServerPool.Get(TestMajors.NewestFrom(19));
        PostgresServer older = ServerPool.Get(TestMajors.NewestUntil(18));
        (string source, string target) = (older.CreateDatabase(), newer.CreateDatabase());
        older.Execute(
            source,
            "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql SET standard_conforming_strings = off SET search_path = pg_catalog AS "
                + "'begin return 1; end'");
        using var file = new TemporaryFile("dump");
        Run(older, ["dump", "-f", file.Path, source], null);

        Run(newer, ["restore", "-e", "-d", target, file.Path], null);

        Assert.Equal(
            "1{search_path=pg_catalog}",
            newer.Scalar(target, "SELECT f() || proconfig::text FROM pg_proc WHERE oid = 'f'::regproc"));
    }

    private static void Run(PostgresServer server, string[] words, Stream? input)
    {
        using PureDumpProcess process = PureDumpProcess.Start(server, words[0], words[1..]);
        input?.CopyTo(process.Input);
        process.Input.Close();
        string output = new StreamReader(process.Output).ReadToEnd();
        Assert.True(process.WaitForExit() == 0, $"{string.Join(' ', words)}: {process.Error}{output}");
        Assert.DoesNotContain("error", process.Error, StringComparison.OrdinalIgnoreCase);
    }
}
