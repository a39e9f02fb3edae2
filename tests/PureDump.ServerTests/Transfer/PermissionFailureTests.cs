using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>What a role may not read is named, and the dump does not go on without it.</summary>
public sealed class PermissionFailureTests : IDisposable
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _database;
    private readonly string _role;

    public PermissionFailureTests()
    {
        _database = _server.CreateDatabase();
        _role = $"reader_{_database}";
        _server.Execute(_database, $"""
            CREATE ROLE {_role} LOGIN;
            CREATE TABLE open (id integer); GRANT SELECT ON open TO {_role};
            CREATE TABLE "Locked away" (id integer);
            """);
    }

    [Fact]
    public void One_table_without_permission_is_named()
    {
        AssertRefused("\"Locked away\"");
    }

    [Fact]
    public void A_role_that_may_lock_nothing_is_told_of_a_table()
    {
        _server.Execute(_database, $"REVOKE SELECT ON open FROM {_role}; DROP TABLE \"Locked away\"");
        AssertRefused("public.open");
    }

    [Fact]
    public void A_column_without_permission_is_reported_with_its_table()
    {
        // With MAINTAIN, of servers from 17 on, it can be locked, and it is the COPY that fails.
        string mayLock = _server.Major < 17 ? "" : $"GRANT MAINTAIN ON half TO {_role}";
        _server.Execute(
            _database,
            $"DROP TABLE \"Locked away\"; CREATE TABLE half (a integer, b integer); GRANT SELECT (a) ON half TO {_role}; {mayLock}");
        AssertRefused("half");
    }

    [Fact]
    public void A_sequence_without_permission_is_named()
    {
        _server.Execute(_database, "DROP TABLE \"Locked away\"; CREATE SEQUENCE counted");
        AssertRefused("counted");
    }

    [Fact]
    public void A_large_object_without_permission_is_named()
    {
        _server.Execute(_database, "DROP TABLE \"Locked away\"; SELECT lo_from_bytea(815, 'private')");
        AssertRefused("815");
    }

    [Fact]
    public void A_table_left_out_needs_no_permission()
    {
        using var file = new TemporaryFile();
        Operations.Dump(_server, _database, file.Path, new() { ExcludedTables = ["Locked*", "\"Locked away\""] }, user: _role);
        Assert.True(File.Exists(file.Path));
    }

    public void Dispose()
    {
        _server.DropDatabase(_database);
        _server.Execute("postgres", $"DROP ROLE {_role}");
    }

    private void AssertRefused(string name)
    {
        using var file = new TemporaryFile();
        PureDumpException error = Bounded.Fails(ErrorKind.Permission, () => Operations.Dump(_server, _database, file.Path, user: _role));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }
}
