using PureDump.Formats.Pg;

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

    private static SchemaObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        Owner = row.Text(),
        Acl = new AclFacts(row.TextsOrNull(), row.TextsOrNull() ?? [], row.TextsOrNull(), row.Char()),
    };
}
