using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads what is true of the database as a whole.</summary>
internal static class Databases
{
    private sealed record Facts(DatabaseObject Database, string ServerVersion, string ClientEncoding, bool StandardConformingStrings);

    /// <summary>Sets <see cref="CatalogSet.Database"/> and <see cref="CatalogSet.Origin"/>.</summary>
    /// <param name="session">Where from.</param>
    /// <param name="catalog">Where to.</param>
    /// <param name="producer">The program and its version, for the head of the dump.</param>
    public static void Read(CatalogSession session, CatalogSet catalog, string producer)
    {
        List<(string? Role, string Setting)> settings = session.Query("DatabaseSettings.sql", MapSetting);
        Facts facts = session.QueryOne("Databases.sql", Map);
        facts.Database.DumpId = catalog.NextDumpId();
        facts.Database.Wanted = Components.All;
        catalog.Database = facts.Database;
        catalog.Origin = new DumpOrigin
        {
            Database = TypedText.Shown(facts.Database.Name),
            ServerVersion = facts.ServerVersion,
            ServerVersionNumber = session.Features.VersionNumber,
            Encoding = facts.ClientEncoding,
            StandardConformingStrings = facts.StandardConformingStrings,
            Producer = producer,
        };

        Facts Map(ref CatalogRow row)
        {
            var id = new CatalogId(row.Oid(), row.Oid());
            byte[] name = Convert.FromHexString(row.Text());
            string owner = row.Text();
            string encoding = row.Text();
            char provider = row.Char();
            string collate = row.Text();
            string ctype = row.Text();
            string? locale = row.TextOrNull();
            string? icuRules = row.TextOrNull();
            string tablespace = row.Text();
            int connectionLimit = row.Int32();
            bool isTemplate = row.Bool();
            string? comment = row.TextOrNull();
            var database = new DatabaseObject
            {
                Id = id,
                Name = NameOf(name, session.ClientEncoding),
                Owner = owner,
                Encoding = encoding,
                LocaleProvider = provider,
                Collate = collate,
                CType = ctype,
                Locale = locale,
                IcuRules = icuRules,
                Tablespace = tablespace,
                ConnectionLimit = connectionLimit,
                IsTemplate = isTemplate,
                Comment = comment,
                Settings = settings,
                Acl = new AclFacts(row.TextsOrNull(), row.TextsOrNull() ?? []),
            };
            return new Facts(database, row.Text(), row.Text(), row.Bool());
        }
    }

    // A byte that is not of the encoding shows as TypedText has it.
    private static string NameOf(byte[] bytes, string encoding) =>
        TextEncoding.IsUtf8(encoding) ? TypedText.Decode(bytes) : TextEncoding.Of(encoding).GetString(bytes);

    private static (string? Role, string Setting) MapSetting(ref CatalogRow row) => (row.TextOrNull(), row.Text());
}
