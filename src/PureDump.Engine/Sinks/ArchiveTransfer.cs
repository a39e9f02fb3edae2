using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Engine.Sinks;

/// <summary>Writes a Toc and its rows into an archive of PureDump's own format, from any source.</summary>
internal static class ArchiveTransfer
{
    /// <summary>Writes it.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="toc">The source's Toc, or what is selected of it.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="header">Stands before the Toc.</param>
    /// <param name="codec">How blocks are compressed.</param>
    /// <param name="threadCount">How many threads compress.</param>
    /// <param name="jobs">How many workers move rows.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PureDumpException">Any failure; the archive has no footer then.</exception>
    public static ArchiveTotals Write(
        IDumpSource source,
        Toc toc,
        Stream output,
        ArchiveHeader header,
        CodecSetting codec,
        int threadCount,
        int jobs,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        DumpTransfer? transfer = null;
        ArchiveWriter? writer = null;
        try
        {
            writer = new ArchiveWriter(output, header, codec, threadCount, () => transfer?.Stop(), new ArchiveWatch(toc, observer));
            using var sink = new ArchiveSink(writer);
            transfer = new DumpTransfer(
                source,
                toc,
                sink,
                new TransferOptions { Jobs = jobs, BlockCount = writer.BlockCountMax + (2 * jobs) },
                observer,
                cancellation);
            transfer.Run();
            return sink.Totals;
        }
        catch (PureDumpException) when (writer?.Failure is { } failure)
        {
            // Who waited for the writer was stopped; the writer knows why.
            throw failure;
        }
        catch (IOException e)
        {
            throw new PureDumpException(ErrorKind.File, $"could not write the archive: {e.Message}", null, e);
        }
        finally
        {
            // The writer first: its threads give blocks back to the transfer, and tell it of their failure.
            writer?.Dispose();
            transfer?.Dispose();
        }
    }
}
