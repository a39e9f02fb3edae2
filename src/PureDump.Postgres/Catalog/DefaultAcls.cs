using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the default privileges.</summary>
internal static class DefaultAcls
{
    /// <summary>Registers every row of <c>pg_default_acl</c>.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (DefaultAclObject item in session.Query("DefaultAcls.sql", Map))
        {
            catalog.Register(item);
        }

        DefaultAclObject Map(ref CatalogRow row)
        {
            var id = new CatalogId(row.Oid(), row.Oid());
            string owner = row.Text();
            Oid schema = row.Oid();
            char type = row.Char();
            return new DefaultAclObject
            {
                Id = id,
                Name = type.ToString(),
                Owner = owner,
                Schema = schema.IsNone ? null : catalog.SchemaOf(schema),
                ObjectType = type,
                Acl = new AclFacts(row.TextsOrNull(), row.TextsOrNull() ?? []),
            };
        }
    }
}
