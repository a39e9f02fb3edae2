using PureDump.Engine.Jobs;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>Where a Toc and its rows come from: an <see cref="IPartSource"/> or an <see cref="IStreamSource"/>.</summary>
internal interface IDumpSource : IDisposable
{
    /// <summary>The table of contents.</summary>
    Toc Toc { get; }

    /// <summary>Everything was read. Throws where something happened meanwhile that makes it worthless.</summary>
    void Complete();
}

/// <summary>A source whose rows several workers read in any order, in parts: a live database, an archive in a file.</summary>
internal interface IPartSource : IDumpSource
{
    /// <summary>How the rows of an entry can be read by several workers; at least one part.</summary>
    IReadOnlyList<RowPart> PartsOf(TocEntry entry);

    /// <summary>Something that reads parts, for one thread.</summary>
    ISourceWorker OpenWorker();
}

/// <summary>A source whose rows come in an order of its own: an archive in a pipe.</summary>
internal interface IStreamSource : IDumpSource
{
    /// <summary>The next thing in the stream.</summary>
    /// <param name="block">Filled where the result is <see cref="StreamEvent.Block"/>.</param>
    /// <param name="entry">Whose block or end it is.</param>
    StreamEvent ReadStream(RowBlock block, out TocEntry? entry);
}

/// <summary>What <see cref="IStreamSource.ReadStream"/> came to.</summary>
internal enum StreamEvent
{
    /// <summary>A block of an entry.</summary>
    Block,

    /// <summary>An entry has no more blocks.</summary>
    EntryEnd,

    /// <summary>Nothing follows, and what was read is whole.</summary>
    End,
}

/// <summary>Reads parts of a source, one at a time, on one thread.</summary>
internal interface ISourceWorker : IDisposable
{
    /// <summary>Begins a part. What was not read of the one before is given up.</summary>
    void Open(RowPart part);

    /// <summary>Fills an empty block; its <see cref="RowBlock.Entry"/> too. False where the part has no more.</summary>
    bool Read(RowBlock block);

    /// <summary>
    /// Ends the part, read to its end or not, before another one is begun. Throws nothing: a worker that cannot go on says so when it is
    /// to.
    /// </summary>
    void Leave();

    /// <summary>Cuts off whatever the worker is waiting for, from another thread.</summary>
    void Abort();
}
