using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

public sealed class LargeObjectTests
{
    [Theory]
    [EveryMajor]
    public void Large_objects_come_back_with_contents_owner_privileges_and_comment(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        string copy = server.CreateDatabase();
        string role = $"lo_owner_{database}";
        server.Execute(database, $"""
            CREATE ROLE {role};
            SELECT lo_from_bytea(1001, decode(repeat('00ff10', 500000), 'hex'));
            SELECT lo_from_bytea(1002, '');
            SELECT lo_from_bytea(1003, 'third');
            SELECT lo_create(1004);
            SELECT lo_put(1004, 5000000, 'after a hole');
            ALTER LARGE OBJECT 1003 OWNER TO {role};
            GRANT SELECT ON LARGE OBJECT 1003 TO PUBLIC;
            COMMENT ON LARGE OBJECT 1002 IS 'it''s empty';
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);
        Operations.Restore(server, copy, file.Path);
        Operations.AssertSame(server, database, server, copy);
        const string contents = "SELECT oid, length(lo_get(oid)), md5(lo_get(oid)) FROM pg_largeobject_metadata ORDER BY oid";
        Assert.Equal(server.Rows(database, contents), server.Rows(copy, contents));

        string piped = server.CreateDatabase();
        using FileStream stream = File.OpenRead(file.Path);
        Operations.RestorePipe(server, piped, stream);
        Assert.Equal(server.Rows(database, contents), server.Rows(piped, contents));
        server.DropDatabase(database);
        server.DropDatabase(copy);
        server.DropDatabase(piped);
        server.Execute("postgres", $"DROP ROLE {role}");
    }
}
