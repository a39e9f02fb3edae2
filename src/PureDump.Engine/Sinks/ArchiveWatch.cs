using System.Diagnostics;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Sinks;

/// <summary>Passes on to an observer where the time of an archive's threads goes.</summary>
internal sealed class ArchiveWatch(Toc toc, ITransferObserver observer) : IArchiveWatch
{
    /// <inheritdoc/>
    public long Now() => Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void Spent(DumpId entry, ArchiveStage stage, long since)
    {
        TransferStage own = stage switch
        {
            ArchiveStage.Split => TransferStage.Split,
            ArchiveStage.Compress => TransferStage.Compress,
            ArchiveStage.Write => TransferStage.Write,
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "not a stage of an archive"),
        };
        observer.Spent(toc[entry], own, Stopwatch.GetElapsedTime(since));
    }
}
