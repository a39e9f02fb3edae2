using PureDump.Cli.Options;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Commands;

/// <summary>Which options of a restore go together, in the order in which pg_restore looks at them (pg_restore.c, main).</summary>
internal static class RestoreRules
{
    /// <summary>Refuses options that contradict each other, or that are of no use without another.</summary>
    public static void Check(GivenOptions options, int jobs)
    {
        bool hasDatabase = options.Has(OptionTable.DatabaseName);
        if (!hasDatabase && !options.Has(OptionTable.ScriptFile) && !options.Has(OptionTable.ShowList))
        {
            throw options.Unusable($"one of {OptionTable.DatabaseName.Label} and {OptionTable.ScriptFile.Label} must be specified");
        }

        if (hasDatabase && options.Has(OptionTable.ScriptFile))
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"options {OptionTable.DatabaseName.Label} and {OptionTable.ScriptFile.Label} cannot be used together",
                options.Verb.HelpHint);
        }

        options.Conflict(OptionTable.DatabaseName, OptionTable.RestrictKey);
        _ = options.RestrictKey();
        options.Conflict(OptionTable.DatabaseName, OptionTable.ForServer);
        options.Conflict(OptionTable.SchemaOnly, OptionTable.DataOnly);
        options.Conflict(OptionTable.SchemaOnly, OptionTable.StatisticsOnly);
        options.Conflict(OptionTable.DataOnly, OptionTable.StatisticsOnly);
        options.Conflict(OptionTable.DataOnly, OptionTable.NoData);
        options.Conflict(OptionTable.SchemaOnly, OptionTable.NoSchema);
        options.Conflict(OptionTable.StatisticsOnly, OptionTable.NoArchivedStatistics);
        options.Conflict(OptionTable.ArchivedStatistics, OptionTable.NoArchivedStatistics);
        options.Conflict(OptionTable.DataOnly, OptionTable.ArchivedStatistics);
        options.Conflict(OptionTable.SchemaOnly, OptionTable.ArchivedStatistics);
        options.Conflict(OptionTable.Clean, OptionTable.DataOnly);
        CheckAnalyze(options);
        options.Conflict(OptionTable.SingleTransaction, OptionTable.TransactionSize);
        options.Conflict(OptionTable.Create, OptionTable.SingleTransaction);
        if (options.Has(OptionTable.SingleTransaction) && jobs > 1)
        {
            throw options.Unusable("cannot specify both --single-transaction and multiple jobs");
        }

        options.Require(OptionTable.IfExists, OptionTable.Clean);
    }

    /// <summary>Refuses <c>--analyze</c> where no rows come, or none into a database.</summary>
    public static void CheckAnalyze(GivenOptions options)
    {
        foreach (OptionSpec other in (OptionSpec[])[OptionTable.ScriptFile, OptionTable.ShowList, OptionTable.SchemaOnly, OptionTable.StatisticsOnly, OptionTable.NoData])
        {
            options.Conflict(OptionTable.Analyze, other);
        }
    }
}
