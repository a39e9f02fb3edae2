using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// A database of 19 into a server of 18: what that does not know fails by name and is counted, all else is there. Above all nothing comes
/// to mean more there: no publication of tables that the source leaves out.
/// </summary>
public sealed class StepDownTests
{
    private const string Content = """
        SET client_min_messages = error;
        CREATE TABLE kept (id int PRIMARY KEY, x text);
        INSERT INTO kept SELECT i, i::text FROM generate_series(1, 100) i;
        CREATE TABLE secret (id oid8);
        CREATE TABLE parent (a int CONSTRAINT parent_a NOT NULL NO INHERIT);
        CREATE TABLE child (a int CONSTRAINT child_a NOT NULL NO INHERIT) INHERITS (parent);
        CREATE PUBLICATION few FOR TABLE kept;
        CREATE PUBLICATION all_but FOR ALL TABLES EXCEPT (TABLE secret);
        CREATE PUBLICATION all_numbers FOR ALL SEQUENCES;
        CREATE SUBSCRIPTION plain CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
        CREATE SUBSCRIPTION retaining CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE,
            retain_dead_tuples = true);
        """;

    private const string Look = """
        SELECT pg_catalog.concat_ws(' ',
            (SELECT string_agg(pubname || CASE WHEN puballtables THEN '*' ELSE '' END, ',' ORDER BY pubname) FROM pg_publication),
            (SELECT string_agg(subname, ',' ORDER BY subname) FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE
                datname = current_database())),
            (SELECT string_agg(conname, ',' ORDER BY conname) FROM pg_constraint WHERE contype IN ('n',
                'p') AND connamespace = 'public'::regnamespace),
            (SELECT count(*) FROM kept))
        """;

    [Fact]
    public void What_is_not_known_there_fails_by_name_and_nothing_means_more()
    {
        (PostgresServer newer, PostgresServer older) = (
            ServerPool.Get(TestMajors.NewestFrom(19)),
            ServerPool.Get(TestMajors.NewestUntil(18)));
        Assert.SkipUnless(older.Major == 18, "there is no server of 18");
        string source = newer.CreateDatabase();
        newer.Execute(source, Content);
        using var file = new TemporaryFile("a.pdump");
        Operations.Dump(newer, source, file.Path);
        string script = Succeeded(newer, "dump", "-F", "plain", "--for-server", "18", source);
        using var text = new TemporaryFile("a.sql");
        File.WriteAllText(text.Path, script);
        (string Way, string[] Words)[] ways =
        [
            ("archive", ["restore", "-d", "{0}", file.Path]),
            ("copy", ["copy", "--source", Operations.Conninfo(newer, source), "--target", Operations.Conninfo(older, "{0}")]),
            ("script", ["psql", "-q", "-d", "{0}", "-f", text.Path]),
        ];

        Assert.All(
            ways,
            way =>
            {
                string target = older.CreateDatabase();
                string[] words = [.. way.Words.Select(word => word.Replace("{0}", target, StringComparison.Ordinal))];
                using PureDumpProcess process =
                    words[0] == "copy" ? PureDumpProcess.Start(words, older.Password) : PureDumpProcess.Start(older, words[0], words[1..]);
                process.Input.Close();
                process.WaitForExit();

                Assert.Equal("few plain child_a,kept_id_not_null,kept_pkey,parent_a 100", older.Scalar(target, Look));
                Assert.All(
                    (string[])["oid8", "EXCEPT", "SEQUENCES", "retain_dead_tuples"],
                    word => Assert.Contains(word, process.Error, StringComparison.Ordinal));
                older.Execute(target, "ALTER SUBSCRIPTION plain SET (slot_name = NONE)");
                older.Execute(target, "DROP SUBSCRIPTION plain");
                older.DropDatabase(target);
            }
        );
        newer.Execute(source, "DROP SUBSCRIPTION plain");
        newer.Execute(source, "DROP SUBSCRIPTION retaining");
        newer.DropDatabase(source);
    }

    private static string Succeeded(PostgresServer server, string verb, params string[] words)
    {
        using PureDumpProcess process = PureDumpProcess.Start(server, verb, words);
        process.Input.Close();
        string output = new StreamReader(process.Output).ReadToEnd();
        Assert.True(process.WaitForExit() == 0, process.Error);
        return output;
    }
}
