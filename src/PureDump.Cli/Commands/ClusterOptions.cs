using PureDump.Cli.Options;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;

namespace PureDump.Cli.Commands;

/// <summary>Reads the options of a cluster's dump, which <c>dump --all</c> and <c>pg_dumpall</c> share.</summary>
internal static class ClusterOptions
{
    /// <summary>True where the dump is one of a whole cluster.</summary>
    public static bool AreAskedFor(GivenOptions options) => options.Verb == PgDumpAllCommand.Verb || options.Has(OptionTable.WholeCluster);

    /// <summary>What of the cluster, filter files included.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="selection">What of each database: without definitions there are no globals either.</param>
    public static ClusterSelection Selection(Invocation invocation, DumpSelection selection)
    {
        GivenOptions options = invocation.Options;
        FilterItem[] filter =
            [.. options.Values(OptionTable.Filter).SelectMany(path => FilterFile.Read(path, invocation.Surroundings, FilterUses.Cluster))];
        if (filter.Length > 0)
        {
            options.Imply(OptionTable.ExcludeDatabase);
        }

        ClusterParts parts =
            options.Has(OptionTable.GlobalsOnly) ? ClusterParts.Globals
            : options.Has(OptionTable.RolesOnly) ? ClusterParts.Roles | ClusterParts.ParameterPrivileges
            : HasTablespacesOnly(options) ? ClusterParts.Tablespaces
            : ClusterParts.All;
        return new ClusterSelection
        {
            Parts = parts
                & (selection.WithSchema ? ClusterParts.All : ClusterParts.Databases)
                & (selection.WithTablespaces ? ClusterParts.All : ~ClusterParts.Tablespaces),
            WithRolePasswords = !options.Has(OptionTable.NoRolePasswords),
            WithPrivileges = selection.WithPrivileges,
            WithComments = selection.WithComments,
            WithSecurityLabels = selection.WithSecurityLabels,
            ExcludedDatabases = [.. options.Values(OptionTable.ExcludeDatabase), .. filter.Select(static item => item.Pattern)],
        };
    }

    private static bool HasTablespacesOnly(GivenOptions options) =>
        options.Has(OptionTable.TablespacesOnly) || options.Has(OptionTable.TablespacesOnlyOfAll);
}
