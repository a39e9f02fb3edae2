using PureDump.Engine.Files;
using PureDump.Engine.Transfer;
using PureDump.Formats;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;

namespace PureDump.Engine;

/// <summary>What a restore came to.</summary>
/// <param name="Toc">What was restored.</param>
/// <param name="FailureCount">How many entries failed and were passed over.</param>
/// <param name="Lost">With <see cref="RestoreRequest.Salvage"/>: the damage that was passed over.</param>
public sealed record RestoreResult(Toc Toc, int FailureCount, IReadOnlyList<ArchiveFinding> Lost);

/// <summary>Restores an archive into a live database.</summary>
public static class RestoreOperation
{
    /// <summary>Restores out of a file, by its index.</summary>
    /// <exception cref="PureDumpException">A failure that is not about one entry, or any with <see cref="RestoreRequest.ExitOnError"/>.</exception>
    public static RestoreResult FromFile(RestoreRequest request, string path, ITransferObserver observer, CancellationToken cancellation)
    {
        if (request.Salvage)
        {
            using FileStream stream = InputFile.Open(path);
            return FromStream(request, stream, observer, cancellation);
        }

        // Where foreign keys stand already, a table that references itself must be loaded by one statement.
        int partCountMax = request.Selection.WithSchema ? request.Jobs : 1;
        using var source = new ArchiveFileSource(new ArchiveFile(path), partCountMax);
        return Run(request, source, observer, cancellation);
    }

    /// <summary>Restores out of a stream, front to back.</summary>
    /// <exception cref="PureDumpException">As with <see cref="FromFile"/>.</exception>
    public static RestoreResult FromStream(RestoreRequest request, Stream input, ITransferObserver observer, CancellationToken cancellation)
    {
        var lost = new List<ArchiveFinding>();
        using var source = new ArchiveStreamSource(new ArchiveStreamReader(input, request.Salvage ? lost.Add : null));
        RestoreResult result = Run(request, source, observer, cancellation);
        return result with { Lost = lost };
    }

    private static RestoreResult Run(RestoreRequest request, IDumpSource source, ITransferObserver observer, CancellationToken cancellation)
    {
        Toc toc = EntryFilter.Apply(source.Toc, request.Selection);
        bool dropsDatabase = request is { CreateDatabase: true, Clean: true };
        var sinkOptions = new LiveSinkOptions
        {
            DatabaseEntries = request.CreateDatabase ? EntryFilter.DatabaseEntries(source.Toc, request.Selection) : [],
            DropDatabase = dropsDatabase,
            IfExists = request.IfExists,
            SingleTransaction = request.SingleTransaction,
            RefuseExisting = !request.Clean && !request.CreateDatabase && request.Selection.WithSchema
                && (request.Selection.Sections.Count == 0 || request.Selection.Sections.Contains(Section.PreData)),
        };
        using var sink = new LiveSink(request.Target, sinkOptions, observer.Warn, cancellation);
        var options = new TransferOptions
        {
            Jobs = request.SingleTransaction ? 1 : request.Jobs,
            BlockCount = (4 * request.Jobs) + 2,
            ExitOnError = request.ExitOnError || request.SingleTransaction,
            Clean = request.Clean && !dropsDatabase,
            IfExists = request.IfExists,
        };
        using var transfer = new DumpTransfer(source, toc, sink, options, observer, cancellation);
        transfer.Run();
        return new RestoreResult(toc, transfer.FailureCount, []);
    }
}
