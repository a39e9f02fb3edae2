using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Archive;

/// <summary>Reads an archive front to back, from a pipe or a file. Everything is checked before it is handed out.</summary>
internal sealed class ArchiveStreamReader : IDisposable
{
    private readonly RecordScanner _scanner;
    private readonly ArchiveStructure _structure = new();
    private readonly BlockDecoder _decoder = new();
    private readonly Action<ArchiveFinding>? _lost;
    private readonly HashSet<DumpId> _ended = [];
    private readonly byte[] _salvaged;
    private Queue<DumpId>? _unended;

    /// <summary>Reads the header and the Toc.</summary>
    /// <param name="input">Read front to back, not disposed of.</param>
    /// <param name="lost">To salvage what is whole: told of each damage, which is then passed over. Null: throw it.</param>
    /// <param name="member">What it should be of a cluster's; null: an archive of its own.</param>
    /// <exception cref="PureDumpException">Not a whole archive of this version, up to there. The Toc must be whole in any case.</exception>
    public ArchiveStreamReader(Stream input, Action<ArchiveFinding>? lost = null, MemberKind? member = null)
    {
        _lost = lost;
        _salvaged = lost is null ? [] : GC.AllocateUninitializedArray<byte>(ArchiveLimits.RecordLengthMax);
        _scanner = new RecordScanner(input, lost);
        if (_scanner.IsHeaderWhole)
        {
            _scanner.Header.Require(member);
        }

        while (!_structure.IsBehindToc)
        {
            Require();
            if (_scanner.Record.Type != RecordType.Toc)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"the record at offset {_scanner.RecordOffset} should be a piece of the table of contents");
            }

            _structure.Take(_scanner.Record, _scanner.Payload, _scanner.RecordOffset);
        }

        Toc = _structure.Toc!;
    }

    /// <summary>The file header.</summary>
    public ArchiveHeader Header => _scanner.Header;

    /// <summary>The table of contents.</summary>
    public Toc Toc { get; }

    /// <summary>Bytes read so far.</summary>
    public long Offset => _scanner.Offset;

    /// <summary>The header of the record that <see cref="Read"/> returned last.</summary>
    public RecordHeader Record => _scanner.Record;

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
            if (!_scanner.Read())
            {
                return EndOfInput(out entry);
            }

            RecordHeader header = _scanner.Record;
            bool isInPlace = Take(header);
            entry = new DumpId(header.Entry);
            if (header.Type == RecordType.Footer && isInPlace)
            {
                if (_scanner.Read())
                {
                    Report(
                        new PureDumpException(ErrorKind.ArchiveDamaged, $"a record follows the footer, at offset {_scanner.RecordOffset}"));
                }

                return EndOfInput(out entry);
            }

            if (_lost is not null && header.Type == RecordType.Rows && header.Flags != 0)
            {
                // Whether the other pieces of the row are whole shows too late: half a row would spoil the whole COPY.
                Report(
                    new PureDumpException(
                        ErrorKind.ArchiveDamaged,
                        $"block {header.Sequence} of entry {header.Entry} is a piece of a row larger than a block, which is not salvaged"));
                continue;
            }

            if (_lost is not null && header.Type == RecordType.Rows && !IsWhole(header))
            {
                continue;
            }

            // An end that misses rows is the end nevertheless; what comes behind it was reported and has no place any more.
            bool isOfEntry = header.Type is RecordType.Rows or RecordType.End && Toc.TryFind(entry, out TocEntry? known) && known.HasBlocks;
            if (isOfEntry && !_ended.Contains(entry))
            {
                if (header.Type == RecordType.End)
                {
                    _ended.Add(entry);
                }

                return header.Type;
            }
        }
    }

    // When salvaging, whether a block is what it announces must show before it is promised.
    private bool IsWhole(RecordHeader header)
    {
        try
        {
            if (Toc.TryFind(new DumpId(header.Entry), out TocEntry? entry))
            {
                _decoder.UseEncoding(Toc.Origin.Encoding);
                _decoder.Decode(header, entry, _scanner.Payload, _salvaged.AsSpan(0, header.RawLength));
            }

            return true;
        }
        catch (PureDumpException e)
        {
            Report(e);
            return false;
        }
    }

    // Checks a record against those before. When salvaging, rows that are whole are taken even out of their place.
    private bool Take(RecordHeader header)
    {
        try
        {
            _structure.Take(header, _scanner.Payload, _scanner.RecordOffset);
            return true;
        }
        catch (PureDumpException e) when (_lost is not null)
        {
            Report(e);
            return false;
        }
    }

    private void Report(PureDumpException damage)
    {
        if (_lost is null)
        {
            throw damage;
        }

        bool isBlock = _scanner.Record.Type == RecordType.Rows;
        _lost(
            new ArchiveFinding(
                damage.Message,
                _scanner.RecordOffset,
                isBlock ? _scanner.Record.Entry : null,
                isBlock ? _scanner.Record.Sequence : null));
    }

    // Without a footer the archive is truncated. When salvaging, the entries whose end is missing end here.
    private RecordType EndOfInput(out DumpId entry)
    {
        entry = default;
        if (_unended is null)
        {
            if (_structure.Footer is null)
            {
                Report(Truncated());
            }

            _unended = new Queue<DumpId>(
                Toc.Entries.Where(known => known.HasBlocks && !_ended.Contains(known.Id)).Select(known => known.Id));
        }

        return _unended.TryDequeue(out entry) ? RecordType.End : RecordType.Footer;
    }

    /// <summary>Decodes the rows record that was read last.</summary>
    public void Take(RowBlock block)
    {
        RecordHeader header = _scanner.Record;
        _decoder.UseEncoding(Toc.Origin.Encoding);
        _decoder.Decode(header, Toc[new DumpId(header.Entry)], _scanner.Payload, block);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _structure.Dispose();
        _decoder.Dispose();
    }

    private void Require()
    {
        if (!_scanner.Read())
        {
            throw Truncated();
        }
    }

    private PureDumpException Truncated() => new(
        ErrorKind.ArchiveDamaged,
        $"the archive is truncated: it ends at offset {_scanner.Offset} without a footer",
        "puredump verify says what is there; puredump restore --salvage takes it");
}
