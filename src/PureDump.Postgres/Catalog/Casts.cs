using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the casts.</summary>
internal static class Casts
{
    /// <summary>Registers every cast.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (CastObject cast in session.Query("Casts.sql", Map))
        {
            catalog.Register(cast);
        }
    }

    private static CastObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        SourceType = row.Text(),
        TargetType = row.Text(),
        Method = row.Char(),
        Context = row.Char(),
        Function = RoutineSignature.Read(ref row),
    };
}
