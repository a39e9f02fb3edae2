using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>The owner of a database, who is no superuser, dumps it and restores it.</summary>
public sealed class OwnerTests
{
    private const string Content = """"
        CREATE SCHEMA "Own ""s""";
        CREATE TYPE "Own ""s""".mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
        CREATE TABLE parent (id serial PRIMARY KEY, m "Own ""s""".mood, p positive, t text DEFAULT 'it''s');
        CREATE TABLE child (id integer GENERATED ALWAYS AS IDENTITY, parent_id integer REFERENCES parent, EXCLUDE USING btree (id WITH =));
        INSERT INTO parent (m, p) VALUES ('ok', 1), (NULL, NULL);
        INSERT INTO child (parent_id) VALUES (1), (2), (NULL);
        CREATE VIEW over_parent AS SELECT p.id, count(*) FROM parent p JOIN child c ON c.parent_id = p.id GROUP BY p.id;
        CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM child;
        CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
        CREATE TRIGGER on_child BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION noop();
        CREATE RULE on_parent AS ON DELETE TO parent DO INSTEAD NOTHING;
        ALTER TABLE child ENABLE ROW LEVEL SECURITY;
        CREATE POLICY mine ON child USING (parent_id = 1);
        GRANT SELECT (id) ON parent TO PUBLIC;
        ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
        COMMENT ON TABLE parent IS 'mine';
        SELECT lo_from_bytea(4711, 'a large object');
        COMMENT ON LARGE OBJECT 4711 IS 'mine too';
        """";

    [Theory, EveryMajor]
    public void The_owner_of_a_database_dumps_and_restores_it(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        using var owner = new OwnedDatabases(server);
        Fill(server, owner);
        using var file = new TemporaryFile();

        Operations.Dump(server, owner.Source, file.Path, user: owner.Role);
        Operations.Restore(
            server,
            owner.Target,
            file.Path,
            request => request with { Target = Operations.TargetOf(server, owner.Target, owner.Role) }
        );

        Operations.AssertSame(server, owner.Source, server, owner.Target);
    }

    [Theory, EveryMajor]
    public void What_the_owner_of_a_database_may_not_read_is_named(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        using var owner = new OwnedDatabases(server);
        Fill(server, owner);
        server.Execute(owner.Source, "CREATE TABLE \"Not yours\" (id integer)");
        using var file = new TemporaryFile();

        PureDumpException error = Bounded.Fails(
            ErrorKind.Permission,
            () => Operations.Dump(server, owner.Source, file.Path, user: owner.Role));

        Assert.Contains("\"Not yours\"", error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
        Operations.Dump(server, owner.Source, file.Path, new DumpSelection { ExcludedTables = ["\"Not yours\""] }, user: owner.Role);
    }

    // Whom a policy hides rows from gets an error, not a dump without them.
    [Theory, EveryMajor]
    public void A_table_whose_policies_hold_for_its_owner_too_fails_by_name(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        using var owner = new OwnedDatabases(server);
        Fill(server, owner);
        server.Execute(owner.Source, "ALTER TABLE child FORCE ROW LEVEL SECURITY");
        using var file = new TemporaryFile();

        PureDumpException error = Bounded.Fails(
            ErrorKind.Permission,
            () => Operations.Dump(server, owner.Source, file.Path, user: owner.Role));

        Assert.Contains("child", error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    private static void Fill(PostgresServer server, OwnedDatabases owner) =>
        server.Execute(owner.Source, $"SET SESSION AUTHORIZATION {owner.Role};\n{Content}");

    /// <summary>A role that may log in, and two databases of its own.</summary>
    private sealed class OwnedDatabases : IDisposable
    {
        private readonly PostgresServer _server;

        public OwnedDatabases(PostgresServer server)
        {
            _server = server;
            Source = server.CreateDatabase();
            Target = server.CreateDatabase();
            Role = $"owner_{Source}";
            server.Execute(
                "postgres",
                $"CREATE ROLE {Role} LOGIN; ALTER DATABASE {Source} OWNER TO {Role}; ALTER DATABASE {Target} OWNER TO {Role}");
            foreach (string database in (string[])[Source, Target])
            {
                // As it is from 15 on: schema public belongs to the owner of the database.
                server.Execute(database, $"GRANT ALL ON SCHEMA public TO {Role}");
            }
        }

        public string Source { get; }

        public string Target { get; }

        public string Role { get; }

        public void Dispose()
        {
            _server.DropDatabase(Source);
            _server.DropDatabase(Target);
            _server.Execute("postgres", $"DROP ROLE {Role}");
        }
    }
}
