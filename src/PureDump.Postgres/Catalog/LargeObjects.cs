using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the large objects. There can be millions: the server groups them.</summary>
internal static class LargeObjects
{
    // pg_largeobject, on every server: comments and dependencies name it, not pg_largeobject_metadata.
    private const uint CatalogOid = 2613;

    /// <summary>Registers the groups and their contents, where large objects belong to the dump.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        if (!catalog.Selection.WantsLargeObjects)
        {
            return;
        }

        foreach (LargeObjectGroup group in session.Query("LargeObjects.sql", Map))
        {
            catalog.Register(group);
            LargeObjectDataObject data = catalog.Register(
                new LargeObjectDataObject
                {
                    Name = group.Name,
                    Owner = group.Owner,
                    Group = group,
                }
            );
            data.Present = Components.Data;
            data.AddNeed(group);
        }
    }

    /// <summary>The id under which comments on a large object are stored.</summary>
    public static CatalogId IdOf(uint oid) => new(CatalogOid, oid);

    private static LargeObjectGroup Map(ref CatalogRow row)
    {
        string owner = row.Text();
        var acl = new AclFacts(row.TextsOrNull(), row.TextsOrNull() ?? []);
        uint[] oids = row.Oids();
        return new LargeObjectGroup
        {
            Id = IdOf(oids[0]),
            Name = oids.Length == 1 ? $"{oids[0]}" : $"{oids[0]}..{oids[^1]}",
            Owner = owner,
            Acl = acl,
            Oids = oids,
        };
    }
}
