using PureDump.Engine.Sinks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Engine.Cluster;

/// <summary>What the dump of a cluster came to.</summary>
/// <param name="Globals">The table of contents of what belongs to no database.</param>
/// <param name="DatabaseCount">How many databases were dumped.</param>
/// <param name="Totals">The totals of all of them, and the length of the whole.</param>
/// <param name="CatalogQueryCount">How many statements reading the globals took.</param>
/// <remarks>
/// Globals are read at one moment, each database at its own: there is no snapshot across databases; pg_dumpall reads even the globals
/// statement by statement.
/// </remarks>
internal sealed record ClusterDumpResult(Toc Globals, int DatabaseCount, ArchiveTotals Totals, int CatalogQueryCount);

/// <summary>
/// Dumps a whole cluster, the globals and one database after the other. Each of them is dumped as it is at one moment, but
/// not all at the same.
/// </summary>
internal static class ClusterDumpOperation
{
    /// <summary>Dumps into an archive in a file. It appears under its name when it is whole, and not before.</summary>
    /// <exception cref="PureDumpException">Any failure; no file is left.</exception>
    public static ClusterDumpResult ToFile(
        ClusterDumpRequest request,
        string path,
        ITransferObserver observer,
        CancellationToken cancellation) =>
        OutputFile.Write(
            path,
            request.Sync,
            stream => ToStream(request, stream, observer, cancellation),
            ClusterFile.Check,
            request.Access);

    /// <summary>Dumps into an archive in a stream, front to back. A stream that ends early holds one without a footer.</summary>
    /// <exception cref="PureDumpException">Any failure. One of a database names it.</exception>
    public static ClusterDumpResult ToStream(
        ClusterDumpRequest request,
        Stream output,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        using IDisposable quoting = SqlText.QuotingAll(request.Session.QuoteAllIdentifiers);
        observer.DatabaseBegins("");
        ClusterSource source = ClusterSource.Read(request, observer.Warn, cancellation);
        Toc globals = source.ArchivedGlobals();
        var cluster = new ClusterWriter(output);
        try
        {
            cluster.Add("", WriteGlobals(request, globals, output));
            foreach (ClusterDatabase database in source.Catalog.Databases)
            {
                DumpRequest dump = RequestOf(request, database);
                string name = ClusterSource.NameOf(database);
                cluster.Add(
                    name,
                    Dump(database, () => DumpOperation.ToStream(dump, name, output, observer, cancellation), observer).Totals);
            }

            ClusterTotals totals = cluster.Complete();
            return new ClusterDumpResult(
                source.Globals,
                source.Catalog.Databases.Count,
                new ArchiveTotals
                {
                    RowCount = totals.RowCount,
                    RawBytes = totals.RawBytes,
                    StoredBytes = totals.StoredBytes,
                    Length = totals.Length,
                },
                source.QueryCount);
        }
        catch (IOException e)
        {
            throw new PureDumpException(ErrorKind.File, $"could not write the archive: {e.Message}", null, e);
        }
    }

    /// <summary>Dumps into a plain SQL script in a file. It appears under its name when it is whole, and not before.</summary>
    /// <exception cref="PureDumpException">Any failure; no file is left.</exception>
    public static ClusterDumpResult ToScriptFile(
        ClusterDumpRequest request,
        string path,
        ITransferObserver observer,
        CancellationToken cancellation
    ) => OutputFile.Write(
            path,
            request.Sync,
            stream => ToScript(request, stream, observer, cancellation),
            OutputFile.Unchecked,
            request.Access);

    /// <summary>Dumps into a stream as a plain SQL script.</summary>
    /// <exception cref="PureDumpException">Any failure; the script lacks its end then. One of a database names it.</exception>
    public static ClusterDumpResult ToScript(
        ClusterDumpRequest request,
        Stream output,
        ITransferObserver observer,
        CancellationToken cancellation)
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

    private static ArchiveTotals WriteGlobals(ClusterDumpRequest request, Toc globals, Stream output)
    {
        var header = new ArchiveHeader(request.Deterministic ? null : DateTime.UtcNow, MemberKind.Globals);
        using var writer = new ArchiveWriter(output, header, request.Codec, threadCount: 1);
        writer.WriteToc(globals);
        return writer.Complete();
    }

    private static ArchiveTotals WriteScript(
        ClusterDumpRequest request, ClusterSource source, Stream output, ITransferObserver observer, CancellationToken cancellation)
    {
        var script = new ClusterScript(source.Globals, source.Parts(request.Cluster), request.Script);
        IReadOnlyList<ClusterDatabase> databases = source.Catalog.Databases;
        return script.Write(
            output,
            [.. databases.Select(static database => database.Name)],
            databases.Select(database => (database.Name, Write: (Func<ScriptOptions, ArchiveTotals>)(options =>
            {
                DumpRequest dump = RequestOf(request, database) with { Script = options };
                return Dump(
                    database,
                    () =>
                    {
                        // pg_dumpall runs pg_dump by a shell, and gives it no such word (fe_utils/string_utils.c, appendShellString).
                        ConnectCommand.Check(database.Name, "shell command argument contains a newline or carriage return");
                        return DumpOperation.ToScript(dump, output, observer, cancellation);
                    },
                    observer).Totals;
            }))));
    }

    private static DumpRequest RequestOf(ClusterDumpRequest request, ClusterDatabase database) => new()
    {
        Source = request.Source.With(database.ConnectionName),
        Selection = request.Selection,
        Session = request.Session,
        Encoding = request.Encoding,
        Jobs = request.Jobs,
        Codec = request.Codec,
        Deterministic = request.Deterministic,
    };

    private static DumpResult Dump(ClusterDatabase database, Func<DumpResult> dump, ITransferObserver observer)
    {
        observer.DatabaseBegins(database.Name);
        try
        {
            return dump();
        }
        catch (PureDumpException e) when (e.Kind is not (ErrorKind.Cancelled or ErrorKind.File))
        {
            PureDumpException named = e.Named($"the dump failed on database \"{database.Name}\"");
            throw new PureDumpException(e.Kind, named.Message, e.Hint, e) { SqlState = e.SqlState, ClientText = named.ClientText };
        }
    }
}
