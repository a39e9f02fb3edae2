using PureDump.Formats.Entries;

namespace PureDump.Formats.Archive;

/// <summary>What the threads of an <see cref="ArchiveWriter"/> spend their time on.</summary>
/// <remarks>
/// Where the time goes is always recorded, a few clock readings for each block of 1 MiB: the summary names the bottleneck unasked; Formats
/// has no clock, so <c>IArchiveWatch</c> asks the Engine for it.
/// </remarks>
internal enum ArchiveStage
{
    /// <summary>Taking rows apart into columns.</summary>
    Split,

    /// <summary>Compressing, and the checksum.</summary>
    Compress,

    /// <summary>Writing into the output.</summary>
    Write,
}

/// <summary>Is told where the time of an <see cref="ArchiveWriter"/> goes, a few times for each block, by several threads. The clock is its
/// own.</summary>
internal interface IArchiveWatch
{
    /// <summary>This moment, in ticks of the watch's own.</summary>
    long Now();

    /// <summary>A thread has spent the time since a moment on a block of an entry.</summary>
    void Spent(DumpId entry, ArchiveStage stage, long since);
}
