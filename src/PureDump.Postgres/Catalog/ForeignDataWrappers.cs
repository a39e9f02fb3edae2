using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the foreign-data wrappers (pg_dump.c, getForeignDataWrappers).</summary>
internal static class ForeignDataWrappers
{
    /// <summary>Registers every foreign-data wrapper.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (ForeignDataWrapperObject wrapper in session.Query("ForeignDataWrappers.sql", Map))
        {
            catalog.Register(wrapper);
        }
    }

    private static ForeignDataWrapperObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        Owner = row.Text(),
        Acl = AclFacts.Take(ref row),
        Handler = row.TextOrNull(),
        Validator = row.TextOrNull(),
        Connection = row.TextOrNull(),
        Options = row.Text(),
    };
}
