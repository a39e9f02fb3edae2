using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the schemas. Everything else is registered with one of them, so they come first.</summary>
internal static class Schemas
{
    /// <summary>Registers every schema of the database.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (SchemaObject schema in session.Query("Schemas.sql", Map))
        {
            catalog.Register(schema);
        }
    }

    private static SchemaObject Map(ref CatalogRow row)
    {
        var id = new CatalogId(row.Oid(), row.Oid());
        string name = row.Text();
        string owner = row.Text();
        var acl = new AclFacts(row.TextsOrNull(), row.TextsOrNull() ?? [], row.TextsOrNull(), row.Char());
        if (name == "public")
        {
            // What pg_init_privs says of it is of no use: it goes stale when the owner changes and is gone when the
            // schema was made again, while every new database starts with these (pg_dump.c, getNamespaces).
            acl = acl with
            {
                Initial = [AclItem.Format(owner, "UC", owner), AclItem.Format("", "U", owner)],
                InitialKind = 'i',
            };
        }

        return new SchemaObject { Id = id, Name = name, Owner = owner, Acl = acl };
    }
}
