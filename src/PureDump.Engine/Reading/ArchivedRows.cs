using System.Buffers;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;
using PureDump.Formats.Values;

namespace PureDump.Engine.Reading;

/// <summary>The rows of one table out of an archive, as COPY's text, block by block: no more than one is held.</summary>
internal sealed class ArchivedRows : IDisposable
{
    private readonly RowBlockPool _pool = new(1);
    private readonly RowTextDecoder? _decoder;
    private readonly Func<RowBlock, bool> _fill;
    private readonly IDisposable? _owned;
    private bool _isAtEnd;

    private ArchivedRows(Toc toc, TocEntry entry, Func<RowBlock, bool> fill, IDisposable? owned)
    {
        _decoder = entry.Rows!.Format == RowFormat.Binary ? new ValueTypes(toc).OpenDecoder(entry.Rows) : null;
        _fill = fill;
        _owned = owned;
    }

    /// <summary>Out of a file, by its index.</summary>
    /// <param name="file">Stays open; several may read it at once.</param>
    /// <param name="entry">Whose rows.</param>
    /// <exception cref="PureDumpException">They cannot become text without a server (<see cref="ErrorKind.Catalog"/>).</exception>
    public static ArchivedRows Of(ArchiveFile file, TocEntry entry)
    {
        var decoder = new BlockDecoder();
        byte[] room = new byte[RecordHeader.Size + ArchiveLimits.RecordLengthMax];
        IEnumerator<IndexItem> items = file.BlocksOf(entry.Id).GetEnumerator();
        return new ArchivedRows(file.Toc, entry, Fill, decoder);

        bool Fill(RowBlock block)
        {
            if (!items.MoveNext())
            {
                return false;
            }

            file.Read(items.Current, block, decoder, room);
            return true;
        }
    }

    /// <summary>Out of an archive that is read front to back: what stands before the rows and behind them is passed over, or not
    /// read.</summary>
    /// <inheritdoc cref="Of(ArchiveFile, TocEntry)"/>
    public static ArchivedRows Of(ArchiveStreamReader reader, TocEntry entry, CancellationToken cancellation)
    {
        return new ArchivedRows(reader.Toc, entry, Fill, null);

        bool Fill(RowBlock block)
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                RecordType type = reader.Read(out DumpId id);
                if (type == RecordType.Footer || (type == RecordType.End && id == entry.Id))
                {
                    return false;
                }

                if (type == RecordType.Rows && id == entry.Id)
                {
                    reader.Take(block);
                    return true;
                }
            }
        }
    }

    /// <summary>Out of an archive of pg_dump's, in a file or directory.</summary>
    /// <param name="archive">Stays open; several may read it at once.</param>
    /// <param name="entry">Whose rows.</param>
    /// <exception cref="PureDumpException">They are INSERT statements (<see cref="ErrorKind.NotFound"/>), or cannot be read.</exception>
    public static ArchivedRows Of(PgArchiveReader archive, TocEntry entry)
    {
        if (archive.DataKindOf(entry) != PgDataKind.CopyText)
        {
            throw new PureDumpException(
                ErrorKind.NotFound,
                $"{entry.Label}: its rows are statements, or are not in the archive",
                "a dump without --inserts holds rows");
        }

        Stream data = archive.OpenData(entry);
        var reader = new CopyTextReader(data, entry.Label, entry.Rows!.Columns.Count, archive.Toc.Origin.Encoding);
        return new ArchivedRows(archive.Toc, entry, reader.Read, data);
    }

    /// <summary>Reads the next block.</summary>
    /// <param name="target">Gets whole lines, or a part of a long one that goes on with the next block.</param>
    /// <param name="cancellation">Looked at before.</param>
    /// <returns>False where there was none.</returns>
    /// <exception cref="PureDumpException">The archive is damaged there (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public bool Read(IBufferWriter<byte> target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_isAtEnd)
        {
            return false;
        }

        using RowBlock block = _pool.Rent(cancellation);
        if (!_fill(block))
        {
            _isAtEnd = true;
            _decoder?.End();
            return false;
        }

        if (_decoder is null)
        {
            target.Write(block.Bytes);
        }
        else
        {
            _decoder.Decode(block, target);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _owned?.Dispose();
        _pool.Dispose();
    }
}
