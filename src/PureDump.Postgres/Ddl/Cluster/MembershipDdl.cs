using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Cluster;

namespace PureDump.Postgres.Ddl.Cluster;

/// <summary>
/// Memberships as GRANT statements, each behind the one that gave its grantor the right to grant (pg_dumpall.c,
/// dumpRoleMembership). Servers before 16 keep the grantor but not true: it is left out there.
/// </summary>
internal static class MembershipDdl
{
    /// <summary>Adds all memberships.</summary>
    /// <exception cref="PureDumpException">Grantors granted in a circle (<see cref="ErrorKind.Catalog"/>).</exception>
    public static void Emit(ClusterCatalog catalog, ClusterTocBuilder toc, Action<string> warn)
    {
        bool hasOptions = catalog.Features.HasMembershipOptions;
        foreach (IGrouping<string?, RoleMembership> ofRole in catalog.Memberships.GroupBy(static membership => membership.Role))
        {
            if (ofRole.Key is null)
            {
                foreach (RoleMembership membership in ofRole)
                {
                    warn($"ignoring role grant for missing role with OID {membership.RoleOid}");
                }

                continue;
            }

            EmitRole(ofRole.Key, [.. ofRole], hasOptions, toc, warn);
        }
    }

    // Passes over what is left, as pg_dumpall makes them: the order of its text is theirs. Each pass that finds something
    // lets the grants of new administrators pass, so there are as many as their chain is long.
    private static void EmitRole(string role, List<RoleMembership> left, bool hasOptions, ClusterTocBuilder toc, Action<string> warn)
    {
        var administrators = new Dictionary<string, List<DumpId>>();
        while (left.Count > 0)
        {
            var later = new List<RoleMembership>();
            foreach (RoleMembership membership in left)
            {
                if (membership.Member is null)
                {
                    warn($"ignoring role grant to missing role with OID {membership.MemberOid}");
                    continue;
                }

                string? grantor = hasOptions ? membership.Grantor : null;
                List<DumpId>? rights = null;
                if (
                    grantor is not null
                    && membership.GrantorOid != RoleMembership.Bootstrap
                    && !administrators.TryGetValue(grantor, out rights))
                {
                    later.Add(membership);
                    continue;
                }

                if (hasOptions && grantor is null)
                {
                    warn(
                        $"grant of role \"{role}\" to \"{membership.Member}\" has invalid grantor OID {membership.GrantorOid}; it is "
                            + "dumped without GRANTED BY");
                }

                DumpId id = Add(role, membership, grantor, rights ?? [], hasOptions, toc);
                if (membership.WithAdmin)
                {
                    if (!administrators.TryGetValue(membership.Member, out List<DumpId>? known))
                    {
                        administrators.Add(membership.Member, known = []);
                    }

                    known.Add(id);
                }
            }

            if (later.Count == left.Count)
            {
                throw new PureDumpException(ErrorKind.Catalog, $"could not find a legal dump ordering for memberships in role \"{role}\"");
            }

            left = later;
        }
    }

    private static DumpId Add(
        string role, RoleMembership membership, string? grantor, IReadOnlyList<DumpId> rights, bool hasOptions, ClusterTocBuilder toc)
    {
        string member = membership.Member!;
        var options = new List<string>();
        if (membership.WithAdmin)
        {
            options.Add("ADMIN OPTION");
        }

        if (hasOptions)
        {
            options.Add($"INHERIT {(membership.WithInherit ? "TRUE" : "FALSE")}");
            if (!membership.WithSet)
            {
                options.Add("SET FALSE");
            }
        }

        var sql = new StringBuilder($"GRANT {SqlText.Name(role)} TO {SqlText.Name(member)}");
        sql.Append(options.Count > 0 ? $" WITH {string.Join(", ", options)}" : "");
        sql.Append(grantor is null ? "" : $" GRANTED BY {SqlText.Name(grantor)}").Append(";\n");
        return toc.Add(
            ClusterToc.Definition(EntryKind.RoleMembership, $"{SqlText.Name(role)} TO {SqlText.Name(member)}", grantor, sql.ToString()),
            [toc.Role(role), toc.Role(member), grantor is null ? null : toc.Role(grantor), .. rights.Cast<DumpId?>()]);
    }
}
