using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Catalog;

/// <summary>What the program cannot know is named, and an error where that is asked for.</summary>
public sealed class UnknownContentTests
{
    [Fact]
    public void A_server_newer_than_any_known_is_dumped_with_a_warning()
    {
        // One of the newest, under a false number: it has all that a newer one will be asked for.
        PostgresServer server = ServerPool.Get(ServerFeatures.NewestMajor);
        string database = server.CreateDatabase();
        server.Execute(database, "CREATE TABLE t (x int)");

        const int Newer = ServerFeatures.NewestMajor + 1;
        const int Faked = (Newer * 10_000) + 1;

        string warning = Assert.Single(Warnings(server, database, new DumpSelection(), Faked));

        Assert.Contains($"version {Newer}, newer than {ServerFeatures.NewestMajor}", warning);
        PureDumpException error = Assert.Throws<PureDumpException>(() =>
            Warnings(server, database, new DumpSelection { Strict = true }, Faked));
        Assert.Equal(ErrorKind.UnsupportedServer, error.Kind);
    }

    [Theory, EveryMajor]
    public void A_relation_a_dependency_and_a_class_of_objects_that_are_unknown_are_named(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(
            database,
            """
            SET allow_system_table_mods = on;
            CREATE SCHEMA known;
            CREATE TABLE "From the future" (x int);
            UPDATE pg_class SET relkind = 'X' WHERE relname = 'From the future';
            CREATE TABLE pg_catalog.pg_future (oid oid, name name);
            CREATE TABLE pg_catalog.pg_future_empty (oid oid, name name);
            INSERT INTO pg_catalog.pg_future VALUES (16999, 'x');
            INSERT INTO pg_depend VALUES ('pg_future'::regclass, 16999, 0, 'pg_class'::regclass, 'pg_class'::regclass, 0, 'n');
            """);

        string warning = Assert.Single(Warnings(server, database, new DumpSelection()));

        Assert.Equal(
            "the catalog holds what is not known and is not dumped: dependency of objects of a class pg_future, "
            + "objects of a class pg_future, relation of the kind \"X\" public.\"From the future\"",
            warning);
        Assert.Empty(Warnings(server, database, new DumpSelection { Schemas = ["known"] }));
        PureDumpException error = Assert.Throws<PureDumpException>(() => Warnings(server, database, new DumpSelection { Strict = true }));
        Assert.Equal((ErrorKind.Catalog, warning), (error.Kind, error.Message));
    }

    [Theory, EveryMajor]
    public void Nothing_is_unknown_in_a_database_of_the_servers_own(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        Samples.LoadPagila(server, database);

        Assert.Empty(Warnings(server, database, new DumpSelection { Strict = true }));
    }

    private static List<string> Warnings(PostgresServer server, string database, DumpSelection selection, int? faked = null)
    {
        List<string> warnings = [];
        CatalogDump.Read(server, database, selection, warnings.Add, out _, fakedVersion: faked);
        return warnings;
    }
}
