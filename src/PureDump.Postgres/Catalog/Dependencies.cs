using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads pg_depend and turns it into edges between the objects that were read (pg_dump.c, getDependencies).</summary>
internal static class Dependencies
{
    /// <summary>Has them read meanwhile.</summary>
    public static void Ask(CatalogAhead? ahead) => ahead?.Ask("Dependencies.sql", Map);

    /// <summary>Adds the edges of the catalog. Everything else is registered by now.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        Add(catalog, session.Query("Dependencies.sql", Map));
        Add(catalog, session.Query("FamilyDependencies.sql", Map));
    }

    private static void Add(CatalogSet catalog, List<(CatalogId Id, CatalogId Needed, char Type)> edges)
    {
        foreach ((CatalogId id, CatalogId needed, char type) in edges)
        {
            // Much of what pg_depend names is never collected: TOAST tables, the system's own objects.
            if (catalog.Find(id) is { } item && catalog.Find(needed) is { } need)
            {
                Add(item, need, type);
            }
        }
    }

    private static void Add(CatalogObject item, CatalogObject need, char type)
    {
        if (type == 'x' && need is ExtensionObject extension)
        {
            item.AddExtension(extension);
        }

        // The row type of a table depends on its table. For a stand-alone composite the catalog says the reverse, which
        // suits DROP; here the type needs what its columns need, and those hang on its relation.
        if (type == 'i' && item is TableObject && need is TypeObject { IsDummy: false })
        {
            need.AddNeed(item);
        }
        else
        {
            item.AddNeed(need);
        }
    }

    private static (CatalogId Id, CatalogId Needed, char Type) Map(ref CatalogRow row) =>
        (new CatalogId(row.Oid(), row.Oid()), new CatalogId(row.Oid(), row.Oid()), row.Char());
}
