using Npgsql;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Server;
using PureDump.Postgres.Wire;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>Tables are locked before they are read, what cannot be locked or read is named, rows are described.</summary>
public sealed class TableReadingTests
{
    private const string PoorRole =
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tables_poor') THEN CREATE ROLE tables_poor; END IF;
        END $$;
        """;

    [Theory, EveryMajor]
    public void Every_table_that_is_dumped_is_locked_until_the_end_of_the_transaction(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(
            database,
            "CREATE TABLE a (x int); CREATE TABLE p (x int) PARTITION BY LIST (x); CREATE TABLE p1 PARTITION OF p DEFAULT; CREATE TABLE "
                + "b (x int)");
        using WireConnection connection = Begin(server, database);

        CatalogReader.Read(Session(server, connection), new DumpSelection { ExcludedTables = ["public.b"] }, Assert.Fail);

        string locked = server.Scalar(
            database,
            """
            SELECT string_agg(relation::regclass::text, ' ' ORDER BY relation::regclass::text COLLATE "C")
            FROM pg_locks
            WHERE mode = 'AccessShareLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND relation >= 16384 AND pid <> pg_backend_pid()
              AND relation IN (SELECT oid FROM pg_class WHERE relkind IN ('r', 'p'))
            """)!;
        Assert.Equal("a p p1", locked);
    }

    [Theory, EveryMajor]
    public void A_table_that_may_not_be_locked_is_named(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(
            database,
            PoorRole
                + "CREATE SCHEMA s; GRANT USAGE ON SCHEMA s TO tables_poor; CREATE TABLE a (x int); CREATE TABLE s.\"B b\" (x int); "
                + "CREATE TABLE c (x int)");
        server.Execute(database, "GRANT SELECT ON a, c TO tables_poor");
        using WireConnection connection = Begin(server, database, "SET SESSION AUTHORIZATION tables_poor");

        PureDumpException refused = Assert.Throws<PureDumpException>(() =>
            CatalogReader.Read(Session(server, connection), new DumpSelection(), Assert.Fail));

        Assert.Equal(ErrorKind.Permission, refused.Kind);
        Assert.StartsWith("cannot lock table s.\"B b\": ", refused.Message, StringComparison.Ordinal);
    }

    [Theory, EveryMajor]
    public void A_table_that_stays_locked_by_another_is_named_when_the_time_is_over(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, "DO $$ BEGIN FOR i IN 1..20 LOOP EXECUTE format('CREATE TABLE t%s (x int)', i); END LOOP; END $$");
        using NpgsqlConnection other = server.Connect(database);
        Run(other, "BEGIN; LOCK TABLE t13");
        using WireConnection connection = Begin(server, database);

        PureDumpException refused = Assert.Throws<PureDumpException>(
            () => CatalogReader.Read(Session(server, connection), new DumpSelection(), Assert.Fail, TimeSpan.FromMilliseconds(200)));

        Assert.Equal(ErrorKind.Lock, refused.Kind);
        Assert.StartsWith("cannot lock table public.t13: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory, EveryMajor]
    public void A_sequence_whose_value_may_not_be_read_is_named_unless_its_value_is_not_dumped(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(
            database,
            PoorRole
                + "CREATE SEQUENCE readable; CREATE SEQUENCE \"Hidden\"; GRANT SELECT ON readable TO tables_poor; GRANT USAGE ON "
                + "\"Hidden\" TO tables_poor");
        using WireConnection connection = Begin(server, database, "SET SESSION AUTHORIZATION tables_poor");

        PureDumpException refused = Assert.Throws<PureDumpException>(() =>
            CatalogReader.Read(Session(server, connection), new DumpSelection(), Assert.Fail));

        Assert.Equal(ErrorKind.Permission, refused.Kind);
        Assert.Equal("the value of sequence public.\"Hidden\" may not be read", refused.Message);
        CatalogReader.Read(Session(server, connection), new DumpSelection { WithData = false }, Assert.Fail);
        CatalogReader.Read(Session(server, connection), new DumpSelection { ExcludedTableData = ["public.\"Hidden\""] }, Assert.Fail);
    }

    [Theory, EveryMajor]
    public void The_values_of_sequences_are_read_whether_they_were_called_or_not(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(
            database,
            "CREATE SEQUENCE fresh START 3; CREATE SEQUENCE called; CREATE SEQUENCE set_back; CREATE SEQUENCE low MINVALUE "
                + "-9223372036854775808");
        server.Execute(
            database,
            "SELECT nextval('called'), nextval('called'), nextval('set_back'), setval('set_back', 50, false), setval('low', "
                + "-9223372036854775808)");
        using WireConnection connection = Begin(server, database);

        CatalogSet catalog = CatalogReader.Read(Session(server, connection), new DumpSelection(), Assert.Fail);

        Assert.Equal(
            [("called", 2, true), ("fresh", 3, false), ("low", long.MinValue, true), ("set_back", 50, false)],
            catalog.All<SequenceSetObject>().Select(value => (value.Name, value.LastValue, value.IsCalled)).Order());
    }

    [Theory, EveryMajor]
    public void Rows_are_described_without_dropped_and_generated_columns_in_the_format_their_types_allow(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(
            database,
            """
            CREATE TYPE mood AS ENUM ('sad', 'happy');
            CREATE TYPE pair AS (a int, m mood[]);
            CREATE TYPE holder AS (name text, class regclass);
            CREATE TABLE portable (gone int, id int, p pair[], made int GENERATED ALWAYS AS (id * 2) STORED, n numeric(5,2));
            ALTER TABLE portable DROP COLUMN gone;
            CREATE TABLE bound (id int, h holder[]);
            CREATE TABLE bare ();
            CREATE TABLE moods (m mood, id int) PARTITION BY HASH (m);
            CREATE TABLE moods_0 PARTITION OF moods FOR VALUES WITH (MODULUS 1, REMAINDER 0) PARTITION BY LIST (id);
            CREATE TABLE moods_00 PARTITION OF moods_0 DEFAULT;
            CREATE TABLE numbers (id int) PARTITION BY HASH (id);
            CREATE TABLE numbers_0 PARTITION OF numbers FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            INSERT INTO numbers SELECT generate_series(1, 1000);
            """);
        using WireConnection connection = Begin(server, database);

        Dictionary<string, TableRows> rows = CatalogReader.Read(Session(server, connection), new DumpSelection(), Assert.Fail)
            .All<TableDataObject>().ToDictionary(data => data.Name, data => data.Rows!);

        Assert.Equal(["bare", "bound", "moods_00", "numbers_0", "portable"], rows.Keys.Order());
        Assert.Equal(
            [new RowColumn("id", "integer"), new RowColumn("p", "public.pair[]"), new RowColumn("n", "numeric(5,2)")],
            rows["portable"].Columns);
        // Before 14 an array of a user's type cannot be received in another database.
        Assert.Equal(major < 14 ? RowFormat.Text : RowFormat.Binary, rows["portable"].Format);
        Assert.Equal(RowFormat.Binary, rows["numbers_0"].Format);
        Assert.Equal(RowFormat.Text, rows["bound"].Format);
        Assert.Empty(rows["bare"].Columns);
        Assert.Equal(("public", "moods"), rows["moods_00"].LoadInto);
        Assert.Null(rows["numbers_0"].LoadInto);
        Assert.InRange(rows["numbers_0"].HeapPages, 4, 6);
        Assert.Equal(rows["numbers_0"].HeapPages * 8192, rows["numbers_0"].EstimatedBytes);
    }

    private static WireConnection Begin(PostgresServer server, string database, string? before = null)
    {
        WireConnection connection = CatalogDump.Connect(server, database);
        connection.Execute($"SELECT pg_catalog.set_config('search_path', '', false); {before}");
        connection.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", TransactionState.InTransaction);
        return connection;
    }

    private static CatalogSession Session(PostgresServer server, WireConnection connection) =>
        new(connection, new ServerFeatures(int.Parse(server.Scalar("postgres", "SHOW server_version_num")!)));

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
