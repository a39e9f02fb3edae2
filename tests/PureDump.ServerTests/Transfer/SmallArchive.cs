using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>A small real archive, made by a dump: two tables, an index, a foreign key, a sequence, a large object.</summary>
internal static class SmallArchive
{
    /// <summary>Where its rows can be seen to be what they were.</summary>
    public const string Contents = """
        SELECT (SELECT pg_catalog.string_agg(c::text, ';' ORDER BY id) FROM public.customer c)
            || (SELECT pg_catalog.string_agg(p::text, ';' ORDER BY id) FROM public.purchase p)
            || (SELECT pg_catalog.string_agg(pg_catalog.lo_get(oid)::text, ';') FROM pg_catalog.pg_largeobject_metadata)
        """;

    /// <summary>What it is made of.</summary>
    public const string Sql = """
        CREATE TABLE customer (id serial PRIMARY KEY, name text NOT NULL);
        INSERT INTO customer (name) SELECT 'name ' || g FROM generate_series(1, 30) g;
        CREATE TABLE purchase (id integer, customer_id integer REFERENCES customer, paid numeric(10,2));
        INSERT INTO purchase SELECT g, 1 + g % 30, g * 1.25 FROM generate_series(1, 90) g;
        CREATE INDEX ON purchase (customer_id);
        SELECT lo_from_bytea(4711, 'a large object');
        """;

    /// <summary>Makes it; the database it came from is gone.</summary>
    public static TemporaryFile Write()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        string database = server.CreateDatabase();
        server.Execute(database, Sql);
        var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);
        server.DropDatabase(database);
        return file;
    }
}
