using PureDump.ServerTests.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>The database itself: its name, its properties, and those that every server has from the start.</summary>
public sealed class DatabaseTests
{
    private const string HostileName = "Oracle \"Db\" it's \\ $$ 🐘";

    [Theory, EveryMajor]
    public void A_database_with_a_hostile_name_is_made_again_with_all_its_properties(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string aside = $"{HostileName} aside";
        server.DropDatabase(HostileName);
        server.DropDatabase(aside);
        server.CreateDatabase(HostileName);
        OracleDatabase.SetProperties(server, HostileName);
        server.Execute(HostileName, "CREATE TABLE public.t (id integer); INSERT INTO public.t VALUES (1)");
        using var file = new TemporaryFile();
        Operations.Dump(server, HostileName, file.Path);
        string due = OracleDatabase.PlainText(server, HostileName, "-C");

        // Kept beside the new one, which shows that the new one is another.
        server.Execute("postgres", $"ALTER DATABASE {Quoted(HostileName)} RENAME TO {Quoted(aside)}");
        Operations.Restore(server, "postgres", file.Path, request => request with { CreateDatabase = true });

        IReadOnlyList<string> differences = PlainTextComparison.Differences(due, OracleDatabase.PlainText(server, HostileName, "-C"));
        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.Empty(TableHashes.Of(server, aside).Differences(TableHashes.Of(server, HostileName)));
        server.DropDatabase(HostileName);
        server.DropDatabase(aside);
    }

    [Theory, EveryMajor]
    public void A_template_and_the_database_postgres_are_dumped_as_any_other(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string template = server.CreateDatabase();
        server.Execute(template, "CREATE TABLE t (id integer); INSERT INTO t VALUES (1)");
        server.Execute("postgres", $"ALTER DATABASE {template} IS_TEMPLATE true ALLOW_CONNECTIONS true");

        // Not template1: nobody on the server could make a database meanwhile.
        foreach (string database in (string[])["postgres", template])
        {
            using var file = new TemporaryFile();
            string copy = server.CreateDatabase();
            Operations.Dump(server, database, file.Path);
            Operations.Restore(server, copy, file.Path);
            Operations.AssertSame(server, database, server, copy);
            server.DropDatabase(copy);
        }

        server.Execute("postgres", $"ALTER DATABASE {template} IS_TEMPLATE false");
        server.DropDatabase(template);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
