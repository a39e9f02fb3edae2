using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Engine.Cluster;
using PureDump.Engine;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;

namespace PureDump.Cli.Commands;

/// <summary>Dumps a whole cluster into an archive or a script: what <c>dump --all</c> and <c>pg_dumpall</c> have in common.</summary>
internal static class ClusterDump
{
    /// <summary>Checks what is left to check, and does it.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="cluster">What of the cluster.</param>
    /// <param name="selection">What of each database.</param>
    /// <param name="target">Where to.</param>
    /// <param name="connect">Gives the server, and the database to read the globals through or null; may ask for a password.</param>
    /// <returns>The exit code.</returns>
    public static int Write(
        Invocation invocation,
        ClusterSelection cluster,
        DumpSelection selection,
        ClusterTarget target,
        Func<(ConnectionTarget Source, string? Database)> connect)
    {
        GivenOptions options = invocation.Options;
        bool hasDatabases = cluster.Parts.HasFlag(ClusterParts.Databases);
        options.Check(OptionScope.ClusterParts | (hasDatabases ? OptionScope.ClusterDatabases : OptionScope.None));
        ScriptOptions script = DumpArguments.Script(options, selection, invocation.Surroundings.Clock);
        DumpSession session = DumpArguments.Session(options);
        if (target.Path is not null)
        {
            DumpOperation.CheckOutput(target.Path);
        }

        (ConnectionTarget source, string? database) = connect();
        var request = new ClusterDumpRequest
        {
            Source = source,
            Database = database,
            Cluster = cluster,
            Selection = selection,
            Session = session,
            Encoding = options.Value(OptionTable.Encoding),
            Script = script,
            ScriptCompression = target.Compression,
            Jobs = target.Jobs,
            Codec = target.Codec,
            Deterministic = target.Deterministic,
            Sync = target.Sync,
            Access = DumpArguments.Access(options),
        };
        (Talk talk, CancellationToken cancellation) = (invocation.Talk, invocation.Surroundings.Cancellation);
        ClusterDumpResult result = (target.Path, target.IsArchive) switch
        {
            (null, true) => ClusterDumpOperation.ToStream(request, invocation.Surroundings.OpenArchive(), talk, cancellation),
            (null, false) => ClusterDumpOperation.ToScript(request, invocation.Surroundings.Output, talk, cancellation),
            (_, true) => ClusterDumpOperation.ToFile(request, target.Path, talk, cancellation),
            _ => ClusterDumpOperation.ToScriptFile(request, target.Path, talk, cancellation),
        };
        WriteSummary(result, target, invocation);
        return 0;
    }

    private static void WriteSummary(ClusterDumpResult result, ClusterTarget target, Invocation invocation)
    {
        int globalCount = result.Globals.Entries.Count;
        string rest =
            $"the cluster: {Amount.Counted(globalCount, "global entry")}, {Amount.Counted(result.DatabaseCount, "database")}, "
            + $"{Amount.Counted(result.Totals.RowCount, "row")}; the {(target.IsArchive ? "archive" : "script")} has "
            + $"{Amount.Bytes(result.Totals.Length)}";
        TransferReport.End(invocation, "dumped", new Outcome { WarningCount = invocation.Talk.WarningCount }, rest, fields =>
        {
            fields.WriteString("file", target.Path);
            fields.WriteNumber("globalEntryCount", globalCount);
            fields.WriteNumber("databaseCount", result.DatabaseCount);
            fields.WriteNumber("rows", result.Totals.RowCount);
            fields.WriteNumber("rawBytes", result.Totals.RawBytes);
            fields.WriteNumber("length", result.Totals.Length);
            fields.WriteNumber("catalogQueryCount", result.CatalogQueryCount);
        }, fromServer: true, intoServer: false);
    }
}
