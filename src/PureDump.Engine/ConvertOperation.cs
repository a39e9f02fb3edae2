using PureDump.Engine.Sinks;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Storage.Local;

namespace PureDump.Engine;

/// <summary>Makes an archive of another format, or a script, of an archive. No server is needed.</summary>
internal static class ConvertOperation
{
    /// <summary>Into an archive of pg_dump.</summary>
    /// <param name="path">The archive to read; null: <paramref name="input"/>.</param>
    /// <param name="input">A pipe it is read from.</param>
    /// <param name="target">What to write.</param>
    /// <param name="script">Which server it is for.</param>
    /// <param name="jobs">How many tables are written at the same time, where the format can take them.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="member">As <see cref="RestoreRequest.Member"/>.</param>
    /// <exception cref="PureDumpException">Any failure; nothing stays under the archive's name.</exception>
    public static DumpResult ToPgArchive(
        string? path,
        Stream? input,
        PgArchiveTarget target,
        ScriptOptions script,
        int jobs,
        ITransferObserver observer,
        CancellationToken cancellation,
        string? member = null)
    {
        using IDumpSource source = Open(path, input, asText: true, member);
        // Where rows are statements already, an archive has no COPY statement for them: that is said by the entries.
        (Toc toc, ScriptOptions fitted) = TargetServer.Fit(source.Toc, script, observer.Warn);
        return target.Write(toc.Origin, fitted, writer =>
        {
            using var sink = new PgArchiveSink(writer, fitted);
            bool inOrder = sink.TakesInOrder || source is IStreamSource;
            return Run(source, toc, sink, inOrder ? 1 : jobs, inOrder, () => sink.Totals, observer, cancellation);
        });
    }

    /// <summary>Into an archive of PureDump's own format, with the rows as they are.</summary>
    /// <inheritdoc cref="ToPgArchive"/>
    /// <param name="path">The archive to read; null: <paramref name="input"/>.</param>
    /// <param name="input">A pipe it is read from.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="codec">How blocks are compressed.</param>
    /// <param name="jobs">How many threads read.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="member">As <see cref="RestoreRequest.Member"/>.</param>
    public static DumpResult ToArchive(
        string? path,
        Stream? input,
        Stream output,
        CodecSetting codec,
        int jobs,
        ITransferObserver observer,
        CancellationToken cancellation,
        string? member = null)
    {
        using IDumpSource source = Open(path, input, asText: false, member);
        ArchiveTotals totals = ArchiveTransfer.Write(
            source,
            source.Toc,
            output,
            new ArchiveHeader(DateTime.UtcNow),
            codec,
            Math.Max(1, Environment.ProcessorCount),
            jobs,
            observer,
            cancellation);
        return new DumpResult(source.Toc, totals, 0);
    }

    /// <summary>Has an archive or a script written into a file that appears under its name when it is whole, and not before.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="sync">How it is brought to the medium.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="isArchive">True where it is to be read back as an archive of PureDump's own format.</param>
    /// <exception cref="PureDumpException">Any failure; no file is left.</exception>
    public static T IntoFile<T>(string path, FileSync sync, Func<Stream, T> write, bool isArchive) =>
        OutputFile.Write(path, sync, write, isArchive ? ArchiveFile.Check : OutputFile.Unchecked);

    /// <summary>Into a script.</summary>
    /// <inheritdoc cref="ToPgArchive"/>
    /// <param name="path">The archive to read; null: <paramref name="input"/>.</param>
    /// <param name="input">A pipe it is read from.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="script">How it is written.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="member">As <see cref="RestoreRequest.Member"/>.</param>
    public static DumpResult ToScript(
        string? path,
        Stream? input,
        Stream output,
        ScriptOptions script,
        StreamCompression compression,
        ITransferObserver observer,
        CancellationToken cancellation,
        string? member = null)
    {
        using IDumpSource source = Open(path, input, asText: true, member);
        ScriptRows.Check(source.Toc);
        using Stream? compressed = compression.Into(output);
        (Toc toc, ScriptOptions fitted) = TargetServer.Fit(source.Toc, script, observer.Warn);
        using var sink = new ScriptSink(compressed ?? output, fitted);
        DumpResult result = Run(source, toc, sink, 1, true, () => sink.Totals, observer, cancellation);
        compressed?.Dispose();
        return result;
    }

    private static IDumpSource Open(string? path, Stream? input, bool asText, string? member)
    {
        IDumpSource source = path is null
            ? ArchiveSources.Open(input!, member: member)
            : ArchiveSources.Open(path, partCountMax: 1, member);
        try
        {
            return asText ? TextSource.Of(source, static _ => true) : source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static DumpResult Run(
        IDumpSource source,
        Toc toc,
        IDumpSink sink,
        int jobs,
        bool inOrder,
        Func<ArchiveTotals> totals,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        var options = new TransferOptions { Jobs = jobs, BlockCount = (2 * jobs) + 2, InOrder = inOrder, ExitOnError = true };
        using var transfer = new DumpTransfer(source, toc, sink, options, observer, cancellation);
        transfer.Run();
        return new DumpResult(toc, totals(), 0);
    }
}
