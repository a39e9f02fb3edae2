using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sources;

/// <summary>A .pdump archive out of a pipe.</summary>
internal sealed class ArchiveStreamSource(ArchiveStreamReader reader) : IStreamSource
{
    /// <inheritdoc/>
    public Toc Toc => reader.Toc;

    /// <inheritdoc/>
    public StreamEvent ReadStream(RowBlock block, out TocEntry? entry)
    {
        RecordType type = reader.Read(out DumpId id);
        entry = type == RecordType.Footer ? null : reader.Toc[id];
        switch (type)
        {
            case RecordType.Rows:
                reader.Take(block);
                return StreamEvent.Block;
            case RecordType.End:
                return StreamEvent.EntryEnd;
            default:
                return StreamEvent.End;
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        // The end of the stream was checked when it was read.
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
