using PureDump.Engine;
using PureDump.Engine.Selection;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>What pg_dump's own dumps lose or cannot restore, and PureDump's archive and copy bring back.</summary>
public sealed class BetterThanPgDumpTests
{
    // A function, a table and types that are not what CREATE EXTENSION makes.
    private const string ChangedExtension = """
        CREATE SCHEMA ext;
        CREATE EXTENSION citext SCHEMA ext;
        ALTER EXTENSION citext DROP FUNCTION ext.translate(ext.citext, ext.citext, text);
        CREATE OR REPLACE FUNCTION ext.translate(ext.citext, ext.citext, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'mine' $$;
        CREATE TYPE ext.mood AS ENUM ('good', 'bad');
        CREATE TYPE ext.pair AS (a int, b text);
        CREATE DOMAIN ext.small AS int CHECK (VALUE < 100);
        CREATE TABLE ext.added (id serial PRIMARY KEY, m ext.mood, s ext.small, c ext.citext);
        CREATE INDEX added_m ON ext.added (m);
        CREATE FUNCTION ext.mine(int) RETURNS int LANGUAGE sql AS $$ SELECT 40 + $1 $$;
        CREATE OPERATOR ext.### (FUNCTION = ext.mine, RIGHTARG = int);
        CREATE VIEW ext.seen AS SELECT OPERATOR(ext.###) id AS n FROM ext.added;
        INSERT INTO ext.added (m, s, c) VALUES ('good', 1, 'A'), ('bad', 2, 'b');
        """;

    // In a transaction of its own, as by hand.
    private const string Additions = """
        ALTER EXTENSION citext ADD TYPE ext.mood;
        ALTER EXTENSION citext ADD TYPE ext.pair;
        ALTER EXTENSION citext ADD DOMAIN ext.small;
        ALTER EXTENSION citext ADD TABLE ext.added;
        ALTER EXTENSION citext ADD FUNCTION ext.mine(int);
        ALTER EXTENSION citext ADD VIEW ext.seen;
        ALTER EXTENSION citext ADD OPERATOR ext.### (NONE, int);
        GRANT SELECT ON ext.added TO PUBLIC;
        """;

    private const string LookAtExtension = """
        SELECT (SELECT string_agg(format('%s %s %s %s', id, m, s, c), ', ' ORDER BY id) FROM ext.added)
               || (SELECT ext.translate('a'::ext.citext, 'a'::ext.citext, 'b'))
               || (SELECT string_agg(n, ', ' ORDER BY n COLLATE "C")
                   FROM (SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE
                       extname = 'citext')) d,
                        LATERAL pg_describe_object(classid, objid, 0) AS n
                   WHERE n ~ 'mood|pair|small|added|translate|mine|seen|###')
               || (SELECT sum(n) FROM ext.seen)
               || (SELECT relacl::text FROM pg_class WHERE oid = 'ext.added'::regclass)
               || (SELECT count(*) FROM pg_indexes WHERE schemaname = 'ext')
        """;

    // Bodies with names that say no schema.
    private const string Unqualified = """
        CREATE SCHEMA app;
        CREATE FUNCTION public.rate() RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 7 $$;
        CREATE FUNCTION public.taxed(x int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN x * rate(); END $$;
        CREATE FUNCTION app.near(x int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN below(x); END $$;
        CREATE FUNCTION app.below(x int) RETURNS bool LANGUAGE sql IMMUTABLE AS $$ SELECT x < 1000 $$;
        SET search_path = app, public;
        CREATE TABLE app.price (net int, gross int GENERATED ALWAYS AS (public.taxed(net)) STORED, CHECK (app.near(net)));
        INSERT INTO app.price SELECT * FROM generate_series(1, 20);
        """;

    private const string LookAtPrices =
        "SELECT sum(gross) || ' ' || (SELECT count(*) FROM pg_constraint WHERE conrelid = 'app.price'::regclass AND contype = 'c') FROM "
            + "app.price";

    [Theory, EveryMajor]
    public void What_was_taken_out_of_an_extension_and_what_was_added_to_it_comes_back(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string source = server.CreateDatabase();
        server.Execute(source, ChangedExtension);
        server.Execute(source, Additions);

        Assert.All(
            Ways(server, source),
            target => Assert.Equal(server.Scalar(source, LookAtExtension), server.Scalar(target, LookAtExtension)));
    }

    [Theory, EveryMajor]
    public void Columns_and_checks_over_functions_with_unqualified_names_come_back(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string source = server.CreateDatabase();
        server.Execute(source, Unqualified);

        Assert.All(Ways(server, source), target => Assert.Equal("1470 1", server.Scalar(target, LookAtPrices)));
    }

    [Theory, EveryMajor]
    public void Rows_that_name_an_index_come_back(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string source = server.CreateDatabase();
        server.Execute(
            source,
            """
            CREATE TABLE a_named (i regclass, many regclass[]);
            CREATE TABLE z_indexed (x int PRIMARY KEY, y int);
            CREATE INDEX z_y ON z_indexed (y);
            CREATE INDEX z_computed ON z_indexed ((y + 1));
            CREATE TABLE b_circle (i regclass, x int UNIQUE);
            INSERT INTO z_indexed SELECT n, n FROM generate_series(1, 100) n;
            INSERT INTO a_named VALUES ('z_y', '{z_indexed_pkey,pg_class,b_circle_x_key}'), ('z_indexed', NULL);
            INSERT INTO b_circle VALUES ('z_y', 1);
            """
        );

        const string look =
            "SELECT (SELECT string_agg(a_named::text, ' ' ORDER BY a_named::text) FROM a_named) || (SELECT string_agg(b_circle::text, ' "
                + "') FROM b_circle)";
        Assert.All(
            Ways(server, source, throughPipe: false),
            target => Assert.Equal(server.Scalar(source, look), server.Scalar(target, look)));
    }

    [Fact]
    public void Indexes_over_them_come_back_where_a_server_runs_them_under_the_sessions_path()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        Assert.SkipUnless(server.Major < 17, "servers from 17 on make no index under another search_path than pg_catalog, pg_temp");
        string source = IndexedPrices(server);

        Assert.All(
            Ways(server, source),
            target =>
                Assert.Equal("t", server.Scalar(target, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'app.taxed_price'::regclass")));
    }

    /// <summary>What cannot come back says why: an index is made behind the rows of its table, and behind the defaults of all.</summary>
    [Fact]
    public void A_value_that_names_an_index_which_is_not_there_yet_says_what_to_do()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = server.CreateDatabase();
        server.Execute(
            source,
            """
            CREATE TABLE own (c regclass PRIMARY KEY);
            INSERT INTO own VALUES ('own_pkey');
            CREATE TABLE other (z int, c regclass DEFAULT 'own_pkey');
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, source, file.Path);
        string target = server.CreateDatabase();
        var observer = new RecordingObserver();

        RestoreOperation.FromFile(
            new RestoreRequest { Target = Operations.TargetOf(server, target) },
            file.Path,
            observer,
            TestContext.Current.CancellationToken);

        Assert.Equal(2, observer.Errors.Count);
        string hints = string.Join('\n', observer.Errors.Select(static error => error.Hint));
        Assert.Contains("--section=post-data first", hints, StringComparison.Ordinal);
        Assert.Contains("when all is restored", hints, StringComparison.Ordinal);

        // What the hint says works.
        string inParts = server.CreateDatabase();
        foreach (Section section in (Section[])[Section.PreData, Section.PostData, Section.Data])
        {
            RestoreOperation.FromFile(
                new RestoreRequest
                {
                    Target = Operations.TargetOf(server, inParts),
                    Selection = new RestoreSelection { Sections = [section] },
                },
                file.Path,
                new RecordingObserver(),
                TestContext.Current.CancellationToken);
        }

        Assert.Equal("own_pkey", server.Scalar(inParts, "SELECT c::text FROM own"));
    }

    /// <summary>The plan of a count looks into the function of an index, too.</summary>
    [Fact]
    public void Rows_of_a_copy_are_counted_where_the_function_of_an_index_needs_another_path()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        Assert.SkipUnless(server.Major < 17, "servers from 17 on make no index under another search_path than pg_catalog, pg_temp");
        string source = server.CreateDatabase();
        server.Execute(
            source,
            """
            CREATE SCHEMA app;
            SET search_path = app, public;
            CREATE FUNCTION twice(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 2';
            CREATE FUNCTION more(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT twice($1) + 1';
            CREATE TABLE app.counted (a int);
            CREATE INDEX ON app.counted (more(a)) WHERE more(a) > 0;
            INSERT INTO app.counted VALUES (1), (2);
            """);
        string target = server.CreateDatabase();
        var observer = new RecordingObserver();

        CopyResult result = CopyOperation.Run(
            new CopyRequest { Source = Operations.TargetOf(server, source), Target = Operations.TargetOf(server, target) },
            observer,
            TestContext.Current.CancellationToken);

        Assert.Empty(observer.Failures);
        Assert.Empty(result.Differences);
    }

    /// <summary>What a server says while it runs a statement comes whole, and its severity once.</summary>
    [Fact]
    public void A_warning_of_the_target_is_told_with_its_detail_and_hint()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = server.CreateDatabase();
        server.Execute(source, "CREATE TABLE warned (a int)");
        using var file = new TemporaryFile();
        Operations.Dump(server, source, file.Path);
        string target = server.CreateDatabase();
        server.Execute(
            target,
            """
            CREATE FUNCTION warn() RETURNS event_trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE WARNING 'look' USING DETAIL = 'a table', HINT = 'none'; END $$;
            CREATE EVENT TRIGGER warner ON ddl_command_end WHEN tag IN ('CREATE TABLE') EXECUTE FUNCTION warn();
            """);
        using PureDumpProcess restore = PureDumpProcess.Start(server, "restore", "-q", "-d", target, file.Path);

        Assert.Equal(0, restore.WaitForExit());
        Assert.Equal("puredump: warning: look\n  detail: a table\n  hint: none", restore.Error.Trim());
    }

    [Fact]
    public void Where_a_server_does_not_the_error_says_why()
    {
        PostgresServer older = ServerPool.Get(TestMajors.Oldest);
        PostgresServer newer = ServerPool.Get(TestMajors.NewestFrom(17));
        Assert.SkipUnless(older.Major < 17, "the oldest server of this run makes no such index");
        string source = IndexedPrices(older);
        using var file = new TemporaryFile();
        Operations.Dump(older, source, file.Path);
        var observer = new RecordingObserver();

        RestoreOperation.FromFile(
            new RestoreRequest { Target = Operations.TargetOf(newer, newer.CreateDatabase()) },
            file.Path,
            observer,
            TestContext.Current.CancellationToken);

        PureDumpException error = Assert.Single(observer.Errors);
        Assert.Contains("SET search_path", error.Hint);
    }

    [Fact]
    public void A_materialized_view_whose_owner_may_not_read_its_sources_says_what_to_do()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = server.CreateDatabase();
        server.Execute(source, "DO $$ BEGIN CREATE ROLE view_owner; EXCEPTION WHEN duplicate_object THEN END $$");
        server.Execute(
            source,
            "CREATE TABLE secret AS SELECT 1 AS x; CREATE MATERIALIZED VIEW seen AS SELECT * FROM secret; ALTER MATERIALIZED VIEW seen "
                + "OWNER TO view_owner");
        using var file = new TemporaryFile();
        Operations.Dump(server, source, file.Path);
        var observer = new RecordingObserver();

        RestoreOperation.FromFile(
            new RestoreRequest { Target = Operations.TargetOf(server, server.CreateDatabase()) },
            file.Path,
            observer,
            TestContext.Current.CancellationToken);

        PureDumpException error = Assert.Single(observer.Errors);
        Assert.Equal((ErrorKind.Permission, true), (error.Kind, error.Hint?.Contains("the rights of its owner", StringComparison.Ordinal)));
    }

    private static string IndexedPrices(PostgresServer server)
    {
        string database = server.CreateDatabase();
        server.Execute(database, Unqualified);
        server.Execute(database, "SET search_path = app, public; CREATE INDEX taxed_price ON app.price (public.taxed(net))");
        return database;
    }

    private static IEnumerable<string> Ways(PostgresServer server, string source, bool throughPipe = true)
    {
        using var file = new TemporaryFile();
        Operations.Dump(server, source, file.Path);
        foreach (int jobs in (int[])[1, 3])
        {
            string target = server.CreateDatabase();
            Operations.Restore(server, target, file.Path, request => request with { Jobs = jobs });
            yield return target;
        }

        if (throughPipe)
        {
            string piped = server.CreateDatabase();
            using FileStream archive = File.OpenRead(file.Path);
            using var pipe = new ForwardOnlyStream(archive);
            Operations.RestorePipe(server, piped, pipe);
            yield return piped;
        }

        string copy = server.CreateDatabase();
        var observer = new RecordingObserver();
        CopyOperation.Run(
            new CopyRequest { Source = Operations.TargetOf(server, source), Target = Operations.TargetOf(server, copy), Jobs = 2 },
            observer,
            TestContext.Current.CancellationToken);
        Assert.Empty(observer.Failures);
        yield return copy;
    }
}
