using PureDump.Engine;
using PureDump.Engine.Selection;
using PureDump.Engine.Transfer;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Functions that belong to a type are called with its values, by whatever of the system's holds or compares them; no expression
/// says so. They find the rows that they read.</summary>
public sealed class HiddenTypeTests : IDisposable
{
    // The rows that are read come last by any other rule: their table is the smallest. A call before they are there is an error.
    private const string Common =
        """
        CREATE TABLE zcodes (k integer PRIMARY KEY, v integer);
        INSERT INTO zcodes SELECT g, g FROM generate_series(0, 9) g;
        CREATE FUNCTION compared(integer, integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS
        $$ BEGIN
            IF (SELECT count(*) FROM public.zcodes) < 10 THEN RAISE 'the codes are not there'; END IF;
            RETURN sign($1 - $2)::integer;
        END $$;
        """;

    // Values of a range are put in order as they come in.
    private const string Ranges =
        """
        CREATE SCHEMA made;
        CREATE OPERATOR CLASS made.by_codes FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=,
            OPERATOR 5 >, FUNCTION 1 compared(integer, integer);
        CREATE TYPE span AS RANGE (subtype = integer, subtype_opclass = made.by_codes);
        CREATE DOMAIN span_domain AS span;
        CREATE TYPE span_pair AS (a integer, b span);
        CREATE TABLE by_span AS SELECT g AS a, span(g, g + 5) AS b, repeat('x', 200) AS pad FROM generate_series(1, 100) g;
        CREATE TABLE by_spans AS SELECT ARRAY[b] AS b, pad FROM by_span;
        CREATE TABLE by_span_domain AS SELECT b::span_domain AS b, pad FROM by_span;
        CREATE TABLE by_span_pair AS SELECT ROW(a, b)::span_pair AS b, pad FROM by_span;
        CREATE TABLE by_span_row AS SELECT s AS b, pad FROM by_span s;
        CREATE TABLE by_span_child () INHERITS (by_span);
        INSERT INTO by_span_child SELECT * FROM by_span;
        CREATE INDEX ON by_span (b);
        CREATE INDEX ON by_span USING gist (b);
        CREATE INDEX ON by_spans USING gin (b);
        CREATE TABLE by_no_rows (a integer) WITH (fillfactor = 50);
        CREATE POLICY of_span ON by_span USING (b && '[1,100)'::span);
        CREATE INDEX ON by_span (a) WHERE b && '[1,100)'::span;
        CREATE INDEX ON by_no_rows (a) WHERE '[1,100)'::span @> a;
        """;

    // Parsed with its table, where it stands inside.
    private const string Constants =
        """
        ALTER TABLE by_span ADD CHECK (b && '[1,500)'::span);
        ALTER TABLE by_no_rows ADD CHECK ('[1,100)'::span @> a);
        CREATE DOMAIN in_span AS integer CHECK ('[1,100)'::span @> VALUE);
        CREATE TABLE by_in_span AS SELECT g::in_span AS a, repeat('x', 200) AS pad FROM generate_series(1, 50) g;
        """;

    // What is in arrays, composites and ranges is compared with the default operator class of its type.
    private const string Classes =
        """
        CREATE TYPE word AS (n integer);
        CREATE FUNCTION words_compared(word, word) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN RETURN public.compared($1.n, $2.n); END $$;
        CREATE FUNCTION lt(word, word) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN RETURN public.compared($1.n, $2.n) < 0; END $$;
        CREATE FUNCTION le(word, word) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN RETURN public.compared($1.n, $2.n) <= 0; END $$;
        CREATE FUNCTION eq(word, word) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN RETURN public.compared($1.n, $2.n) = 0; END $$;
        CREATE FUNCTION ge(word, word) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN RETURN public.compared($1.n, $2.n) >= 0; END $$;
        CREATE FUNCTION gt(word, word) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN RETURN public.compared($1.n, $2.n) > 0; END $$;
        CREATE OPERATOR < (FUNCTION = lt, LEFTARG = word, RIGHTARG = word);
        CREATE OPERATOR <= (FUNCTION = le, LEFTARG = word, RIGHTARG = word);
        CREATE OPERATOR = (FUNCTION = eq, LEFTARG = word, RIGHTARG = word);
        CREATE OPERATOR >= (FUNCTION = ge, LEFTARG = word, RIGHTARG = word);
        CREATE OPERATOR > (FUNCTION = gt, LEFTARG = word, RIGHTARG = word);
        CREATE OPERATOR CLASS words DEFAULT FOR TYPE word USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=,
            OPERATOR 5 >, FUNCTION 1 words_compared(word, word);
        CREATE TYPE phrase AS (a word, b integer);
        CREATE TABLE of_words AS SELECT ARRAY[ROW(g)::word, ROW(1)::word] AS a, repeat('x', 200) AS pad FROM generate_series(1, 100) g;
        CREATE TABLE of_phrases AS SELECT ROW(a[1], 1)::phrase AS a, pad FROM of_words;
        CREATE TABLE of_rows AS SELECT p AS a, pad FROM of_phrases p;
        CREATE INDEX ON of_words (a);
        CREATE INDEX ON of_words USING gin (a);
        CREATE INDEX ON of_words ((1)) WHERE a <= ARRAY[ROW(50)::word];
        CREATE INDEX ON of_phrases (a);
        CREATE INDEX ON of_rows (a);
        CREATE TABLE with_key (a word[] PRIMARY KEY, pad text);
        INSERT INTO with_key SELECT * FROM of_words;
        CREATE TABLE with_exclusion (a phrase, EXCLUDE USING btree (a WITH =), pad text);
        INSERT INTO with_exclusion SELECT * FROM of_phrases;
        CREATE TABLE with_generated (a word[], b boolean GENERATED ALWAYS AS (a <= ARRAY[ROW(50)::word]) STORED, pad text);
        INSERT INTO with_generated (a, pad) SELECT * FROM of_words;
        CREATE TABLE with_inherited (own integer) INHERITS (with_generated);
        INSERT INTO with_inherited (a, pad) SELECT * FROM of_words;
        CREATE TABLE with_check (a word[], b word[], pad text, CHECK (a >= b));
        INSERT INTO with_check SELECT a, a, pad FROM of_words;
        CREATE DOMAIN few_words AS word[] CHECK (VALUE <= ARRAY[ROW(500)::word]);
        CREATE TABLE with_domain (a few_words, pad text);
        INSERT INTO with_domain SELECT * FROM of_words;
        CREATE TABLE with_root (a word[], pad text) PARTITION BY LIST (a);
        CREATE TABLE with_partition PARTITION OF with_root DEFAULT;
        INSERT INTO with_root SELECT * FROM of_words;

        CREATE FUNCTION places_compared(point, point) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN RETURN public.compared(($1[0])::integer, ($2[0])::integer); END $$;
        CREATE FUNCTION lt(point, point) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.places_compared($1, $2) < 0';
        CREATE FUNCTION le(point, point) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.places_compared($1, $2) <= 0';
        CREATE FUNCTION eq(point, point) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.places_compared($1, $2) = 0';
        CREATE FUNCTION ge(point, point) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.places_compared($1, $2) >= 0';
        CREATE FUNCTION gt(point, point) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT public.places_compared($1, $2) > 0';
        CREATE OPERATOR <# (FUNCTION = lt, LEFTARG = point, RIGHTARG = point);
        CREATE OPERATOR <=# (FUNCTION = le, LEFTARG = point, RIGHTARG = point);
        CREATE OPERATOR =# (FUNCTION = eq, LEFTARG = point, RIGHTARG = point);
        CREATE OPERATOR >=# (FUNCTION = ge, LEFTARG = point, RIGHTARG = point);
        CREATE OPERATOR ># (FUNCTION = gt, LEFTARG = point, RIGHTARG = point);
        CREATE OPERATOR CLASS places DEFAULT FOR TYPE point USING btree AS OPERATOR 1 <#, OPERATOR 2 <=#, OPERATOR 3 =#, OPERATOR 4 >=#,
            OPERATOR 5 >#, FUNCTION 1 places_compared(point, point);
        CREATE TYPE place AS (a point);
        CREATE TABLE of_points (a point[], CHECK (a <= ARRAY['(500,0)'::point]), pad text);
        INSERT INTO of_points SELECT ARRAY[point(g, 1)], repeat('x', 200) FROM generate_series(1, 100) g;
        CREATE TABLE of_places AS SELECT ROW(a[1])::place AS a, pad FROM of_points;
        CREATE INDEX ON of_places (a);
        """;

    private readonly TemporaryFile _file = new();
    private readonly List<(PostgresServer Server, string Database)> _databases = [];

    [Theory]
    [EveryMajor]
    public void An_archive_restores_what_holds_such_values(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string source = Database(server, Common + RangesOf(major) + Constants + Classes);
        Operations.Dump(server, source, _file.Path, jobs: 2);
        foreach (int jobs in (int[])[1, 3])
        {
            string target = Database(server, "");
            Operations.Restore(server, target, _file.Path, request => request with { Jobs = jobs });
            Operations.AssertSame(server, source, server, target);

            target = Database(server, "");
            using FileStream file = File.OpenRead(_file.Path);
            using var pipe = new ForwardOnlyStream(file);
            Operations.RestorePipe(server, target, pipe, jobs);
            Operations.AssertSame(server, source, server, target);
        }
    }

    // The text is pg_dump's there, with each CHECK inside its table: a constant in it is read with the table, whatever waits.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_archive_of_pg_dump_restores_them(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = Database(server, Common + RangesOf(TestMajors.Newest) + Classes);
        string target = Database(server, "");
        PgDumpOracle.Find(TestMajors.Newest).Run("pg_dump", server, "-d", source, "-Fc", "-f", _file.Path).Succeeded();

        Operations.Restore(server, target, _file.Path, request => request with { Jobs = jobs });

        Operations.AssertSame(server, source, server, target);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_copy_makes_them(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = Database(server, Common + RangesOf(TestMajors.Newest) + Constants + Classes);
        string target = Database(server, "");
        var observer = new RecordingObserver();
        var request = new CopyRequest
        {
            Source = Operations.TargetOf(server, source),
            Target = Operations.TargetOf(server, target),
            Jobs = jobs,
            Verify = true,
        };

        CopyOperation.Run(request, observer, TestContext.Current.CancellationToken);

        Assert.Empty(observer.Failures);
        Operations.AssertSame(server, source, server, target);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_alone_are_restored_behind_those_that_they_need(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = Database(server, Common + RangesOf(TestMajors.Newest) + Classes);
        Operations.Dump(server, source, _file.Path);
        using var dataOnly = new TemporaryFile();
        Operations.Dump(server, source, dataOnly.Path, new DumpSelection { WithSchema = false });
        foreach (string path in (string[])[_file.Path, dataOnly.Path])
        {
            string target = Database(server, Common + RangesOf(TestMajors.Newest) + Classes);
            server.Execute(
                target,
                """
                DO $$ BEGIN
                    EXECUTE (SELECT 'TRUNCATE ' || string_agg(oid::regclass::text, ',') FROM pg_class
                        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace);
                END $$
                """);
            Operations.Restore(
                server, target, path, request => request with { Jobs = jobs, Selection = new RestoreSelection { WithSchema = false } });
            Operations.AssertSame(server, source, server, target);
        }
    }

    public void Dispose()
    {
        foreach ((PostgresServer server, string database) in _databases)
        {
            server.DropDatabase(database);
        }

        _file.Dispose();
    }

    // What servers have from 14 on.
    private const string Newer = """

        CREATE TABLE by_multirange AS SELECT span_multirange(b) AS b, pad FROM by_span;
        CREATE STATISTICS of_span ON (a > 1), (b && '[1,100)'::span) FROM by_span;
        """;

    private static string RangesOf(int major) => major < 14 ? Ranges : Ranges + Newer;

    private string Database(PostgresServer server, string sql)
    {
        string database = server.CreateDatabase();
        _databases.Add((server, database));
        if (sql.Length > 0)
        {
            server.Execute(database, sql);
        }

        return database;
    }
}
