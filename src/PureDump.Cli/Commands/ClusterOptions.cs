using PureDump.Cli.Options;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Cli.Commands;

/// <summary>Reads the options of a cluster's dump, which <c>dump --all</c> and <c>pg_dumpall</c> share, and says which go together.</summary>
internal static class ClusterOptions
{
    private static readonly OptionSpec[] s_ofCluster =
    [
        OptionTable.GlobalsOnly, OptionTable.RolesOnly, OptionTable.TablespacesOnlyOfAll, OptionTable.ExcludeDatabase, OptionTable.NoRolePasswords,
    ];

    // What names things in one database, or makes sense in one alone.
    private static readonly OptionSpec[] s_ofDatabase =
    [
        OptionTable.Schema, OptionTable.ExcludeSchema, OptionTable.Table, OptionTable.ExcludeTable, OptionTable.ExcludeTableData,
        OptionTable.TableAndChildren, OptionTable.ExcludeTableAndChildren, OptionTable.ExcludeTableDataAndChildren, OptionTable.Extension,
        OptionTable.ExcludeExtension, OptionTable.IncludeForeignData, OptionTable.StrictNames, OptionTable.Section, OptionTable.Create,
        OptionTable.Snapshot,
    ];

    /// <summary>True where the dump is one of a whole cluster.</summary>
    public static bool AreAskedFor(GivenOptions options) => options.Verb.Flag == Verbs.PgDumpAll || options.Has(OptionTable.WholeCluster);

    /// <summary>What of the cluster, filter files included.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="selection">What of each database: without definitions there are no globals either.</param>
    public static ClusterSelection Selection(Invocation invocation, DumpSelection selection)
    {
        GivenOptions options = invocation.Options;
        IEnumerable<FilterItem> filter =
            options.Values(OptionTable.Filter).SelectMany(path => FilterFile.Read(path, invocation.Surroundings, FilterUses.Cluster));
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

    /// <summary>Refuses options that contradict each other, in the order in which pg_dumpall looks at them (pg_dumpall.c, main).</summary>
    public static void Check(GivenOptions options, ClusterSelection cluster)
    {
        OptionSpec tablespaces = options.Has(OptionTable.TablespacesOnlyOfAll) ? OptionTable.TablespacesOnlyOfAll : OptionTable.TablespacesOnly;
        bool hasOnly = options.Has(OptionTable.GlobalsOnly) || options.Has(OptionTable.RolesOnly) || options.Has(tablespaces);
        if (cluster.ExcludedDatabases.Count > 0 && hasOnly)
        {
            throw Refused(
                options,
                $"option {OptionTable.ExcludeDatabase.Label} cannot be used together with {OptionTable.GlobalsOnly.Label}, "
                + $"{OptionTable.RolesOnly.Label}, or {tablespaces.Label}");
        }

        Conflict(OptionTable.GlobalsOnly, OptionTable.RolesOnly);
        Conflict(OptionTable.GlobalsOnly, tablespaces);
        options.Require(OptionTable.IfExists, OptionTable.Clean);
        Conflict(OptionTable.RolesOnly, tablespaces);

        void Conflict(OptionSpec one, OptionSpec other)
        {
            if (options.Has(one) && options.Has(other))
            {
                throw Refused(options, $"options {one.Label} and {other.Label} cannot be used together");
            }
        }
    }

    /// <summary>For <c>dump --all</c>: as <see cref="Check"/>, and refuses what is about one database.</summary>
    public static void CheckAll(GivenOptions options, int jobs)
    {
        foreach (OptionSpec option in s_ofDatabase)
        {
            options.Conflict(OptionTable.WholeCluster, option);
        }

        if (jobs > 1)
        {
            throw options.Unusable("parallel dumps can only be used with --format=pdump");
        }
    }

    /// <summary>For <c>dump</c> of one database: refuses what is about a cluster.</summary>
    public static void CheckNone(GivenOptions options)
    {
        foreach (OptionSpec option in s_ofCluster)
        {
            options.Require(option, OptionTable.WholeCluster);
        }
    }

    private static bool HasTablespacesOnly(GivenOptions options) =>
        options.Has(OptionTable.TablespacesOnly) || options.Has(OptionTable.TablespacesOnlyOfAll);

    // pg_dumpall points at its help page here, where pg_dump does not.
    private static PureDumpException Refused(GivenOptions options, string message) => new(ErrorKind.Usage, message, options.Verb.HelpHint);
}
