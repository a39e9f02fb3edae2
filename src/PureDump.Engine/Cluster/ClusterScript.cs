using PureDump.Engine.Sinks;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog.Cluster;

namespace PureDump.Engine.Cluster;

/// <summary>The script of a whole cluster: the globals, and the scripts of its databases one behind the other (pg_dumpall.c, main and
/// dumpDatabases).</summary>
/// <param name="globals">The globals.</param>
/// <param name="parts">What the script holds.</param>
/// <param name="options">How it is written.</param>
internal sealed class ClusterScript(Toc globals, ClusterParts parts, ScriptOptions options)
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="names">Those of all databases, in the encoding of the globals.</param>
    /// <param name="databases">The same one after the other, with what writes the script of each as it is told, to the same output.</param>
    /// <returns>How many rows there were, of how many bytes.</returns>
    public ArchiveTotals Write(
        Stream output,
        IReadOnlyList<string> names,
        IEnumerable<(string Name, Func<ScriptOptions, ArchiveTotals> Write)> databases)
    {
        (Toc fitted, _) = TargetServer.Fit(globals, options, static _ => { });
        using var text = new StreamWriter(output, TextEncoding.Of(globals.Origin.Encoding), leaveOpen: true) { NewLine = "\n" };
        var writer = new ClusterScriptWriter(text, fitted, new ClusterScriptOptions
        {
            Parts = parts,
            Clean = options.Clean,
            IfExists = options.IfExists,
            RestrictKey = options.RestrictKey,
            Started = options.Started,
        });
        writer.WriteGlobals(names);
        if (names.Count > 0)
        {
            writer.BeginDatabases();
        }

        var totals = default(ArchiveTotals);
        foreach ((string name, Func<ScriptOptions, ArchiveTotals> write) in databases)
        {
            bool isInitial = ClusterDatabase.IsInitial(name);
            bool connects = isInitial && !options.Clean;
            writer.BeginDatabase(name, connects);
            text.Flush();

            // The others were dropped with the globals; these two cannot be while one is connected to one of them.
            ArchiveTotals part = write(options with { CreateDatabase = !connects, Clean = !connects && isInitial, IfExists = false });
            totals = totals with { RowCount = totals.RowCount + part.RowCount, RawBytes = totals.RawBytes + part.RawBytes };
        }

        writer.WriteTail(options.Started is null ? null : DateTimeOffset.UtcNow);
        return totals;
    }
}
