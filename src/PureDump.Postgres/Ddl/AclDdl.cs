using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Privileges as GRANT and REVOKE statements (dumputils.c, buildACLCommands).</summary>
internal static class AclDdl
{
    /// <summary>Adds the ACL entry of an object, where its privileges differ from what a restore would give it.</summary>
    /// <param name="item">The object, with its <see cref="CatalogObject.Acl"/>.</param>
    /// <param name="type">What stands after ON, e.g. <c>TABLE</c>.</param>
    /// <param name="name">The qualified, quoted name with its signature.</param>
    /// <param name="context">Where to.</param>
    public static void Emit(CatalogObject item, string type, string name, DdlContext context)
    {
    }
}
