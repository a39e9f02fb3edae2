using PureDump.Formats.Archive;
using PureDump.Formats.Entries;

namespace PureDump.Cli.Commands;

/// <summary>What an archive holds, without the rows themselves.</summary>
internal sealed class ArchiveContents
{
    private readonly Dictionary<DumpId, StoredRows> _rows = [];

    private ArchiveContents(ArchiveHeader header, Toc toc)
    {
        Header = header;
        Toc = toc;
    }

    /// <summary>The file header.</summary>
    public ArchiveHeader Header { get; }

    /// <summary>The table of contents.</summary>
    public Toc Toc { get; }

    /// <summary>The footer.</summary>
    public ArchiveTotals Totals { get; private set; }

    /// <summary>Of an archive in a file: its index tells.</summary>
    public static ArchiveContents Of(ArchiveFile file)
    {
        var contents = new ArchiveContents(file.Header, file.Toc) { Totals = file.Totals };
        foreach (TocEntry entry in file.Toc.Entries)
        {
            foreach (IndexItem item in file.BlocksOf(entry.Id))
            {
                contents.Add(entry.Id, item.RowCount, item.RawLength, item.StoredLength);
            }
        }

        return contents;
    }

    /// <summary>Of an archive in a pipe, which must be read to its end.</summary>
    public static ArchiveContents Read(ArchiveStreamReader reader, CancellationToken cancellation)
    {
        var contents = new ArchiveContents(reader.Header, reader.Toc);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (reader.Read(out DumpId id))
            {
                case RecordType.Rows:
                    contents.Add(id, reader.Record.RowCount, reader.Record.RawLength, reader.Record.StoredLength);
                    break;
                case RecordType.Footer:
                    contents.Totals = reader.Totals;
                    return contents;
            }
        }
    }

    /// <summary>Of the globals of a cluster, which have no rows.</summary>
    public static ArchiveContents OfGlobals(ArchiveHeader header, Toc toc, long length) =>
        new(header, toc) { Totals = new ArchiveTotals { Length = length } };

    /// <summary>The rows of an entry.</summary>
    public StoredRows RowsOf(DumpId id) => _rows.GetValueOrDefault(id);

    private void Add(DumpId id, int rowCount, int rawLength, int storedLength) =>
        _rows[id] = RowsOf(id).Plus(rowCount, rawLength, storedLength);
}
