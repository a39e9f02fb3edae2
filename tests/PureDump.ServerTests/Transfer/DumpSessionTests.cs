using PureDump.Engine;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>What the options of a dump's sessions do, with several workers.</summary>
public sealed class DumpSessionTests
{
    [Theory, EveryMajor]
    public void A_given_snapshot_is_what_leader_and_workers_see(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Filled(server);
        using var holder = server.Connect(database);
        using var command = holder.CreateCommand();
        command.CommandText = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_export_snapshot()";
        string snapshot = (string)command.ExecuteScalar()!;
        server.Execute(database, "INSERT INTO a VALUES (2); INSERT INTO b VALUES (2); CREATE TABLE c (x int)");

        (DumpResult then, string rowsThen) = Dump(server, database, new() { Snapshot = snapshot });
        (DumpResult now, string rowsNow) = Dump(server, database, new());

        Assert.Equal("a 1, b 1", rowsThen);
        Assert.Equal("a 2, b 2, c 0", rowsNow);
        Assert.DoesNotContain(then.Toc.Entries, static entry => entry.Name == "c");
        Assert.Contains(now.Toc.Entries, static entry => entry.Name == "c");
    }

    [Theory, EveryMajor]
    public void A_snapshot_that_is_none_ends_the_dump(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Filled(server);

        PureDumpException error = Operations.Fails(() => Dump(server, database, new() { Snapshot = "it's none" }));

        Assert.StartsWith("import of the snapshot \"it's none\": ", error.Message);
    }

    [Theory, EveryMajor]
    public void A_role_is_what_leader_and_workers_read_as(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Filled(server);
        server.Execute(
            database,
            "DO $$ BEGIN CREATE ROLE \"session Reader\"; EXCEPTION WHEN duplicate_object THEN END $$; GRANT SELECT ON a TO \"session "
                + "Reader\"");
        DumpSession session = new() { Role = "session Reader" };

        Assert.Equal("a 1", Dump(server, database, session, new() { Tables = ["a"] }).Rows);
        PureDumpException error = Operations.Fails(() => Dump(server, database, session));
        Assert.Equal(ErrorKind.Permission, error.Kind);
        Assert.Contains("public.b", error.Message);
    }

    [Theory, EveryMajor]
    public void Row_security_hides_rows_only_where_that_is_asked_for(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = Filled(server);
        server.Execute(
            database,
            """
            DO $$ BEGIN CREATE ROLE session_guest; EXCEPTION WHEN duplicate_object THEN END $$;
            GRANT SELECT ON a, b TO session_guest;
            ALTER TABLE a ENABLE ROW LEVEL SECURITY;
            CREATE POLICY odd ON a USING (x % 2 = 1);
            INSERT INTO a VALUES (2), (3);
            """);

        Assert.Equal("a 2, b 1", Dump(server, database, new() { Role = "session_guest", EnableRowSecurity = true }).Rows);
        Assert.Contains("row-level security", Operations.Fails(() => Dump(server, database, new() { Role = "session_guest" })).Message);
    }

    [Theory, EveryMajor]
    public void A_serializable_snapshot_serves_all_workers(int major)
    {
        PostgresServer server = ServerPool.Get(major);

        Assert.Equal("a 1, b 1", Dump(server, Filled(server), new() { SerializableDeferrable = true }).Rows);
    }

    [Theory]
    [InlineData(FileSync.File)]
    [InlineData(FileSync.FileSystem)]
    [InlineData(FileSync.None)]
    public void A_file_is_whole_however_it_is_brought_to_the_medium(Enum sync)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = Filled(server);
        using var file = new TemporaryFile();

        DumpOperation.ToFile(
            new DumpRequest { Source = Operations.TargetOf(server, database), Sync = (FileSync)sync },
            file.Path,
            SilentObserver.Instance,
            TestContext.Current.CancellationToken);

        string target = server.CreateDatabase();
        Operations.Restore(server, target, file.Path);
        Operations.AssertSame(server, database, server, target);
    }

    private static string Filled(PostgresServer server)
    {
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE TABLE a (x int); INSERT INTO a VALUES (1); CREATE TABLE b (x int); INSERT INTO b VALUES (1)");
        return database;
    }

    private static (DumpResult Result, string Rows) Dump(
        PostgresServer server,
        string database,
        DumpSession session,
        DumpSelection? selection = null)
    {
        using var file = new TemporaryFile();
        DumpResult result = DumpOperation.ToFile(
            new DumpRequest { Source = Operations.TargetOf(server, database), Session = session, Selection = selection ?? new(), Jobs = 2 },
            file.Path,
            SilentObserver.Instance,
            TestContext.Current.CancellationToken);
        using var archive = new Formats.Archive.ArchiveFile(Storage.Local.FileRange.Open(file.Path));
        IEnumerable<string> rows =
            from entry in archive.Toc.Entries
            where entry.Kind == EntryKind.TableData
            orderby entry.Name
            select $"{entry.Name} {archive.BlocksOf(entry.Id).Sum(item => item.RowCount)}";
        return (result, string.Join(", ", rows));
    }
}
