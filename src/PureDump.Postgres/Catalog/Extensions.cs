using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the extensions, who belongs to them, and later which rows of theirs are the user's.</summary>
internal static class Extensions
{
    /// <summary>Registers every extension and fills <see cref="CatalogSet.ExtensionMembers"/>. Must come before all else.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var byOid = new Dictionary<Oid, ExtensionObject>();
        foreach (ExtensionObject extension in session.Query("Extensions.sql", Map))
        {
            byOid.Add(extension.Id.Row, catalog.Register(extension));
        }

        foreach ((CatalogId member, Oid extension) in session.Query("ExtensionMembers.sql", MapMember))
        {
            catalog.ExtensionMembers.TryAdd(member, byOid[extension]);
        }
    }

    private static ExtensionObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        SchemaName = row.Text(),
        Version = row.Text(),
        ConfigRelations = row.Oids(),
        ConfigConditions = row.TextsOrNull() ?? [],
    };

    private static (CatalogId Member, Oid Extension) MapMember(ref CatalogRow row) =>
        (new CatalogId(row.Oid(), row.Oid()), row.Oid());
}
