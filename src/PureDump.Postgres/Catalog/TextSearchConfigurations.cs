using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the text search configurations (pg_dump.c, getTSConfigurations and dumpTSConfig).</summary>
internal static class TextSearchConfigurations
{
    /// <summary>Registers every text search configuration, and reads what the wanted ones do with their tokens.</summary>
    /// <exception cref="PureDumpException">A configuration maps a token its parser does not know (<see
    /// cref="ErrorKind.Catalog"/>).</exception>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        TextSearchConfigurationObject Map(ref CatalogRow row) => new()
        {
            Id = new CatalogId(row.Oid(), row.Oid()),
            Name = row.Text(),
            Schema = catalog.SchemaOf(row.Oid()),
            Owner = row.Text(),
            ParserSchema = row.Text(),
            Parser = row.Text(),
        };

        var wanted = new Dictionary<Oid, TextSearchConfigurationObject>();
        foreach (TextSearchConfigurationObject configuration in session.Query("TextSearchConfigurations.sql", Map))
        {
            catalog.Register(configuration);
            if (configuration.Emits(Components.Definition))
            {
                wanted.Add(configuration.Id.Row, configuration);
            }
        }

        if (wanted.Count > 0)
        {
            ReadMappings(session, wanted);
        }
    }

    private static void ReadMappings(CatalogSession session, Dictionary<Oid, TextSearchConfigurationObject> wanted)
    {
        (Oid Configuration, int Type) last = default;
        uint[] oids = [.. wanted.Keys.Select(static oid => oid.Value)];
        foreach ((Oid oid, int type, string? token, string dictionary) in session.Query("TextSearchMappings.sql", MapMapping, oids))
        {
            TextSearchConfigurationObject configuration = wanted[oid];
            if ((oid, type) != last)
            {
                last = (oid, type);
                configuration.Mappings.Add(new TextSearchMapping(
                    token ?? throw new PureDumpException(
                        ErrorKind.Catalog,
                        $"{configuration} maps the token type {type}, which its parser does not know",
                        "take the row out of pg_ts_config_map, or bring back the parser it was made with"),
                    []));
            }

            configuration.Mappings[^1].Dictionaries.Add(dictionary);
        }
    }

    private static (Oid Configuration, int Type, string? Token, string Dictionary) MapMapping(ref CatalogRow row) =>
        (row.Oid(), row.Int32(), row.TextOrNull(), row.Text());
}
