using PureDump.Engine.Selection;
using PureDump.Engine.Sinks;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Engine;

/// <summary>What a dump came to.</summary>
/// <param name="Toc">Its table of contents.</param>
/// <param name="Totals">Its totals.</param>
/// <param name="CatalogQueryCount">How many statements reading the catalog took.</param>
internal sealed record DumpResult(Toc Toc, ArchiveTotals Totals, int CatalogQueryCount);

/// <summary>Dumps a live database into an archive.</summary>
internal static class DumpOperation
{
    /// <summary>Refuses a file that cannot be written, as far as that shows without writing and without a server.</summary>
    /// <exception cref="PureDumpException">It is a directory, or in none (<see cref="ErrorKind.File"/>).</exception>
    public static void CheckOutput(string path) => OutputFile.Check(path);

    /// <summary>True where writing a file would replace another one, or one in it where that is a directory, whatever links lead
    /// there.</summary>
    /// <param name="path">What is to be written.</param>
    /// <param name="other">What is to stay as it is; need not be there yet.</param>
    /// <exception cref="PureDumpException">Links lead in a circle (<see cref="ErrorKind.File"/>).</exception>
    public static bool WouldReplace(string path, string other) => OutputFile.Replaces(path, other);

    /// <summary>Dumps into an archive in a file. It appears under its name when it is whole, and not before.</summary>
    /// <exception cref="PureDumpException">Any failure; no file is left.</exception>
    public static DumpResult ToFile(DumpRequest request, string path, ITransferObserver observer, CancellationToken cancellation) =>
        OutputFile.Write(
            path,
            request.Sync,
            stream => ToStream(request, stream, observer, cancellation),
            ArchiveFile.Check,
            request.Access);

    /// <summary>Dumps into a plain SQL script in a file. It appears under its name when it is whole, and not before.</summary>
    /// <exception cref="PureDumpException">Any failure; no file is left.</exception>
    public static DumpResult ToScriptFile(DumpRequest request, string path, ITransferObserver observer, CancellationToken cancellation) =>
        OutputFile.Write(
            path,
            request.Sync,
            stream => ToScript(request, stream, observer, cancellation),
            OutputFile.Unchecked,
            request.Access);

    /// <summary>Dumps into a stream as a plain SQL script, as <see cref="DumpRequest.Script"/> says, over one connection for
    /// rows.</summary>
    /// <exception cref="PureDumpException">Any failure.</exception>
    public static DumpResult ToScript(DumpRequest request, Stream output, ITransferObserver observer, CancellationToken cancellation)
    {
        using IDisposable quoting = SqlText.QuotingAll(request.Session.QuoteAllIdentifiers);
        DumpSelection selection = request.Selection with { TextOnly = true };
        using var source = new LiveSource(
            request.Source,
            selection,
            request.Session.ForPgDump,
            request.Encoding,
            makesChunks: false,
            observer.Warn,
            cancellation);
        if (request.Script.CreateDatabase && source.Toc.Entries.All(static entry => entry.Kind != EntryKind.Database))
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"a script cannot create database \"{source.Toc.Origin.Database}\": its name is not in its encoding",
                "leave out --create, and make the database by hand");
        }

        (Toc toc, ScriptOptions script) = TargetServer.Fit(EntryFilter.ForArchive(source.Toc, selection), request.Script, observer.Warn);
        using Stream? compressed = request.ScriptCompression.Into(output);
        using var sink = new ScriptSink(compressed ?? output, script);
        var options = new TransferOptions
        {
            Jobs = 1,
            BlockCount = 2,
            InOrder = true,
            Clean = request.Script.Clean,
            IfExists = request.Script.IfExists,
        };
        using var transfer = new DumpTransfer(source, toc, sink, options, observer, cancellation);
        try
        {
            transfer.Run();
            compressed?.Dispose();
        }
        catch (IOException e)
        {
            throw new PureDumpException(ErrorKind.File, $"could not write the script: {e.Message}", null, e);
        }

        return new DumpResult(toc, sink.Totals, source.QueryCount);
    }

    /// <summary>Dumps into an archive of pg_dump's: rows as text or, where <see cref="DumpRequest.Script"/> says so, as INSERT
    /// statements.</summary>
    /// <exception cref="PureDumpException">Any failure; nothing stays under the archive's name.</exception>
    public static DumpResult ToPgArchive(
        DumpRequest request,
        PgArchiveTarget target,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        using IDisposable quoting = SqlText.QuotingAll(request.Session.QuoteAllIdentifiers);
        DumpSelection selection = request.Selection with { TextOnly = true };
        using var source = new LiveSource(
            request.Source,
            selection,
            request.Session.ForPgDump,
            request.Encoding,
            makesChunks: false,
            observer.Warn,
            cancellation);
        (Toc toc, ScriptOptions script) = TargetServer.Fit(EntryFilter.ForArchive(source.Toc, selection), request.Script, observer.Warn);
        return target.Write(toc.Origin, script, writer =>
        {
            using var sink = new PgArchiveSink(writer, script);
            int jobs = sink.TakesInOrder ? 1 : request.Jobs;
            var options = new TransferOptions { Jobs = jobs, BlockCount = 2 * jobs, InOrder = sink.TakesInOrder };
            using var transfer = new DumpTransfer(source, toc, sink, options, observer, cancellation);
            transfer.Run();
            return new DumpResult(toc, sink.Totals, source.QueryCount);
        });
    }

    /// <summary>As <see cref="ToScriptFile"/>, but what the file holds stays, and the script comes behind it.</summary>
    /// <exception cref="PureDumpException">Any failure; the file ends with a part of the script then.</exception>
    public static DumpResult AppendScript(DumpRequest request, string path, ITransferObserver observer, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            DumpResult result = ToScript(request, file, observer, cancellation);
            file.Flush(flushToDisk: request.Sync != FileSync.None);
            return result;
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write \"{path}\"");
        }
    }

    /// <summary>Dumps into a stream, front to back. A stream that ends early holds an archive without a footer.</summary>
    /// <exception cref="PureDumpException">Any failure.</exception>
    public static DumpResult ToStream(DumpRequest request, Stream output, ITransferObserver observer, CancellationToken cancellation) =>
        ToStream(request, null, output, observer, cancellation);

    /// <summary>As <see cref="ToStream(DumpRequest, Stream, ITransferObserver, CancellationToken)"/>, as a member of the archive of a
    /// cluster.</summary>
    /// <param name="request">What to dump, and how.</param>
    /// <param name="member">The name of the database there; null: an archive of its own.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static DumpResult ToStream(
        DumpRequest request,
        string? member,
        Stream output,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        using IDisposable quoting = SqlText.QuotingAll(request.Session.QuoteAllIdentifiers);
        int jobs = request.Deterministic ? 1 : request.Jobs;
        int threadCount = Math.Max(1, Math.Min(Environment.ProcessorCount, Math.Max(request.Jobs, 2)));
        DumpSelection selection = request.Selection with { ChecksAfterRows = true };
        using var source = new LiveSource(
            request.Source, selection, request.Session, request.Encoding, request.Deterministic || jobs > 1, observer.Warn, cancellation);
        Toc toc = EntryFilter.ForArchive(source.Toc, request.Selection);
        if (member is not null)
        {
            toc = new Toc(toc.Origin with { Database = ClusterNames.In(toc.Origin.Encoding, member) }, toc.Entries);
        }

        var header = new ArchiveHeader(request.Deterministic ? null : DateTime.UtcNow, member is null ? null : MemberKind.Database);
        ArchiveTotals totals = ArchiveTransfer.Write(source, toc, output, header, request.Codec, threadCount, jobs, observer, cancellation);
        return new DumpResult(toc, totals, source.QueryCount);
    }
}
