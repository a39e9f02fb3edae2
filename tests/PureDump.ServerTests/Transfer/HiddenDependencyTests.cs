using PureDump.Engine;
using PureDump.Engine.Selection;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Functions that read a table of which the catalog knows nothing are called when its rows are there, whatever calls
/// them.</summary>
public sealed class HiddenDependencyTests : IDisposable
{
    // The rows that are read come last by any other rule: their table is the smallest. A call before they are there is an error.
    private const string Common =
        """
        CREATE TABLE zcodes (k integer PRIMARY KEY, v integer);
        INSERT INTO zcodes SELECT g, g FROM generate_series(0, 9) g;
        CREATE FUNCTION looked_up(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS
        $$ BEGIN
            IF (SELECT count(*) FROM public.zcodes) < 10 THEN RAISE 'the codes are not there'; END IF;
            RETURN (SELECT v FROM public.zcodes WHERE k = $1 % 10);
        END $$;
        CREATE FUNCTION is_known(integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN public.looked_up($1) IS NOT NULL;
            END $$;
        CREATE FUNCTION compared(integer, integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN public.looked_up(0) +
            sign($1 - $2)::integer; END $$;
        CREATE FUNCTION fits(integer, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN public.is_known($1); END $$;
        CREATE OPERATOR <~> (FUNCTION = fits, LEFTARG = integer, RIGHTARG = integer);
        CREATE OPERATOR CLASS by_codes FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=,
            OPERATOR 5 >, FUNCTION 1 compared(integer, integer);

        CREATE TABLE by_index AS SELECT g AS a, repeat('x', 200) AS pad FROM generate_series(1, 300) g;
        CREATE INDEX ON by_index (looked_up(a));
        CREATE INDEX ON by_index (a) WHERE is_known(a);
        CREATE INDEX ON by_index (a) WHERE a <~> 1;
        CREATE INDEX ON by_index (a by_codes);
        CREATE TABLE by_exclusion (a integer, EXCLUDE USING btree (looked_up(a) WITH =));
        INSERT INTO by_exclusion SELECT generate_series(0, 9);
        CREATE TABLE by_late_check AS SELECT g AS a, repeat('x', 200) AS pad FROM generate_series(1, 300) g;
        ALTER TABLE by_late_check ADD CONSTRAINT known CHECK (is_known(a)) NOT VALID;
        CREATE MATERIALIZED VIEW by_view AS SELECT a, looked_up(a) AS v FROM by_index;
        CREATE INDEX ON by_view (looked_up(v));
        CREATE FUNCTION triggered() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM public.looked_up(1); RETURN NEW; END $$;
        CREATE TABLE by_trigger AS SELECT g AS a, repeat('x', 200) AS pad FROM generate_series(1, 300) g;
        CREATE TRIGGER always BEFORE INSERT ON by_trigger FOR EACH ROW EXECUTE FUNCTION triggered();
        ALTER TABLE by_trigger ENABLE ALWAYS TRIGGER always;
        CREATE TABLE by_default (a integer DEFAULT looked_up(1), pad text);
        INSERT INTO by_default SELECT g, repeat('x', 200) FROM generate_series(1, 300) g;

        CREATE TABLE by_check (a integer CONSTRAINT known CHECK (is_known(a)), pad text);
        INSERT INTO by_check SELECT g, repeat('x', 200) FROM generate_series(1, 300) g;
        COMMENT ON CONSTRAINT known ON by_check IS 'known';
        CREATE TABLE by_operator (a integer CHECK (a <~> 1), pad text);
        INSERT INTO by_operator SELECT g, repeat('x', 200) FROM generate_series(1, 300) g;
        CREATE DOMAIN code AS integer CONSTRAINT known CHECK (is_known(VALUE));
        CREATE DOMAIN small_code AS code CHECK (VALUE < 1000);
        CREATE TABLE by_domain (a code, b small_code, pad text);
        INSERT INTO by_domain SELECT g, g, repeat('x', 200) FROM generate_series(1, 300) g;
        CREATE DOMAIN listed_code AS integer CHECK (is_known(VALUE));
        CREATE TABLE by_domain_in_array (a listed_code[], pad text);
        INSERT INTO by_domain_in_array SELECT ARRAY[g], repeat('x', 200) FROM generate_series(1, 300) g;
        CREATE TABLE by_generated (a integer, b integer GENERATED ALWAYS AS (looked_up(a)) STORED, pad text);
        INSERT INTO by_generated (a, pad) SELECT g, repeat('x', 200) FROM generate_series(1, 300) g;
        CREATE TABLE by_parent (a integer CONSTRAINT known CHECK (is_known(a)), pad text);
        CREATE TABLE by_child (CONSTRAINT known CHECK (is_known(a)), CONSTRAINT own CHECK (looked_up(a) < 100)) INHERITS (by_parent);
        INSERT INTO by_child SELECT g, repeat('x', 200) FROM generate_series(1, 300) g;
        CREATE TABLE by_root (a integer CONSTRAINT known CHECK (is_known(a)), pad text) PARTITION BY LIST (looked_up(a));
        CREATE TABLE by_root_even PARTITION OF by_root FOR VALUES IN (0, 2, 4, 6, 8);
        CREATE TABLE by_root_odd PARTITION OF by_root (CONSTRAINT own CHECK (is_known(a + 1))) FOR VALUES IN (1, 3, 5, 7, 9);
        INSERT INTO by_root SELECT g, repeat('x', 200) FROM generate_series(1, 300) g;
        """;

    // No order of rows is right for both.
    private const string Circle =
        """
        CREATE FUNCTION is_left(integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN EXISTS (SELECT FROM public.by_left WHERE a =
            $1); END $$;
        CREATE FUNCTION is_right(integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN EXISTS (SELECT FROM public.by_right WHERE a =
            $1); END $$;
        CREATE TABLE by_left AS SELECT generate_series(1, 10) AS a;
        CREATE TABLE by_right AS SELECT generate_series(1, 10) AS a;
        ALTER TABLE by_left ADD CHECK (is_right(a));
        ALTER TABLE by_right ADD CHECK (is_left(a));
        """;

    private readonly TemporaryFile _file = new();
    private readonly List<(PostgresServer Server, string Database)> _databases = [];

    [Theory]
    [EveryMajor]
    public void An_archive_restores_what_calls_them(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string source = Database(server, Common + Circle);
        Operations.Dump(server, source, _file.Path, jobs: 2);
        foreach (int jobs in (int[])[1, 3])
        {
            string target = Database(server, "");
            Operations.Restore(server, target, _file.Path, request => request with { Jobs = jobs });
            AssertSame(server, source, target);

            target = Database(server, "");
            using FileStream file = File.OpenRead(_file.Path);
            using var pipe = new ForwardOnlyStream(file);
            Operations.RestorePipe(server, target, pipe, jobs);
            AssertSame(server, source, target);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_copy_makes_what_calls_them(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = Database(server, Common + Circle);
        string target = Database(server, "");
        var observer = new RecordingObserver();
        CopyOperation.Run(
            new CopyRequest
            {
                Source = Operations.TargetOf(server, source),
                Target = Operations.TargetOf(server, target),
                Jobs = jobs,
                Verify = true,
            },
            observer,
            TestContext.Current.CancellationToken);

        Assert.Empty(observer.Failures);
        AssertSame(server, source, target);
    }

    // What calls them stands there already, and the part that is loaded does not say so.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_alone_are_restored_behind_those_that_they_need(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = Database(server, Common);
        Operations.Dump(server, source, _file.Path, jobs: 2);
        using var dataOnly = new TemporaryFile();
        Operations.Dump(server, source, dataOnly.Path, new DumpSelection { WithSchema = false });
        using var pgDump = new TemporaryFile();
        PgDumpOracle.Find(TestMajors.Newest).Run("pg_dump", server, "-d", source, "-Fc", "-f", pgDump.Path).Succeeded();

        foreach (string path in (string[])[_file.Path, pgDump.Path, dataOnly.Path])
        {
            // Rows come out of a pipe in the order they were dumped in; one that suits them alone is that of an archive of rows alone.
            foreach (bool isPiped in path == dataOnly.Path ? (bool[])[false, true] : [false])
            {
                string target = WithDefinitions(server);
                if (isPiped)
                {
                    using FileStream file = File.OpenRead(path);
                    using var pipe = new ForwardOnlyStream(file);
                    Operations.RestorePipe(
                        server,
                        target,
                        pipe,
                        jobs,
                        request => request with { Selection = new RestoreSelection { WithSchema = false } }
                    );
                }
                else
                {
                    Operations.Restore(
                        server,
                        target,
                        path,
                        request =>
                            request with
                            {
                                Jobs = jobs,
                                Selection = new RestoreSelection { WithSchema = false },
                            }
                    );
                }

                AssertSameRows(server, source, target);
            }
        }

        string inSections = Database(server, "");
        foreach (Section section in (Section[])[Section.PreData, Section.Data, Section.PostData])
        {
            Operations.Restore(
                server,
                inSections,
                _file.Path,
                request =>
                    request with
                    {
                        Jobs = jobs,
                        Selection = new RestoreSelection { Sections = [section] },
                    }
            );
        }

        AssertSame(server, source, inSections);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_alone_are_copied_behind_those_that_they_need(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = Database(server, Common);
        Operations.Dump(server, source, _file.Path);
        string target = WithDefinitions(server);
        var observer = new RecordingObserver();
        CopyOperation.Run(
            new CopyRequest
            {
                Source = Operations.TargetOf(server, source),
                Target = Operations.TargetOf(server, target),
                Jobs = jobs,
                Selection = new DumpSelection { WithSchema = false },
            },
            observer,
            TestContext.Current.CancellationToken);

        Assert.Empty(observer.Failures);
        AssertSameRows(server, source, target);
    }

    // The text is pg_dump's there, with each CHECK inside its table.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_archive_of_pg_dump_restores_what_calls_them(int jobs)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = Database(server, Common);
        string target = Database(server, "");
        PgDumpOracle.Find(TestMajors.Newest).Run("pg_dump", server, "-d", source, "-Fc", "-f", _file.Path).Succeeded();

        Operations.Restore(server, target, _file.Path, request => request with { Jobs = jobs });

        AssertSame(server, source, target);
    }

    public void Dispose()
    {
        foreach ((PostgresServer server, string database) in _databases)
        {
            server.DropDatabase(database);
        }

        _file.Dispose();
    }

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

    // The definitions of the archive in the file.
    private string WithDefinitions(PostgresServer server)
    {
        string database = Database(server, "");
        Operations.Restore(
            server,
            database,
            _file.Path,
            static request => request with { Selection = new RestoreSelection { WithData = false } }
        );
        return database;
    }

    // A view is not filled by rows alone.
    private static void AssertSameRows(PostgresServer server, string source, string target)
    {
        server.Execute(target, "REFRESH MATERIALIZED VIEW by_view");
        AssertSame(server, source, target);
    }

    private static void AssertSame(PostgresServer server, string source, string target)
    {
        Assert.Empty(TableHashes.Of(server, source).Differences(TableHashes.Of(server, target)));
        const string parts =
            """
            SELECT format('%s %s %s %s %s %s', c.conrelid::regclass, c.contypid::regtype, c.conname, c.convalidated, c.conislocal,
                obj_description(c.oid, 'pg_constraint'))
            FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace
            UNION ALL SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace =
                'public'::regnamespace AND i.indisvalid
            ORDER BY 1
            """;
        Assert.Equal(server.Rows(source, parts).Select(static row => row[0]), server.Rows(target, parts).Select(static row => row[0]));
    }
}
