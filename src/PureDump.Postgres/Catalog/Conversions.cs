using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the conversions between encodings.</summary>
internal static class Conversions
{
    /// <summary>Registers every conversion.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (ConversionObject conversion in session.Query("Conversions.sql", Map))
        {
            catalog.Register(conversion);
        }

        ConversionObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            FromEncoding = row.Text(),
            ToEncoding = row.Text(),
            Function = row.Text(),
            IsDefault = row.Bool(),
        };
    }
}
