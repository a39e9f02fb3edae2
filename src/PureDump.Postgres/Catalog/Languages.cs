using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Reads the procedural languages (pg_dump.c, getProcLangs). Nearly all are members of an extension: then only what was
/// granted or revoked on them since is dumped.
/// </summary>
internal static class Languages
{
    /// <summary>Registers every procedural language.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (LanguageObject language in session.Query("Languages.sql", Map))
        {
            catalog.Register(language);
        }
    }

    private static LanguageObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        Owner = row.Text(),
        Acl = AclFacts.Take(ref row),
        IsTrusted = row.Bool(),
        Handler = MapFunction(ref row),
        Inline = MapFunction(ref row),
        Validator = MapFunction(ref row),
    };

    private static LanguageFunction? MapFunction(ref CatalogRow row)
    {
        var id = new CatalogId(row.OidOrNone(), row.OidOrNone());
        return row.PairOrNull() is { } name ? new LanguageFunction(id, name.First, name.Second) : null;
    }
}
