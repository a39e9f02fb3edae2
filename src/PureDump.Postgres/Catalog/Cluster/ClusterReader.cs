using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>Reads what belongs to a whole cluster (pg_dumpall.c), through any of its databases.</summary>
internal static class ClusterReader
{
    /// <summary>Reads the wanted parts.</summary>
    /// <param name="session">A session inside a transaction that sees one moment, with an empty search_path.</param>
    /// <param name="selection">What is wanted.</param>
    /// <exception cref="PureDumpException">A pattern is malformed, or something may not be read.</exception>
    public static ClusterCatalog Read(CatalogSession session, ClusterSelection selection)
    {
        ClusterParts parts = selection.Parts;
        var catalog = new ClusterCatalog { Origin = session.QueryOne("ClusterOrigin.sql", MapOrigin), Features = session.Features };
        if (parts.HasFlag(ClusterParts.Databases))
        {
            catalog = catalog with { Databases = ClusterDatabases.Read(session, selection.ExcludedDatabases) };
        }

        if (parts.HasFlag(ClusterParts.Roles))
        {
            (List<ClusterRole> roles, List<string> common) = Roles.Read(session, selection.WithRolePasswords);
            catalog = catalog with { Roles = roles, CommonSettings = common, Memberships = RoleMemberships.Read(session) };
        }

        if (parts.HasFlag(ClusterParts.ParameterPrivileges) && selection.WithPrivileges && session.Features.HasParameterAcls)
        {
            catalog = catalog with { ParameterAcls = session.Query("ParameterAcls.sql", MapParameter) };
        }

        if (parts.HasFlag(ClusterParts.Tablespaces))
        {
            catalog = catalog with { Tablespaces = Tablespaces.Read(session) };
        }

        return (parts & ClusterParts.Globals) != 0 && selection.WithSecurityLabels
            ? catalog with { SecurityLabels = ReadLabels(session) }
            : catalog;

        DumpOrigin MapOrigin(ref CatalogRow row) => new()
        {
            Database = row.Text(),
            ServerVersion = row.Text(),
            ServerVersionNumber = session.Features.VersionNumber,
            Encoding = row.Text(),
            StandardConformingStrings = row.Bool(),
            Producer = CatalogReader.Producer,
        };
    }

    private static ParameterAcl MapParameter(ref CatalogRow row) =>
        new(row.Oid(), row.Text(), row.Text(), new AclFacts(row.TextsOrNull(), row.TextsOrNull() ?? []));

    private static Dictionary<CatalogId, List<SecurityLabel>> ReadLabels(CatalogSession session)
    {
        var labels = new Dictionary<CatalogId, List<SecurityLabel>>();
        session.Visit("SharedSecurityLabels.sql", (ref CatalogRow row) =>
        {
            var id = new CatalogId(row.Oid(), row.Oid());
            if (!labels.TryGetValue(id, out List<SecurityLabel>? known))
            {
                labels.Add(id, known = []);
            }

            known.Add(new SecurityLabel(row.Text(), row.Text()));
        });
        return labels;
    }
}
