using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>Reads the roles with what is set for them (pg_dumpall.c, dumpRoles and dumpUserConfig).</summary>
internal static class Roles
{
    // pg_authid, whose rows the view pg_roles shows (catalog/pg_authid.h).
    private static readonly Oid s_catalog = new(1260);

    /// <summary>The roles, ascending by name, and the settings that all of them share.</summary>
    /// <param name="session">Where from.</param>
    /// <param name="withPasswords">Whether the hashes of passwords are read.</param>
    /// <exception cref="PureDumpException">The passwords may not be read (<see cref="ErrorKind.Permission"/>).</exception>
    public static (List<ClusterRole> Roles, List<string> CommonSettings) Read(CatalogSession session, bool withPasswords)
    {
        Dictionary<Oid, string> passwords = withPasswords ? ReadPasswords(session) : [];
        ILookup<Oid, string> settings = session
            .Query("RoleSettings.sql", static (ref CatalogRow row) => (Role: row.Oid(), Setting: row.Text()))
            .ToLookup(static row => row.Role, static row => row.Setting);
        List<ClusterRole> roles = session.Query("Roles.sql", Map).ConvertAll(role => role with
        {
            Password = passwords.GetValueOrDefault(role.Id.Row),
            Settings = [.. settings[role.Id.Row]],
        });
        return (roles, [.. settings[Oid.None]]);
    }

    private static Dictionary<Oid, string> ReadPasswords(CatalogSession session)
    {
        try
        {
            return session.Query("RolePasswords.sql", static (ref CatalogRow row) => (Oid: row.Oid(), Hash: row.Text()))
                .ToDictionary(static row => row.Oid, static row => row.Hash);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.Permission)
        {
            throw new PureDumpException(
                ErrorKind.Permission,
                $"the passwords of roles (pg_authid) cannot be read: {e.Message}",
                "only a superuser may; --no-role-passwords dumps the roles without them",
                e)
            { SqlState = e.SqlState };
        }
    }

    private static ClusterRole Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(s_catalog, row.Oid()),
        Name = row.Text(),
        IsSuperuser = row.Bool(),
        Inherits = row.Bool(),
        CreatesRoles = row.Bool(),
        CreatesDatabases = row.Bool(),
        CanLogIn = row.Bool(),
        Replicates = row.Bool(),
        BypassesRowSecurity = row.Bool(),
        ConnectionLimit = row.Int32(),
        ValidUntil = row.TextOrNull(),
        Comment = row.TextOrNull(),
    };
}
