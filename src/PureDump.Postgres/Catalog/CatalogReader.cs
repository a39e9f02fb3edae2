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
        Databases.Read(session, catalog, $"PureDump {typeof(CatalogReader).Assembly.GetName().Version?.ToString(3)}");
        Extensions.Read(session, catalog);
        Schemas.Read(session, catalog);
        Functions.Read(session, catalog);
        Types.Read(session, catalog);
        Aggregates.Read(session, catalog);
        DefaultAcls.Read(session, catalog);
        LargeObjects.Read(session, catalog);
        Comments.Read(session, catalog);
        return catalog;
    }
}
