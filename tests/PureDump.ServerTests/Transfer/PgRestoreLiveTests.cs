using System.Globalization;
using System.Text.RegularExpressions;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// <c>puredump pg_restore -d</c> beside PostgreSQL's pg_restore 18, each over the archive of its own dump of one database into
/// a database of its own that holds the same: afterwards both hold the same, and both have said the same.
/// </summary>
public sealed partial class PgRestoreLiveTests(PgRestoreLiveTests.Sources sources) : IClassFixture<PgRestoreLiveTests.Sources>
{
    private const string Source = """
        CREATE SCHEMA shop;
        CREATE TABLE shop.customer (id serial PRIMARY KEY, name text NOT NULL CHECK (name <> ''));
        INSERT INTO shop.customer (name) SELECT 'name ' || g FROM generate_series(1, 9) g;
        CREATE TABLE shop.purchase (id integer PRIMARY KEY, customer integer REFERENCES shop.customer, at date);
        INSERT INTO shop.purchase SELECT g, 1 + g % 9, '2026-01-01'::date + g FROM generate_series(1, 20) g;
        CREATE INDEX purchase_by_customer ON shop.purchase (customer);
        CREATE TABLE a_child (id integer, parent integer);
        CREATE TABLE z_parent (id integer PRIMARY KEY);
        INSERT INTO z_parent VALUES (1), (2); INSERT INTO a_child VALUES (10, 1), (20, 2);
        ALTER TABLE a_child ADD FOREIGN KEY (parent) REFERENCES z_parent;
        CREATE VIEW shop.names AS SELECT name FROM shop.customer;
        CREATE MATERIALIZED VIEW shop.count AS SELECT count(*) FROM shop.purchase;
        CREATE FUNCTION shop.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := NEW.name || '; stamped'; RETURN NEW; END $$;
        CREATE TRIGGER stamp BEFORE INSERT ON shop.customer FOR EACH ROW EXECUTE FUNCTION shop.stamp();
        COMMENT ON TABLE shop.purchase IS 'what was sold';
        GRANT SELECT ON shop.customer TO restore_reader;
        ALTER TABLE shop.purchase OWNER TO restore_owner;
        SELECT lo_from_bytea(4711, 'one'), lo_from_bytea(4712, 'two');
        ANALYZE;
        """;

    private const string FilledTables = """
        CREATE SCHEMA shop;
        CREATE TABLE shop.customer (id integer PRIMARY KEY, name text, more text);
        INSERT INTO shop.customer VALUES (3, 'here already', 'x');
        CREATE TABLE shop.purchase (id integer, customer integer, at date);
        CREATE SEQUENCE a_child;
        SELECT lo_create(4712);
        """;

    /// <summary>The words, what is done before, and whether the order of what is said may differ.</summary>
    public static TheoryData<string, string> Cases() => new()
    {
        { "", "" },
        { "-v", "" },
        { "-1", "" },
        { "--transaction-size=3", "" },
        { "-j 2", "" },
        { "-s", "" },
        { "--section=pre-data", "" },
        { "-O -x --no-comments", "" },
        { "--use-set-session-authorization", "" },
        { "--use-set-session-authorization --transaction-size=2", "" },
        { "--role=restore_owner -n public", "GRANT CREATE ON SCHEMA public TO restore_owner" },
        { "--no-tablespaces --no-table-access-method --enable-row-security", "" },
        { "-t a_child -t z_parent", "" },
        { "-t purchase -I purchase_by_customer", "CREATE SCHEMA shop" },
        { "", FilledTables },
        { "-v", FilledTables },
        { "-e", FilledTables },
        { "-1", FilledTables },
        { "--transaction-size=2", FilledTables },
        { "-j 2", FilledTables },
        { "--no-data-for-failed-tables", FilledTables },
        { "--no-data-for-failed-tables -j 2", FilledTables },
        { "-c --if-exists", "{whole}" },
        { "-c", "{whole}" },
        { "-c --if-exists -1", "{whole}" },
        { "-c --transaction-size=4", "{whole}" },
        { "-c", "" },
        { "-a --disable-triggers", "{definitions}" },
        { "-a --disable-triggers -S postgres", "{definitions}" },
        { "-a --disable-triggers -S no_such_role", "{definitions}" },
        { "--section=data --disable-triggers", "{definitions}" },
        { "--statistics-only", "{whole}" },
        { "-P stamp()", "CREATE SCHEMA shop" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_restore_leaves_and_says_what_pg_restores_does(string words, string before)
    {
        // pg_restore 18 gives up on older servers at its first statement, which they do not know, where errors end it.
        bool isStrict = words
            .Split(' ')
            .Any(word => word is "-1" or "-e" || word.StartsWith("--transaction-size", StringComparison.Ordinal));
        foreach (
            PostgresServer server in new[] { TestMajors.Oldest, TestMajors.Newest }
                .Where(major => !isStrict || major >= 17)
                .Distinct()
                .Select(ServerPool.Get))
        {
            RestoreSource source = sources.Of(server);
            string theirs = MakeTarget(server, source, before);
            string ours = MakeTarget(server, source, before);

            RestoreOutcome expected = source.PgRestore([
                .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                .. source.Connection(theirs),
            ]);
            RestoreOutcome actual = source.PureDump([
                .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                .. source.Connection(ours),
            ]);

            Assert.Equal(Said(Mended(expected), server, words), Said(actual, server, words));
            Assert.Equal(Mended(expected).ExitCode, actual.ExitCode);
            Assert.Equal(OracleDatabase.PlainText(server, theirs), OracleDatabase.PlainText(server, ours));
            Assert.Empty(TableHashes.Of(server, theirs).Differences(TableHashes.Of(server, ours)));
        }
    }

    [Theory, EveryMajor]
    public void Create_makes_the_database_as_pg_restore_does_and_counts_what_fails(int major)
    {
        // pg_dump 18 writes CREATE DATABASE with a LOCALE_PROVIDER, which servers before 15 refuse: pg_restore makes nothing there.
        Assert.SkipUnless(major >= 15, "pg_restore 18 cannot make a database on a server before 15");
        PostgresServer server = ServerPool.Get(major);
        using RestoreSource source = MakeSource(server);
        server.DropDatabase(source.Database);
        foreach (string words in (string[])["-C", "-C", "-C -c", "-C -c --if-exists -j 2"])
        {
            bool isThere = server.Scalar("postgres", $"SELECT 1 FROM pg_database WHERE datname = '{source.Database}'") is not null;
            RestoreOutcome expected = source.PgRestore([.. words.Split(' '), .. source.Connection("postgres")]);
            string due = OracleDatabase.PlainText(server, source.Database, "-C");
            server.DropDatabase(source.Database);
            if (isThere)
            {
                // As the first one found it: whole.
                Assert.Equal(0, Mended(source.PgRestore(["-C", .. source.Connection("postgres")])).ExitCode);
            }

            RestoreOutcome actual = source.PureDump([.. words.Split(' '), .. source.Connection("postgres")]);

            Assert.Equal(Said(Mended(expected), server, words), Said(actual, server, words));
            Assert.Equal(Mended(expected).ExitCode, actual.ExitCode);
            Assert.Equal(due, OracleDatabase.PlainText(server, source.Database, "-C"));
        }
    }

    [Fact]
    public void A_list_in_another_order_is_restored_in_that_order()
    {
        // An older server does not know a setting that pg_restore 18 begins with.
        PostgresServer server = ServerPool.Get(TestMajors.NewestFrom(17));
        RestoreSource source = sources.Of(server);
        (string theirs, string ours) = (server.CreateDatabase(), server.CreateDatabase());
        string[] outcomes = [Restore(source.PgRestore, theirs), Restore(source.PureDump, ours)];

        // The comment comes before its table, and the rows before theirs: each fails, and is passed over.
        Assert.Equal(outcomes[0], outcomes[1]);
        Assert.Contains("relation \"shop.purchase\" does not exist", outcomes[1], StringComparison.Ordinal);
        Assert.Equal(OracleDatabase.PlainText(server, theirs), OracleDatabase.PlainText(server, ours));

        string Restore(Func<string[], RestoreOutcome> restore, string target)
        {
            using var file = new TemporaryFile("edited.list");
            string[] lines =
            [
                .. restore(["-l"])
                    .Output.Split('\n')
                    .Where(line => line.Length > 0 && line[0] != ';' && !line.Contains("BLOB", StringComparison.Ordinal))
                    .Reverse(),
            ];
            File.WriteAllLines(file.Path, [.. lines.Where(line => line.Contains(" SCHEMA ", StringComparison.Ordinal)), .. lines]);
            RestoreOutcome outcome = restore([.. source.Connection(target), "-L", file.Path]);
            return $"{outcome.ExitCode}\n{Number().Replace(outcome.Error.TrimEnd(), "N; ")}";
        }
    }

    private static RestoreSource MakeSource(PostgresServer server)
    {
        foreach (string role in (string[])["restore_reader", "restore_owner"])
        {
            server.Execute("postgres", $"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$");
        }

        string database = server.CreateDatabase();
        server.Execute(database, Source);
        return new RestoreSource(server, database, withStatistics: server.Major >= 18);
    }

    private static string MakeTarget(PostgresServer server, RestoreSource source, string before)
    {
        string target = server.CreateDatabase();
        switch (before)
        {
            case "{whole}":
                Assert.Equal(0, Mended(source.PgRestore(source.Connection(target))).ExitCode);
                server.Execute(target, "DELETE FROM shop.purchase WHERE id > 5; CREATE TABLE mine (x integer); SELECT lo_unlink(4711)");
                break;
            case "{definitions}":
                Assert.Equal(0, Mended(source.PgRestore(["-s", .. source.Connection(target)])).ExitCode);
                break;
            case not "":
                server.Execute(target, before);
                break;
        }

        return target;
    }

    // What pg_restore 18 says of a statement that servers before 17 do not know, and that PureDump does not send to them.
    private static RestoreOutcome Mended(RestoreOutcome outcome)
    {
        int count = UnknownSetting().Count(outcome.Error);
        string error = UnknownSetting().Replace(outcome.Error, "");
        error = ErrorCount()
            .Replace(
                error,
                match => int.Parse(match.Value, CultureInfo.InvariantCulture) is var all && all > count ? $"{all - count}" : "");
        error = error.Replace("pg_restore: warning: errors ignored on restore: \n", "", StringComparison.Ordinal);
        return outcome with
        {
            Error = error,
            ExitCode = count > 0 && !error.Contains("pg_restore: error:", StringComparison.Ordinal) ? 0 : outcome.ExitCode,
        };
    }

    // Of several workers each says something when it comes to it, and pg_restore's are processes that break into each other's
    // lines; it also counts what one does after an error as errors.
    private static string Said(RestoreOutcome outcome, PostgresServer server, string words)
    {
        string text = Opening().Replace(Number().Replace(outcome.Error.TrimEnd(), "N; "), "");
        return words.Contains("-j", StringComparison.Ordinal)
            ? string.Join('\n', ServerError().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal))
            : $"{server.Major}\n{text}";
    }

    /// <summary>The database of each server and its archives, for the tests that only read them.</summary>
    public sealed class Sources : IDisposable
    {
        private readonly Dictionary<int, RestoreSource> _made = [];

        public void Dispose()
        {
            foreach (RestoreSource source in _made.Values)
            {
                source.Dispose();
            }
        }

        internal RestoreSource Of(PostgresServer server)
        {
            if (!_made.TryGetValue(server.Major, out RestoreSource? source))
            {
                source = MakeSource(server);
                _made.Add(server.Major, source);
            }

            return source;
        }
    }

    [GeneratedRegex("ERROR:  (?!unrecognized configuration parameter).*")]
    private static partial Regex ServerError();

    [GeneratedRegex("(?<=from TOC entry )[0-9]+; |(?<=line ignored: )[0-9]+")]
    private static partial Regex Number();

    // What it says of its connections, its workers and each large object is not said here.
    [GeneratedRegex(
        "^pg_restore: (connecting to |executing SELECT pg_catalog.set_config|entering |finished |launching |processing item|skipping "
            + "item|implied |restor(ing|ed) .*large object).*\n",
        RegexOptions.Multiline)]
    private static partial Regex Opening();

    [GeneratedRegex(
        "(pg_restore: while INITIALIZING:\n)?pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "
            + "\"transaction_timeout\"\nCommand was: SET transaction_timeout = 0;\n")]
    private static partial Regex UnknownSetting();

    [GeneratedRegex("(?<=errors ignored on restore: )[0-9]+")]
    private static partial Regex ErrorCount();
}
