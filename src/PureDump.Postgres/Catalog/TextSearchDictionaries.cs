using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the text search dictionaries (pg_dump.c, getTSDictionaries).</summary>
internal static class TextSearchDictionaries
{
    /// <summary>Registers every text search dictionary.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        TextSearchDictionaryObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            TemplateSchema = row.Text(),
            Template = row.Text(),
            Options = row.TextOrNull(),
        };

        foreach (TextSearchDictionaryObject dictionary in session.Query("TextSearchDictionaries.sql", Map))
        {
            catalog.Register(dictionary);
        }
    }
}
