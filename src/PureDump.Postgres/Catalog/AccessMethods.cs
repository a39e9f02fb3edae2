using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the access methods.</summary>
internal static class AccessMethods
{
    /// <summary>Registers every access method.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (AccessMethodObject method in session.Query("AccessMethods.sql", Map))
        {
            catalog.Register(method);
        }
    }

    private static AccessMethodObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        MethodType = row.Char(),
        Handler = row.Text(),
    };
}
