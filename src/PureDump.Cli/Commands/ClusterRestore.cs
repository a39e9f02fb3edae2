using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Engine;
using PureDump.Engine.Cluster;
using PureDump.Engine.Reading;
using PureDump.Engine.Selection;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Codec;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary>What <c>restore</c> does with the archive of a cluster, or with several databases of it.</summary>
internal static class ClusterRestore
{
    /// <summary>Does it.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="input">The archive.</param>
    /// <param name="choice">What of the cluster.</param>
    /// <param name="selection">What of each database.</param>
    /// <param name="jobs">How many connections.</param>
    /// <returns>The exit code.</returns>
    public static int Run(Invocation invocation, ArchiveInput input, ClusterChoice choice, RestoreSelection selection, int jobs)
    {
        GivenOptions options = invocation.Options;
        options.Check(OptionScope.SeveralDatabases);
        if (!input.IsStream && !options.Has(OptionTable.Salvage))
        {
            // Before a password is asked for or a server bothered.
            using var cluster = new ClusterFile(FileRange.Open(input.Path!));
            _ = choice.Of(cluster.Databases);
        }

        if (options.Has(OptionTable.ScriptFile))
        {
            return WriteScript(invocation, input, choice, selection);
        }

        var request = new ClusterRestoreRequest
        {
            Database = RestoreArguments.Request(
                options,
                selection,
                ConnectionOptions.Resolve(invocation, options.Value(OptionTable.DatabaseName)),
                jobs),
            Choice = choice,
        };
        CancellationToken cancellation = invocation.Surroundings.Cancellation;
        ClusterRestoreResult result;
        if (input.IsStream)
        {
            using Stream stream = input.Open();
            result = ClusterRestoreOperation.FromStream(request, stream, invocation.Talk, cancellation);
        }
        else
        {
            result = ClusterRestoreOperation.FromFile(request, input.Path!, invocation.Talk, cancellation);
        }

        return Report(result, invocation);
    }

    /// <summary>Makes a script of a whole cluster, for <c>convert</c>.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="script">How it is written.</param>
    /// <param name="source">The file; null: <paramref name="input"/>.</param>
    /// <param name="input">A pipe.</param>
    /// <param name="path">Where to; null for standard output.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="sync">How the file is brought to the medium.</param>
    /// <returns>The exit code.</returns>
    public static int WriteScript(
        Invocation invocation,
        ScriptOptions script,
        string? source,
        Stream? input,
        string? path,
        StreamCompression compression,
        FileSync sync)
    {
        ClusterRestoreResult result = path is null
            ? Write(invocation.Surroundings.Output)
            : ConvertOperation.IntoFile(path, sync, Write, isArchive: false);
        return ReportScript(result, invocation.Talk);

        ClusterRestoreResult Write(Stream output)
        {
            using Stream? compressed = compression.Into(output);
            return ClusterRestoreOperation.ToScript(
                new ClusterChoice(),
                new RestoreSelection(),
                script,
                source,
                input,
                compressed ?? output,
                invocation.Talk,
                invocation.Surroundings.Cancellation);
        }
    }

    private static int WriteScript(Invocation invocation, ArchiveInput input, ClusterChoice choice, RestoreSelection selection)
    {
        ClusterRestoreResult? result = null;
        ScriptOptions script = RestoreArguments.Script(invocation.Options, null);
        ArchiveScript.Write(
            invocation,
            output =>
            {
                using Stream? stream = input.IsStream ? input.Open() : null;
                result = ClusterRestoreOperation.ToScript(
                    choice,
                    selection,
                    script,
                    stream is null ? input.Path : null,
                    stream,
                    output,
                    invocation.Talk,
                    invocation.Surroundings.Cancellation);
            }
        );
        return ReportScript(result!, invocation.Talk);
    }

    private static int ReportScript(ClusterRestoreResult result, Talk talk)
    {
        talk.End(
            "scripted",
            $"wrote a script of the cluster: {Amount.Counted(result.Databases.Count, "database")}, "
                + $"{Amount.Moved(result.EntryCount, talk.Tally.RowCount, talk.Tally.Bytes, talk.Elapsed)}",
            fields =>
            {
                fields.WriteNumber("databaseCount", result.Databases.Count);
                fields.WriteNumber("entryCount", result.EntryCount);
                fields.WriteNumber("rows", talk.Tally.RowCount);
                fields.WriteNumber("rawBytes", talk.Tally.Bytes);
            });
        return 0;
    }

    private static int Report(ClusterRestoreResult result, Invocation invocation)
    {
        Talk talk = invocation.Talk;
        var outcome = new Outcome { FailureCount = result.FailureCount, LostCount = result.Lost.Count, WarningCount = talk.WarningCount };
        foreach (ArchiveFinding finding in result.Lost)
        {
            talk.Warn($"lost: {finding.Message}");
        }

        string rest =
            $"the cluster: {Amount.Counted(result.Databases.Count, "database")}, "
            + Amount.Moved(result.EntryCount, talk.Tally.RowCount, talk.Tally.Bytes, talk.Elapsed);
        return TransferReport.End(invocation, "restored", outcome, rest, fields =>
        {
            fields.WriteNumber("databaseCount", result.Databases.Count);
            fields.WriteNumber("entryCount", result.EntryCount);
            fields.WriteNumber("rows", talk.Tally.RowCount);
            fields.WriteNumber("rawBytes", talk.Tally.Bytes);
            fields.WriteNumber("failureCount", result.FailureCount);
            fields.WriteNumber("lostCount", result.Lost.Count);
            fields.WriteNumber("exitCode", outcome.ExitCode);
        }, fromServer: false, intoServer: true);
    }
}
