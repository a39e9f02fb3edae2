using PureDump.Formats;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Transfer;

/// <summary>The data of one entry of pg_dump's archive as blocks.</summary>
internal sealed class PgEntryRows : IDisposable
{
    private readonly DumpId _entry;
    private readonly Func<RowBlock, bool> _read;
    private readonly IDisposable? _owned;
    private readonly LargeObjectReader? _objects;
    private Stream? _content;
    private uint _oid;
    private long _offset;

    private PgEntryRows(TocEntry entry, Func<RowBlock, bool>? read, IDisposable? owned, LargeObjectReader? objects = null)
    {
        _entry = entry.Id;
        _objects = objects;
        _owned = owned;
        _read = read ?? ReadPieces;
    }

    /// <summary>Opens them in a file or directory.</summary>
    public static PgEntryRows Open(PgArchiveReader archive, TocEntry entry)
    {
        PgDataKind kind = archive.DataKindOf(entry);
        return kind switch
        {
            PgDataKind.None => new PgEntryRows(entry, static _ => false, null),
            PgDataKind.LargeObjects => OfObjects(entry, archive.OpenLargeObjects(entry), isOwned: true),
            _ => OfData(entry, kind, archive.OpenData(entry), archive.Toc.Origin, isOwned: true),
        };
    }

    /// <summary>Those that a pipe has come to; they belong to the archive.</summary>
    public static PgEntryRows Of(PgArchiveItem item, DumpOrigin origin) => item.LargeObjects is not null
        ? OfObjects(item.Entry, item.LargeObjects, isOwned: false)
        : OfData(item.Entry, item.Kind, item.Data!, origin, isOwned: false);

    /// <summary>Fills an empty block. False where nothing is left.</summary>
    public bool Read(RowBlock block)
    {
        block.Entry = _entry;
        return _read(block);
    }

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    private static PgEntryRows OfObjects(TocEntry entry, LargeObjectReader objects, bool isOwned) =>
        new(entry, null, isOwned ? objects : null, objects);

    private static PgEntryRows OfData(TocEntry entry, PgDataKind kind, Stream data, DumpOrigin origin, bool isOwned)
    {
        Func<RowBlock, bool> read = kind == PgDataKind.CopyText
            ? new CopyTextReader(data, entry.Label, entry.Rows!.Columns.Count, origin.Encoding).Read
            : new StatementReader(data, origin.Encoding, origin.StandardConformingStrings, entry.Label).Read;
        return new PgEntryRows(entry, read, isOwned ? data : null);
    }

    private bool ReadPieces(RowBlock block)
    {
        while (_content is not null || _objects!.Read(out _oid, out _content))
        {
            int length = LargeObjectPiece.Add(block, _oid, _offset, _content);
            if (length < 0)
            {
                break;
            }

            _offset += length;
            if (length == 0)
            {
                _content = null;
                _offset = 0;
            }
        }

        return block.Length > 0;
    }
}
