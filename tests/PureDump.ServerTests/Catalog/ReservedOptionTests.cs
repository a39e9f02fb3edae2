using PureDump.Engine;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>
/// Options that begin with <c>pg_</c> are the server's own bookkeeping (15.20 and its siblings keep <c>pg_attver</c> with every column):
/// no other server takes them, and no dump holds them.
/// </summary>
public sealed class ReservedOptionTests
{
    private const string Content = """
        CREATE TABLE t (a int, b text, c int) WITH (fillfactor = 70, toast.autovacuum_enabled = off);
        ALTER TABLE t ALTER a SET (n_distinct = 5, n_distinct_inherited = -0.5);
        CREATE INDEX ti ON t (a, (lower(b))) WITH (fillfactor = 80);
        CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t;
        CREATE MATERIALIZED VIEW m WITH (fillfactor = 60) AS SELECT a FROM t;
        CREATE TABLE p (a int) PARTITION BY LIST (a);
        CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
        CREATE TYPE pair AS (x int, y int);
        """;

    // What a server may come to keep, wherever there are options.
    private const string Reserve = """
        UPDATE pg_attribute SET attoptions = ARRAY['pg_attver=4294967295'] || coalesce(attoptions, '{}') || ARRAY['pg_more=x, "y" (z)']
        FROM pg_class c WHERE attrelid = c.oid AND attnum > 0 AND c.relnamespace = 'public'::regnamespace AND c.relkind <> 'i';
        UPDATE pg_class SET reloptions = ARRAY['pg_relver=1'] || coalesce(reloptions,
            '{}') WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm');
        UPDATE pg_class SET reloptions = ARRAY['pg_relver=1'] || coalesce(reloptions, '{}')
        WHERE oid IN (SELECT reltoastrelid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND reltoastrelid <> 0);
        """;

    [Theory]
    [EveryMajor]
    public void Options_that_are_the_servers_own_are_never_written(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, Content);
        using var file = new TemporaryFile();
        string before = Statements(server, database, file, jobs: 1);
        server.Execute(database, Reserve);

        string after = Statements(server, database, file, jobs: 2);

        Assert.Equal(before, after);
        Assert.Contains("n_distinct=5, n_distinct_inherited=-0.5", after, StringComparison.Ordinal);
        Assert.DoesNotContain("pg_attver", after, StringComparison.Ordinal);
        string target = server.CreateDatabase();
        Operations.Restore(server, target, file.Path);
    }

    private static string Statements(PostgresServer server, string database, TemporaryFile file, int jobs)
    {
        Operations.Dump(server, database, file.Path, jobs: jobs);
        using var archive = new ArchiveFile(FileRange.Open(file.Path));
        return string.Concat(archive.Toc.Entries.Select(static entry => entry.CreateSql));
    }
}
