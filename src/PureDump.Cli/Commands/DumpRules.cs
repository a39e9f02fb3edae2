using PureDump.Cli.Options;
using PureDump.Postgres.Catalog;

namespace PureDump.Cli.Commands;

/// <summary>Which options of a dump go together, in the order in which pg_dump looks at them (pg_dump.c, main).</summary>
internal static class DumpRules
{
    private static readonly OptionSpec[] s_inserts = [OptionTable.Inserts, OptionTable.ColumnInserts, OptionTable.RowsPerInsert];

    private static readonly OptionSpec[] s_ofScripts =
    [
        OptionTable.Clean, OptionTable.Create, OptionTable.DisableTriggers, OptionTable.Superuser, OptionTable.UseSetSessionAuthorization, OptionTable.RestrictKey,
    ];

    /// <summary>Refuses options that contradict each other, or that are of no use without another.</summary>
    public static void Check(GivenOptions options, DumpSelection selection, int jobs)
    {
        options.Conflict(OptionTable.SchemaOnly, OptionTable.DataOnly);
        options.Conflict(OptionTable.SchemaOnly, OptionTable.StatisticsOnly);
        options.Conflict(OptionTable.DataOnly, OptionTable.StatisticsOnly);
        options.Conflict(OptionTable.DataOnly, OptionTable.NoData);
        options.Conflict(OptionTable.SchemaOnly, OptionTable.NoSchema);
        options.Conflict(OptionTable.StatisticsOnly, OptionTable.NoStatistics);
        options.Conflict(OptionTable.Statistics, OptionTable.NoStatistics);
        options.Conflict(OptionTable.DataOnly, OptionTable.Statistics);
        options.Conflict(OptionTable.SchemaOnly, OptionTable.Statistics);

        // A filter file can ask for them too.
        if (selection.IncludedForeignServers.Count > 0 && options.Has(OptionTable.SchemaOnly))
        {
            throw options.Unusable($"options {OptionTable.SchemaOnly.Label} and {OptionTable.IncludeForeignData.Label} cannot be used together");
        }

        if (selection.IncludedForeignServers.Count > 0 && jobs > 1)
        {
            throw options.Unusable($"option {OptionTable.IncludeForeignData.Label} is not supported with parallel backup");
        }

        options.Conflict(OptionTable.Clean, OptionTable.DataOnly);
        options.Require(OptionTable.IfExists, OptionTable.Clean);
        if (options.Has(OptionTable.OnConflictDoNothing) && !HasInserts(options))
        {
            throw options.Unusable(
                $"option {OptionTable.OnConflictDoNothing.Label} requires option {OptionTable.Inserts.Label}, "
                + $"{OptionTable.RowsPerInsert.Label}, or {OptionTable.ColumnInserts.Label}");
        }
    }

    /// <summary>Refuses what only says how a script is written: an archive is told that when it is restored.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="withInserts">The archive can hold rows as INSERT statements.</param>
    public static void CheckArchive(GivenOptions options, bool withInserts)
    {
        foreach (OptionSpec option in withInserts ? s_ofScripts : s_inserts.Concat(s_ofScripts))
        {
            if (options.Has(option))
            {
                throw options.Unusable($"option {option.Label} can only be used with --format=plain");
            }
        }
    }

    /// <summary>True where rows become INSERT statements.</summary>
    public static bool HasInserts(GivenOptions options) =>
        options.Has(OptionTable.Inserts) || options.Has(OptionTable.ColumnInserts) || options.Has(OptionTable.RowsPerInsert);
}
