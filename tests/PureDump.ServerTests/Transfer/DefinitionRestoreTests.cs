using PureDump.ServerTests.Catalog;
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
}
