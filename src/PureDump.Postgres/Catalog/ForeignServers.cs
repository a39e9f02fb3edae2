using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the foreign servers and their user mappings (pg_dump.c, getForeignServers and dumpUserMappings).</summary>
internal static class ForeignServers
{
    /// <summary>Registers every foreign server, and reads the user mappings of the wanted ones.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        var wanted = new Dictionary<Oid, ForeignServerObject>();
        foreach (ForeignServerObject server in session.Query("ForeignServers.sql", Map))
        {
            catalog.Register(server);
            if (server.Emits(Components.Definition))
            {
                wanted.Add(server.Id.Row, server);
            }
        }

        if (wanted.Count == 0)
        {
            return;
        }

        uint[] oids = [.. wanted.Keys.Select(static oid => oid.Value)];
        foreach ((Oid oid, UserMapping mapping) in session.Query("UserMappings.sql", MapMapping, oids))
        {
            wanted[oid].UserMappings.Add(mapping);
        }
    }

    private static ForeignServerObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        Owner = row.Text(),
        Acl = AclFacts.Take(ref row),
        Wrapper = row.Text(),
        Type = row.Text(),
        Version = row.Text(),
        Options = row.Text(),
    };

    private static (Oid Server, UserMapping Mapping) MapMapping(ref CatalogRow row) =>
        (row.Oid(), new UserMapping(row.Text(), row.Text()));
}
