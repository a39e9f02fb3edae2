using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sources;

/// <summary>An archive of pg_dump out of a pipe.</summary>
/// <remarks>
/// A script made of a pipe reads it to its end: a cut end, or a member that comes twice, shows nowhere else.
/// </remarks>
internal sealed class PgArchiveStreamSource(PgArchiveReader archive, bool asConforming = false) : IStreamSource
{
    private PgEntryRows? _rows;
    private TocEntry? _entry;

    /// <inheritdoc/>
    public Toc Toc => archive.Toc;

    /// <inheritdoc/>
    public StreamEvent ReadStream(RowBlock block, out TocEntry? entry)
    {
        if (_rows is null)
        {
            if (!archive.ReadNext(out PgArchiveItem? item))
            {
                entry = null;
                return StreamEvent.End;
            }

            _entry = item.Value.Entry;
            _rows = PgEntryRows.Of(item.Value, archive.Toc.Origin, asConforming);
        }

        entry = _entry;
        if (_rows.Read(block))
        {
            return StreamEvent.Block;
        }

        _rows.Dispose();
        _rows = null;
        return StreamEvent.EntryEnd;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        // Its end was looked at when it was read.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows?.Dispose();
        archive.Dispose();
    }
}
