using PureDump.Formats.Archive;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Reading;

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

    /// <summary>Of an archive of PureDump's own.</summary>
    /// <param name="input">The archive; a stream is read to its end.</param>
    /// <param name="member">Which database of a cluster, empty for its globals; null: it is that of one database.</param>
    /// <param name="cancellation">Ends it.</param>
    public static ArchiveContents Of(ArchiveInput input, string? member, CancellationToken cancellation)
    {
        if (member is { Length: 0 })
        {
            return ClusterContents.Read(input, cancellation).First().Contents;
        }

        if (input.IsStream)
        {
            return input.ReadArchive(member, reader => Read(reader, cancellation));
        }

        using ArchiveFile file = input.OpenArchive(member);
        return Of(file);
    }

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
