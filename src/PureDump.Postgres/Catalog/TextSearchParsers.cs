using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the text search parsers (pg_dump.c, getTSParsers).</summary>
internal static class TextSearchParsers
{
    /// <summary>Registers every text search parser.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        TextSearchParserObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Start = row.Text(),
            GetToken = row.Text(),
            End = row.Text(),
            Headline = row.TextOrNull(),
            LexTypes = row.Text(),
        };

        foreach (TextSearchParserObject parser in session.Query("TextSearchParsers.sql", Map))
        {
            catalog.Register(parser);
        }
    }
}
