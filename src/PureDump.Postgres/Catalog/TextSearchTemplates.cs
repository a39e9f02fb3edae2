using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the text search templates (pg_dump.c, getTSTemplates).</summary>
internal static class TextSearchTemplates
{
    /// <summary>Registers every text search template.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        TextSearchTemplateObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Init = row.TextOrNull(),
            Lexize = row.Text(),
        };

        foreach (TextSearchTemplateObject template in session.Query("TextSearchTemplates.sql", Map))
        {
            catalog.Register(template);
        }
    }
}
