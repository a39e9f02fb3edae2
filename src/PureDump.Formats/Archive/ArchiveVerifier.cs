using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>Reads a whole archive and reports every damage, not only the first.</summary>
internal sealed class ArchiveVerifier
{
    private readonly List<ArchiveFinding> _findings = [];

    /// <summary>What was found, in the order of the file; empty where the archive is whole.</summary>
    public IReadOnlyList<ArchiveFinding> Findings => _findings;

    /// <summary>The Toc, or null where even that is damaged.</summary>
    public Toc? Toc { get; private set; }

    /// <summary>The totals of what passed its checks.</summary>
    public long BlockCount { get; private set; }

    /// <inheritdoc cref="BlockCount"/>
    public long RowCount { get; private set; }

    /// <inheritdoc cref="BlockCount"/>
    public long RawBytes { get; private set; }

    /// <summary>Bytes of its rows records in the file, without their headers.</summary>
    public long StoredBytes { get; private set; }

    /// <summary>Bytes read.</summary>
    public long Length { get; private set; }

    /// <summary>Reads to the end.</summary>
    /// <param name="input">Read front to back, not disposed of.</param>
    /// <param name="progress">Told the offset now and then, or null.</param>
    /// <param name="cancellation">Looked at between records.</param>
    /// <param name="member">What it should be of a cluster's; null: an archive of its own.</param>
    /// <exception cref="PureDumpException">It is no archive at all, one of another version or kind, or cannot be read.</exception>
    public void Verify(Stream input, Action<long>? progress, CancellationToken cancellation, MemberKind? member = null)
    {
        var scanner = new RecordScanner(input, _findings.Add);
        if (scanner.IsHeaderWhole)
        {
            scanner.Header.Require(member);
        }

        using var structure = new ArchiveStructure();
        using var decoder = new BlockDecoder();
        byte[] room = GC.AllocateUninitializedArray<byte>(ArchiveLimits.RecordLengthMax);
        while (scanner.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            RecordHeader header = scanner.Record;
            if (structure.Toc is null && header.Type != RecordType.Toc)
            {
                // Nothing can be said of blocks without the table of contents; their own checks passed.
                continue;
            }

            try
            {
                if (header.Type == RecordType.Rows)
                {
                    Decode(structure, decoder, header, scanner.Payload, room);
                }
            }
            catch (PureDumpException e)
            {
                Add(e, scanner);
            }

            try
            {
                structure.Take(header, scanner.Payload, scanner.RecordOffset);
            }
            catch (PureDumpException e) when (e.Kind == ErrorKind.ArchiveDamaged)
            {
                Add(e, scanner);
            }

            progress?.Invoke(scanner.Offset);
        }

        Toc = structure.Toc;
        Length = scanner.Offset;
        if (Toc is null)
        {
            _findings.Add(new ArchiveFinding("the table of contents is damaged or missing", ArchiveHeader.Size));
        }
        else if (structure.Footer is null)
        {
            foreach (TocEntry entry in Toc.Entries)
            {
                if (entry.HasBlocks && !structure.IsEnded(entry.Id.Value))
                {
                    _findings.Add(
                        new ArchiveFinding(
                            $"{entry.Label} is incomplete: {structure.TotalsOf(entry.Id.Value).RowCount} rows are there, its end is "
                                + "missing",
                            Length,
                            entry.Id.Value));
                }
            }

            _findings.Add(new ArchiveFinding($"the archive is truncated: it ends at offset {Length} without a footer", Length));
        }
    }

    // Of an entry that is not known the structure says what is to be said.
    private void Decode(ArchiveStructure structure, BlockDecoder decoder, RecordHeader header, ReadOnlySpan<byte> stored, byte[] room)
    {
        if (structure.Toc!.TryFind(new DumpId(header.Entry), out TocEntry? entry) && entry.HasBlocks)
        {
            decoder.UseEncoding(structure.Toc.Origin.Encoding);
            decoder.Decode(header, entry, stored, room.AsSpan(0, header.RawLength));
        }

        BlockCount++;
        RowCount += header.RowCount;
        RawBytes += header.RawLength;
        StoredBytes += header.StoredLength;
    }

    private void Add(PureDumpException error, RecordScanner scanner)
    {
        bool isBlock = scanner.Record.Type == RecordType.Rows;
        _findings.Add(new ArchiveFinding(
            error.Message, scanner.RecordOffset, isBlock ? scanner.Record.Entry : null, isBlock ? scanner.Record.Sequence : null));
    }
}
