using PureDump.Engine.Jobs;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.ServerTests.Fixture;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Big tables in chunks, big rows in pieces.</summary>
public sealed class ChunkTests
{
    [Fact]
    public void A_big_table_is_read_in_chunks_and_loaded_by_several_workers()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        string copy = server.CreateDatabase();
        server.Execute(database, """
            CREATE TABLE big (id bigint, filler text);
            INSERT INTO big SELECT g, repeat(md5(g::text), 12) FROM generate_series(1, 700000) g;
            DELETE FROM big WHERE id % 7 = 0;
            CREATE INDEX ON big (id);
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);
        using (var archive = new ArchiveFile(FileRange.Open(file.Path)))
        {
            TocEntry rows = archive.Toc.Entries.Single(entry => entry.Rows is not null);
            Assert.True(rows.Rows!.EstimatedBytes > 2 * Chunk.BytesMax, "the table is too small to be cut");
            Assert.Equal(600000, archive.Totals.RowCount);
        }

        Operations.Restore(server, copy, file.Path);
        Assert.Empty(TableHashes.Of(server, database).Differences(TableHashes.Of(server, copy)));
        using FileStream stream = File.OpenRead(file.Path);
        string piped = server.CreateDatabase();
        Operations.RestorePipe(server, piped, stream, jobs: 3);
        Assert.Empty(TableHashes.Of(server, database).Differences(TableHashes.Of(server, piped)));
    }

    [Theory]
    [InlineData("integer")]
    [InlineData("regtype")]
    public void A_table_whose_rows_lie_beside_it_is_cut_by_all_of_its_bytes(string type)
    {
        // Before, no part of a table is read without the rest.
        PostgresServer server = ServerPool.Get(TestMajors.NewestFrom(14));
        string database = server.CreateDatabase();

        // A regtype travels as text, and its rows with it.
        server.Execute(database, $"""
            CREATE TABLE beside (id {type}, data bytea);
            ALTER TABLE beside ALTER data SET STORAGE EXTERNAL;
            INSERT INTO beside SELECT '23'::oid::{type}, decode(repeat(md5(g::text), 16000), 'hex') FROM generate_series(1, 600) g;
            """);
        using var source = new LiveSource(
            Operations.TargetOf(server, database),
            new(),
            new(),
            encoding: null,
            makesChunks: true,
            static _ => { },
            TestContext.Current.CancellationToken);
        TocEntry entry = source.Toc.Entries.Single(static entry => entry.Rows is not null);
        Assert.Equal(type == "integer" ? RowFormat.Binary : RowFormat.Text, entry.Rows!.Format);
        IReadOnlyList<RowPart> parts = source.PartsOf(entry);
        Assert.InRange(entry.Rows.HeapPages * 8192, 1, Chunk.BytesMax / 100);
        Assert.InRange(parts.Count, 3, (int)entry.Rows.HeapPages);
        Assert.All(parts, static part => Assert.InRange(part.Weight, 1, Chunk.BytesMax));
    }

    [Fact]
    public void Rows_larger_than_a_block_pass_in_pieces_through_file_and_pipe()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        string database = server.CreateDatabase();
        string copy = server.CreateDatabase();
        string piped = server.CreateDatabase();
        server.Execute(database, """
            CREATE TABLE large (id integer, data bytea, words text);
            INSERT INTO large SELECT g, CASE WHEN g % 3 = 0 THEN decode(repeat(md5(g::text), 160000 * g), 'hex') END, repeat('x',
                400000) FROM generate_series(1, 12) g;
            CREATE TABLE large_text (id integer, kind regtype, words text);
            INSERT INTO large_text SELECT g, 'integer', repeat('tab	and \ ', 300000) FROM generate_series(1, 3) g;
            CREATE TABLE beside AS SELECT g AS id, repeat('y', 3000) AS filler FROM generate_series(1, 2000) g;
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path, jobs: 3);
        Operations.Restore(server, copy, file.Path);
        Operations.AssertSame(server, database, server, copy);
        using FileStream stream = File.OpenRead(file.Path);
        Operations.RestorePipe(server, piped, stream, jobs: 1);
        Assert.Empty(TableHashes.Of(server, database).Differences(TableHashes.Of(server, piped)));
    }

    [Theory]
    [EveryMajor]
    public void Reading_the_catalog_of_1500_tables_takes_as_many_statements_as_that_of_50(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        int few = QueriesFor(server, 50);

        // More than are read on one connection.
        int many = QueriesFor(server, 1500);
        Assert.Equal(few, many);
    }

    private static int QueriesFor(PostgresServer server, int tableCount)
    {
        string database = server.CreateDatabase();
        for (int from = 0; from < tableCount; from += 500)
        {
            // In batches: one transaction would need a lock table larger than the server's.
            server.Execute(database, $"""
                DO $$ BEGIN
                  FOR i IN {from + 1}..{Math.Min(from + 500, tableCount)} LOOP
                    EXECUTE format('CREATE TABLE t%s (id serial PRIMARY KEY, name text NOT NULL DEFAULT %L CHECK (name <> %L))', i, 'x',
                        'y');
                    EXECUTE format('CREATE INDEX ON t%s (name)', i);
                    EXECUTE format('COMMENT ON TABLE t%s IS %L', i, 'table');
                  END LOOP;
                END $$
                """);
        }

        using var file = new TemporaryFile();
        int queryCount = Operations.Dump(server, database, file.Path).CatalogQueryCount;
        server.DropDatabase(database);
        return queryCount;
    }
}
