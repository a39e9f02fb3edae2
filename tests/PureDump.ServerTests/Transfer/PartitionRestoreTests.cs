using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>What is declared on a partitioned table comes down to its partitions, so it waits for all of their rows.</summary>
public sealed class PartitionRestoreTests
{
    [Theory, EveryMajor]
    public void A_trigger_of_a_partitioned_table_never_sees_the_rows_of_a_restore(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, """
            CREATE TABLE top (id integer, filler text) PARTITION BY LIST (id);
            DO $$
            BEGIN
                FOR i IN 1..20 LOOP
                    EXECUTE format('CREATE TABLE part_%s PARTITION OF top FOR VALUES IN (%s) PARTITION BY LIST (id)', i, i);
                    EXECUTE format('CREATE TABLE below_%s PARTITION OF part_%s FOR VALUES IN (%s)', i, i, i);
                END LOOP;
            END
            $$;
            INSERT INTO top SELECT g % 20 + 1, repeat('x', 100) FROM generate_series(1, 2000) g;
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'the trigger saw a row'; END$$;
            CREATE TRIGGER refuses AFTER INSERT ON top FOR EACH ROW EXECUTE FUNCTION refuse();
            """);

        AssertComesBack(server, source, target);
    }

    [Theory, EveryMajor]
    public void A_state_of_its_own_far_below_is_set_after_the_trigger_is_made(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string source, string target) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(source, """
            CREATE TABLE z_top (id integer) PARTITION BY LIST (id);
            CREATE TABLE m_middle PARTITION OF z_top FOR VALUES IN (1) PARTITION BY LIST (id);
            CREATE TABLE a_bottom PARTITION OF m_middle FOR VALUES IN (1);
            CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
            CREATE TRIGGER on_all AFTER INSERT ON z_top FOR EACH ROW EXECUTE FUNCTION noop();
            ALTER TABLE a_bottom DISABLE TRIGGER on_all;
            """);

        AssertComesBack(server, source, target);
        Assert.Equal("D", server.Scalar(target, "SELECT tgenabled::text FROM pg_trigger WHERE tgrelid = 'a_bottom'::regclass"));
    }

    private static void AssertComesBack(PostgresServer server, string source, string target)
    {
        using var file = new TemporaryFile();
        Operations.Dump(server, source, file.Path);
        Operations.Restore(server, target, file.Path, request => request with { Jobs = 3 });
        Assert.Empty(TableHashes.Of(server, source).Differences(TableHashes.Of(server, target)));
    }
}
