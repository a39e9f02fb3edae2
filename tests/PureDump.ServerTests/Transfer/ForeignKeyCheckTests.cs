using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>How the target looks through the rows of a new foreign key.</summary>
public sealed class ForeignKeyCheckTests
{
    [Theory]
    [EveryMajor]
    public void Large_tables_are_read_once_and_few_rows_are_looked_up(int major) => AssertReadsOnce(major, isFrozen: false);

    [Theory]
    [EveryMajor]
    public void Of_what_was_frozen_indexes_are_walked_and_the_rest_is_left_to_the_planner(int major) =>
        AssertReadsOnce(major, isFrozen: true);

    // In one transaction nothing can be frozen; 13 freezes, but its indexes still need the pages.
    private static void AssertReadsOnce(int major, bool isFrozen)
    {
        const int marksFrozenPages = 14;
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        string copy = server.CreateDatabase();
        server.Execute(database, """
            CREATE TABLE wide (id integer PRIMARY KEY, parent integer REFERENCES wide, filler text);
            INSERT INTO wide SELECT g, nullif(g / 2, 0), repeat('x', 100) FROM generate_series(1, 20000) g;
            CREATE TABLE lines (wide_id integer CONSTRAINT lines_to_wide REFERENCES wide, filler text);
            INSERT INTO lines SELECT g, repeat('y', 50) FROM generate_series(1, 20000) g;
            CREATE TABLE indexed (filler text, wide_id integer CONSTRAINT indexed_to_wide REFERENCES wide);
            INSERT INTO indexed SELECT repeat('y', 50), g FROM generate_series(1, 20000) g;
            CREATE INDEX ON indexed (wide_id, filler);
            CREATE TABLE few (wide_id integer CONSTRAINT few_to_wide REFERENCES wide);
            INSERT INTO few VALUES (7);
            CREATE TABLE parts (wide_id integer, CONSTRAINT parts_to_wide FOREIGN KEY (wide_id) REFERENCES wide) PARTITION BY RANGE
                (wide_id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10000);
            CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (10000) TO (20001);
            INSERT INTO parts SELECT g FROM generate_series(1, 20000) g;
            """);
        server.Execute(copy, """
            CREATE SCHEMA watch;
            CREATE TABLE watch.seen (statement text, joins text);
            CREATE FUNCTION watch.look() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO watch.seen VALUES (current_query(), current_setting('enable_mergejoin') || current_setting('enable_nestloop'));
            END $$;
            CREATE EVENT TRIGGER look ON ddl_command_start WHEN TAG IN ('ALTER TABLE', 'CREATE INDEX') EXECUTE FUNCTION watch.look();
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);

        Operations.Restore(server, copy, file.Path, request => request with { Jobs = 1, SingleTransaction = !isFrozen });

        string[] large =
        [
            .. isFrozen && major >= marksFrozenPages ? Array.Empty<string>() : ["indexed_to_wide"],
            "lines_to_wide",
            "parts_to_wide",
            "wide_parent_fkey",
        ];
        bool readsOnce = !isFrozen || major < marksFrozenPages;
        Assert.Equal(readsOnce ? large : [], Keys("offoff"));
        Assert.Equal(readsOnce ? [] : ["indexed_to_wide"], Keys("onoff"));
        Assert.Equal(readsOnce ? ["few_to_wide"] : ["few_to_wide", .. large], Keys("onon"));
        Assert.Equal("0", server.Scalar(copy, "SELECT count(*) FROM watch.seen WHERE joins <> 'onon' AND statement !~ 'FOREIGN KEY'"));

        IEnumerable<string> Keys(string joins) =>
            server
                .Rows(
                    copy,
                    $"SELECT DISTINCT substring(statement from 'ADD CONSTRAINT (\\w+) FOREIGN KEY') FROM watch.seen WHERE statement ~ "
                        + $"'FOREIGN KEY' AND joins = '{joins}' ORDER BY 1")
                .Select(static row => row[0]!);
    }
}
