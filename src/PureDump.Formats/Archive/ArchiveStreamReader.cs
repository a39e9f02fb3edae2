using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Archive;

/// <summary>Reads an archive front to back, from a pipe or a file. Everything is checked before it is handed out.</summary>
public sealed class ArchiveStreamReader : IDisposable
{
    private readonly RecordScanner _scanner;
    private readonly ArchiveStructure _structure = new();
    private readonly PayloadDecompressor _decompressor = new();

    /// <summary>Reads the header and the Toc.</summary>
    /// <param name="input">Read front to back, not disposed of.</param>
    /// <exception cref="PureDumpException">Not a whole archive of this version, up to there.</exception>
    public ArchiveStreamReader(Stream input)
    {
        _scanner = new RecordScanner(input);
        while (_structure.Toc is null)
        {
            Require();
            if (_scanner.Record.Type != RecordType.Toc)
            {
                throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the record at offset {_scanner.RecordOffset} should be a piece of the table of contents");
            }

            _structure.Take(_scanner.Record, _scanner.Payload, _scanner.RecordOffset);
        }

        Toc = _structure.Toc;
    }

    /// <summary>The file header.</summary>
    public ArchiveHeader Header => _scanner.Header;

    /// <summary>The table of contents.</summary>
    public Toc Toc { get; }

    /// <summary>Bytes read so far.</summary>
    public long Offset => _scanner.Offset;

    /// <summary>The totals, once <see cref="Read"/> has returned <see cref="RecordType.Footer"/>.</summary>
    public ArchiveTotals Totals => _structure.Footer ?? throw new InvalidOperationException("the footer was not read yet");

    /// <summary>Goes to the next block or the next end of an entry.</summary>
    /// <param name="entry">Whose block or end it is.</param>
    /// <returns><see cref="RecordType.Rows"/>: take it with <see cref="Take"/>. <see cref="RecordType.End"/>: the entry has no
    /// more. <see cref="RecordType.Footer"/>: that was all, and the archive is whole.</returns>
    /// <exception cref="PureDumpException">The archive is damaged or truncated here.</exception>
    public RecordType Read(out DumpId entry)
    {
        while (true)
        {
            Require();
            RecordHeader header = _scanner.Record;
            _structure.Take(header, _scanner.Payload, _scanner.RecordOffset);
            entry = new DumpId(header.Entry);
            if (header.Type == RecordType.Footer && _scanner.Read())
            {
                throw new PureDumpException(ErrorKind.ArchiveDamaged, $"a record follows the footer, at offset {_scanner.RecordOffset}");
            }

            if (header.Type is not (RecordType.Index or RecordType.Toc))
            {
                return header.Type;
            }
        }
    }

    /// <summary>Decodes the rows record that was read last.</summary>
    public void Take(RowBlock block)
    {
        RecordHeader header = _scanner.Record;
        _decompressor.Decompress(header.Codec, _scanner.Payload, block.Buffer.AsSpan(0, header.RawLength));
        BlockOf(header, block);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _structure.Dispose();
        _decompressor.Dispose();
    }

    internal static void BlockOf(RecordHeader header, RowBlock block)
    {
        block.Entry = new DumpId(header.Entry);
        block.Format = header.Format;
        block.Length = header.RawLength;
        block.RowCount = header.RowCount;
        block.IsContinuation = (header.Flags & RecordHeader.ContinuationFlag) != 0;
        block.Continues = (header.Flags & RecordHeader.ContinuesFlag) != 0;
    }

    private void Require()
    {
        if (!_scanner.Read())
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the archive is truncated: it ends at offset {_scanner.Offset} without a footer",
                "puredump verify says what is there; puredump restore --salvage takes it");
        }
    }
}
