using PureDump.Engine.Files;
using PureDump.Engine.Transfer;
using PureDump.Formats;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine;

/// <summary>What the dump of a cluster came to.</summary>
/// <param name="Globals">The table of contents of what belongs to no database.</param>
/// <param name="DatabaseCount">How many databases were dumped.</param>
/// <param name="Totals">The totals of all of them, and the length of the whole.</param>
/// <param name="CatalogQueryCount">How many statements reading the globals took.</param>
public sealed record ClusterDumpResult(Toc Globals, int DatabaseCount, ArchiveTotals Totals, int CatalogQueryCount);

/// <summary>
/// Dumps a whole cluster, the globals and one database after the other. Each of them is dumped as it is at one moment, but
/// not all at the same.
/// </summary>
public static class ClusterDumpOperation
{
    /// <summary>Dumps into a plain SQL script in a file. It appears under its name when it is whole, and not before.</summary>
    /// <exception cref="PureDumpException">Any failure; no file is left.</exception>
    public static ClusterDumpResult ToScriptFile(ClusterDumpRequest request, string path, ITransferObserver observer, CancellationToken cancellation)
    {
        using var file = new OutputFile(path, request.Sync);
        ClusterDumpResult result;
        try
        {
            result = ToScript(request, file.Stream, observer, cancellation);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.File)
        {
            throw e.Named(path);
        }

        file.Commit(static _ => { });
        return result;
    }

    /// <summary>Dumps into a stream as a plain SQL script.</summary>
    /// <exception cref="PureDumpException">Any failure; the script lacks its end then. One of a database names it.</exception>
    public static ClusterDumpResult ToScript(ClusterDumpRequest request, Stream output, ITransferObserver observer, CancellationToken cancellation)
    {
        using IDisposable quoting = SqlText.QuotingAll(request.Session.QuoteAllIdentifiers);
        ClusterSource source = ClusterSource.Read(request, observer.Warn, cancellation);
        try
        {
            var counted = new CountingStream(output);
            ArchiveTotals totals;
            using (Stream? compressed = request.ScriptCompression.Into(counted))
            {
                totals = WriteScript(request, source, compressed ?? counted, observer, cancellation);
            }

            return new ClusterDumpResult(
                source.Globals,
                source.Catalog.Databases.Count,
                totals with { Length = counted.ByteCount, StoredBytes = counted.ByteCount },
                source.QueryCount);
        }
        catch (IOException e)
        {
            throw new PureDumpException(ErrorKind.File, $"could not write the script: {e.Message}", null, e);
        }
    }

    private static ArchiveTotals WriteScript(
        ClusterDumpRequest request, ClusterSource source, Stream output, ITransferObserver observer, CancellationToken cancellation)
    {
        ScriptOptions script = request.Script;
        using var text = new StreamWriter(output, TextEncoding.Of(source.Globals.Origin.Encoding), leaveOpen: true) { NewLine = "\n" };
        var writer = new ClusterScriptWriter(text, source.Globals, new ClusterScriptOptions
        {
            Parts = source.Parts(request.Cluster),
            Clean = script.Clean,
            IfExists = script.IfExists,
            RestrictKey = script.RestrictKey,
            Started = script.Started,
        });
        IReadOnlyList<ClusterDatabase> databases = source.Catalog.Databases;
        writer.WriteGlobals(databases.Select(static database => database.Name));
        if (databases.Count > 0)
        {
            writer.BeginDatabases();
        }

        var totals = default(ArchiveTotals);
        foreach (ClusterDatabase database in databases)
        {
            bool connects = database.IsInitial && !script.Clean;
            writer.BeginDatabase(database.Name, connects);
            text.Flush();
            ArchiveTotals part = WriteDatabase(request, database, createsDatabase: !connects, output, observer, cancellation).Totals;
            totals = totals with { RowCount = totals.RowCount + part.RowCount, RawBytes = totals.RawBytes + part.RawBytes };
        }

        writer.WriteTail(script.Started is null ? null : DateTimeOffset.UtcNow);
        return totals;
    }

    private static DumpResult WriteDatabase(
        ClusterDumpRequest request, ClusterDatabase database, bool createsDatabase, Stream output, ITransferObserver observer, CancellationToken cancellation)
    {
        string name = database.ConnectionName
            ?? throw new PureDumpException(
                ErrorKind.Catalog, $"the dump failed on database \"{database.Name}\": its name is not in UTF-8, so that it cannot be connected to");
        var dump = new DumpRequest
        {
            Source = request.Source.With(name),
            Selection = request.Selection,
            Session = request.Session,
            Encoding = request.Encoding,

            // The others were dropped with the globals; these two cannot be while one is connected to one of them.
            Script = request.Script with { CreateDatabase = createsDatabase, Clean = createsDatabase && database.IsInitial, IfExists = false },
        };
        try
        {
            return DumpOperation.ToScript(dump, output, observer, cancellation);
        }
        catch (PureDumpException e) when (e.Kind is not (ErrorKind.Cancelled or ErrorKind.File))
        {
            throw e.Named($"the dump failed on database \"{database.Name}\"");
        }
    }
}
