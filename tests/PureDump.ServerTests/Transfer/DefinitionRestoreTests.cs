using PureDump.ServerTests.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Definitions that are hard to dump can be restored, and dropped and restored again.</summary>
public sealed class DefinitionRestoreTests
{
    public static IEnumerable<TheoryDataRow<int, string>> Scripts =>
        from major in TestMajors.All
        from name in (string[])["search", "foreign", "statistics", "events"]
        select new TheoryDataRow<int, string>(major, name);

    [Theory, MemberData(nameof(Scripts))]
    public void A_hostile_schema_comes_back_and_can_be_replaced(int major, string name)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = CatalogTests.Load(server, name);
        string copy = server.CreateDatabase();
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);

        Operations.Restore(server, copy, file.Path);
        Operations.AssertSame(server, database, server, copy);

        Operations.Restore(server, copy, file.Path, static request => request with { Clean = true });
        Operations.AssertSame(server, database, server, copy);

        string empty = server.CreateDatabase();
        Operations.Restore(server, empty, file.Path, static request => request with { Clean = true, IfExists = true });
        Operations.AssertSame(server, database, server, empty);
    }

    [Theory, EveryMajor]
    public void Extended_statistics_come_back_with_a_chosen_table(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        (string database, string copy) = (server.CreateDatabase(), server.CreateDatabase());
        server.Execute(
            database,
            """
            CREATE TABLE a (x int, y int);
            CREATE STATISTICS of_a ON x, y FROM a;
            COMMENT ON STATISTICS of_a IS 'of a';
            CREATE TABLE b (x int, y int);
            CREATE STATISTICS of_b ON x, y FROM b;
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);

        Operations.Restore(server, copy, file.Path, static request => request with { Selection = new() { WholeTables = ["a"] } });

        Assert.Equal(
            "of_a of a",
            server.Scalar(copy, "SELECT string_agg(stxname || ' ' || obj_description(oid, 'pg_statistic_ext'), ',') FROM pg_statistic_ext")
        );
    }
}
