using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;

namespace PureDump.Engine.Sources;

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
    /// <param name="archive">Which holds them.</param>
    /// <param name="entry">Whose.</param>
    /// <param name="asConforming">Statements are to be as where <c>standard_conforming_strings</c> is on.</param>
    public static PgEntryRows Open(PgArchiveReader archive, TocEntry entry, bool asConforming)
    {
        PgDataKind kind = archive.DataKindOf(entry);
        return kind switch
        {
            PgDataKind.None => new PgEntryRows(entry, static _ => false, null),
            PgDataKind.LargeObjects => OfObjects(entry, archive.OpenLargeObjects(entry), isOwned: true),
            _ => OfData(entry, kind, archive.OpenData(entry), archive.Toc.Origin, asConforming, isOwned: true),
        };
    }

    /// <summary>Those that a pipe has come to; they belong to the archive.</summary>
    public static PgEntryRows Of(PgArchiveItem item, DumpOrigin origin, bool asConforming) => item.LargeObjects is not null
        ? OfObjects(item.Entry, item.LargeObjects, isOwned: false)
        : OfData(item.Entry, item.Kind, item.Data!, origin, asConforming, isOwned: false);

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

    private static PgEntryRows OfData(TocEntry entry, PgDataKind kind, Stream data, DumpOrigin origin, bool asConforming, bool isOwned)
    {
        IDisposable? owned = isOwned ? data : null;
        if (kind == PgDataKind.CopyText)
        {
            return new PgEntryRows(entry, new CopyTextReader(data, entry.Label, entry.Rows!.Columns.Count, origin.Encoding).Read, owned);
        }

        bool isConforming = origin.StandardConformingStrings;
        if (asConforming && !isConforming)
        {
            (data, isConforming) = (new ConformingStream(data, origin.Encoding), true);
        }

        return new PgEntryRows(entry, new StatementReader(data, origin.Encoding, isConforming, entry.Label).Read, owned);
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
