namespace PureDump.Postgres.Catalog;

/// <summary>
/// Reads one database's catalog in the order that makes it consistent (pg_dump.c, getSchemaData): who belongs to which
/// extension before anything is classified; relations, then their locks, before any definition is looked at.
/// </summary>
internal static class CatalogReader
{
    /// <summary>Reads everything the selection wants.</summary>
    /// <param name="session">A session inside the dump's transaction, with an empty search_path.</param>
    /// <param name="options">What is wanted.</param>
    public static CatalogSet Read(CatalogSession session, DumpSelection options)
    {
        var catalog = new CatalogSet(new Selection(options));
        Schemas.Read(session, catalog);
        return catalog;
    }
}
