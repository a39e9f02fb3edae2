using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the collations.</summary>
internal static class Collations
{
    /// <summary>Registers every collation.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (CollationObject collation in session.Query("Collations.sql", Map))
        {
            catalog.Register(collation);
        }

        CollationObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            Encoding = row.Int32(),
            Provider = row.Char(),
            IsDeterministic = row.Bool(),
            Collate = row.TextOrNull(),
            CharacterType = row.TextOrNull(),
            Locale = row.TextOrNull(),
            Rules = row.TextOrNull(),
        };
    }
}
