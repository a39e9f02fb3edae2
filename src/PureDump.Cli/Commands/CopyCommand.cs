using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump copy</c>.</summary>
internal static class CopyCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "copy",
            Synopses = ["[OPTION]... --source DBNAME --target DBNAME"],
            Summary = "copy a database into another one, from server to server",
            Description =
                "Copies a database as it is at one moment into another database, with nothing on disk in between: definitions, rows, "
                + "and indexes and constraints "
                + "as their tables are done. A target that already has objects of the same names is refused before anything is done, "
                + "unless -c says to replace them. "
                + "In the end the rows of every table are counted, with --verify compared; for that, tables with columns of users' "
                + "types travel as text.",
            Examples =
            [
                (
                    "puredump copy --source 'host=db1 dbname=shop' --target 'host=db2 dbname=shop' -j 4",
                    "into an empty database on another server, four tables at a time"),
                (
                    "puredump copy --source postgresql://app@db1/shop --target postgresql://postgres@db2/postgres -C -j 4 --verify",
                    "create the database there, compare all contents in the end"),
                ("puredump copy --source shop --target shop_test -n sales -c --if-exists", "one schema, in place of what is there"),
            ],
            Options =
            [
                .. OptionGroups.Patterns,
                .. OptionGroups.Database,
                .. OptionGroups.Reading,
                .. OptionGroups.Parts,
                .. OptionGroups.Talk,
                OptionTable.Source,
                OptionTable.Target,
                OptionTable.NoPassword,
                OptionTable.DataFormat,
                OptionTable.Strict,
                OptionTable.Analyze,
                OptionTable.StopAtFirstError,
                OptionTable.VerifyContents,
                OptionTable.IndexJobs,
                OptionTable.Stats,
                OptionTable.Help,
            ],
            Rules = DumpRules.Copy,
            EndsWith = static kind => kind is not (ErrorKind.ArchiveDamaged or ErrorKind.ArchiveVersion or ErrorKind.ScriptRefused),
            Run = Run,
        };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.LimitOperands(0);
        DumpSelection selection = DumpArguments.Selection(invocation);
        int jobs = options.Jobs();
        options.Check(OptionScope.None);
        TransferReport.Check(options);
        string source = Needed(options, OptionTable.Source);
        string target = Needed(options, OptionTable.Target);
        var request = new CopyRequest
        {
            Source = ConnectionOptions.Resolve(invocation, source),
            Target = ConnectionOptions.Resolve(invocation, target),
            Selection = selection,
            Session = DumpArguments.Session(options),
            Jobs = jobs,
            IndexJobs = options.Number(OptionTable.IndexJobs, 1, GivenOptions.JobCountMax),
            CreateDatabase = options.Has(OptionTable.Create),
            Clean = options.Has(OptionTable.Clean),
            IfExists = options.Has(OptionTable.IfExists),
            ExitOnError = options.Has(OptionTable.StopAtFirstError),
            Analyze = options.Has(OptionTable.Analyze),
            Verify = options.Has(OptionTable.VerifyContents),
        };
        CopyResult result = CopyOperation.Run(request, invocation.Talk, invocation.Surroundings.Cancellation);
        return Report(result, request, invocation);
    }

    private static string Needed(GivenOptions options, OptionSpec option) =>
        options.Value(option) ?? throw options.Unusable($"{option.Label} must be specified");

    private static int Report(CopyResult result, CopyRequest request, Invocation invocation)
    {
        Talk talk = invocation.Talk;
        var outcome = new Outcome
        {
            FailureCount = result.FailureCount,
            DifferenceCount = result.Differences.Count,
            WarningCount = talk.WarningCount,
        };
        foreach (CopyDifference difference in result.Differences)
        {
            talk.Warn(Sentence(difference));
        }

        string database = result.Toc.Origin.Database;
        int sameCount = result.CheckedCount - result.Differences.Count;
        string same =
            sameCount <= 0
                ? ""
                : $"{(request.Verify ? "contents" : "row counts")} of {Amount.Counted(sameCount, "table")} are the same"
                    + (result.FilledBefore.Count == 0 ? "" : $" but for rows that {result.FilledBefore.Count} of them had before");
        string rest =
            $"database \"{database}\" into \"{result.Database}\": "
            + Amount.Moved(result.Toc.Entries.Count, talk.Tally.RowCount, talk.Tally.Bytes, talk.Elapsed)
            + (same.Length == 0 ? "" : $"; {same}");
        return TransferReport.End(invocation, "copied", outcome, rest, fields =>
        {
            fields.WriteString("database", database);
            fields.WriteString("target", result.Database);
            fields.WriteNumber("entryCount", result.Toc.Entries.Count);
            fields.WriteNumber("rows", talk.Tally.RowCount);
            fields.WriteNumber("rawBytes", talk.Tally.Bytes);
            fields.WriteNumber("failureCount", result.FailureCount);
            fields.WriteNumber("checkedCount", result.CheckedCount);
            fields.WriteNumber("differenceCount", result.Differences.Count);
            fields.WriteNumber("filledBeforeCount", result.FilledBefore.Count);
            fields.WriteNumber("exitCode", outcome.ExitCode);
        }, fromServer: true, intoServer: true);
    }

    private static string Sentence(CopyDifference difference) =>
        difference.Problem is not null ? $"{difference.Name} could not be compared: {difference.Problem}"
        : difference.SourceCount == difference.TargetCount
            ? $"{difference.Name} has other contents than the source, in {Amount.Counted(difference.SourceCount, "row")}"
        : $"{difference.Name} has {Amount.Counted(difference.TargetCount, "row")}, the source sent {difference.SourceCount}";
}
