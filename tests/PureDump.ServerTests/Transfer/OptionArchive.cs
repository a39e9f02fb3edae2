using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>An archive of a database in which every option of selection has something to take and something to leave.</summary>
public sealed class OptionArchive : IDisposable
{
    private readonly TemporaryFile _file = new();

    public OptionArchive()
    {
        Server = ServerPool.Get(TestMajors.Newest);
        Database = Server.CreateDatabase();
        Role = $"role_{Database}";
        Server.Execute("postgres", $"CREATE ROLE {Role}");
        Server.Execute("postgres", $"COMMENT ON DATABASE {Database} IS 'the shop'");
        Server.Execute(Database, Sql.Replace("ROLE", Role, StringComparison.Ordinal));
        Operations.Dump(Server, Database, Path);
    }

    public PostgresServer Server { get; }

    public string Database { get; }

    public string Role { get; }

    public string Path => _file.Path;

    private const string Sql = """
        CREATE SCHEMA sales;
        CREATE TABLE sales.customer (id serial PRIMARY KEY, name text);
        INSERT INTO sales.customer (name) VALUES ('a'), ('b');
        CREATE TABLE sales.purchase (id integer, customer_id integer REFERENCES sales.customer);
        INSERT INTO sales.purchase VALUES (1, 1), (2, 2), (3, 2);
        CREATE INDEX purchase_by_customer ON sales.purchase (customer_id);
        CREATE VIEW sales.names AS SELECT name FROM sales.customer;
        CREATE TABLE log (line text); INSERT INTO log VALUES ('one');
        COMMENT ON TABLE log IS 'what happened';
        ALTER TABLE log OWNER TO ROLE;
        GRANT SELECT ON sales.customer TO ROLE;
        """;

    public void Dispose()
    {
        Server.DropDatabase(Database);
        Server.Execute("postgres", $"DROP ROLE IF EXISTS {Role}");
        _file.Dispose();
    }
}
