using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive;

/// <summary>
/// Walks the records of an archive from front to back, from a file or a pipe, checking each by itself. Told what to do
/// with damage, it goes on behind it; else the first damage is thrown.
/// </summary>
internal sealed class RecordScanner
{
    private const int BufferSizeMin = 1 << 16;

    private readonly Stream _input;
    private readonly Action<ArchiveFinding>? _damaged;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSizeMin);
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private int _payloadStart;

    /// <summary>A scanner at the very start of an archive; reads the file header.</summary>
    /// <param name="input">Read front to back, not disposed of.</param>
    /// <param name="damaged">Told of each damage; null: throw it.</param>
    /// <exception cref="PureDumpException">It is no archive, or one of another version. Never passed to
    /// <paramref name="damaged"/>: without a header nothing else has a meaning.</exception>
    public RecordScanner(Stream input, Action<ArchiveFinding>? damaged = null)
    {
        _input = input;
        _damaged = damaged;
        Fill(ArchiveHeader.Size);
        ReadOnlySpan<byte> head = _buffer.AsSpan(0, Math.Min(_end, ArchiveHeader.Size));
        if (head.IsEmpty)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, "this is not a PureDump archive: it is empty");
        }

        try
        {
            Header = ArchiveHeader.Read(head);
            IsHeaderWhole = true;
        }
        catch (PureDumpException e) when (damaged is not null && e.Kind == ErrorKind.ArchiveDamaged && head.StartsWith(ArchiveHeader.Magic))
        {
            damaged(new ArchiveFinding(e.Message, 0));
        }

        _start = Math.Min(_end, ArchiveHeader.Size);
        Offset = ArchiveHeader.Size;
    }

    /// <summary>The file header.</summary>
    public ArchiveHeader Header { get; }

    /// <summary>False where the file header was damaged, and that was passed over.</summary>
    public bool IsHeaderWhole { get; }

    /// <summary>The header of the record that was read last.</summary>
    public RecordHeader Record { get; private set; }

    /// <summary>Where that record begins, in bytes from the start of the archive.</summary>
    public long RecordOffset { get; private set; }

    /// <summary>Where the next record should begin.</summary>
    public long Offset { get; private set; }

    /// <summary>The stored payload of the record that was read last; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(_payloadStart, Record.StoredLength);

    /// <summary>Reads the next record whose header and payload pass their checks.</summary>
    /// <returns>False at the end of the input.</returns>
    public bool Read()
    {
        while (true)
        {
            if (!Fill(RecordHeader.Size))
            {
                if (_end > _start)
                {
                    Report(Truncated());
                    Consume(_end - _start);
                }

                return false;
            }

            if (TryReadRecord())
            {
                return true;
            }
        }
    }

    private bool TryReadRecord()
    {
        RecordHeader header;
        try
        {
            header = RecordHeader.Read(_buffer.AsSpan(_start, RecordHeader.Size), Offset);
        }
        catch (PureDumpException e) when (_damaged is not null)
        {
            Report(e);
            Consume(1);
            Resynchronize();
            return false;
        }

        if (!Fill(RecordHeader.Size + header.StoredLength))
        {
            Report(Truncated(), header);
            Consume(1);
            Resynchronize();
            return false;
        }

        try
        {
            header.CheckPayload(_buffer.AsSpan(_start + RecordHeader.Size, header.StoredLength), Offset);
        }
        catch (PureDumpException e) when (_damaged is not null)
        {
            Report(e, header);
            bool nextIsInPlace = Fill(RecordHeader.Size + header.StoredLength + RecordHeader.Size)
                && RecordHeader.IsWhole(_buffer.AsSpan(_start + RecordHeader.Size + header.StoredLength));
            // Bytes that were lost or added move the next record: then it is looked for inside the payload.
            Consume(nextIsInPlace ? RecordHeader.Size + header.StoredLength : 1);
            Resynchronize();
            return false;
        }

        Record = header;
        RecordOffset = Offset;
        _payloadStart = _start + RecordHeader.Size;
        Consume(RecordHeader.Size + header.StoredLength);
        return true;
    }

    // Goes to the next place where a whole record header stands, or to the end.
    private void Resynchronize()
    {
        while (Fill(RecordHeader.Size))
        {
            int at = _buffer.AsSpan(_start, _end - _start).IndexOf(RecordHeader.Magic);
            if (at < 0)
            {
                Consume(_end - _start - (RecordHeader.Magic.Length - 1));
                continue;
            }

            Consume(at);
            if (!Fill(RecordHeader.Size))
            {
                break;
            }

            if (RecordHeader.IsWhole(_buffer.AsSpan(_start, RecordHeader.Size)))
            {
                return;
            }

            Consume(1);
        }

        Consume(_end - _start);
    }

    private void Consume(int count)
    {
        _start += count;
        Offset += count;
    }

    // True where so many bytes stand in the buffer from _start on.
    private bool Fill(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        // Never more is asked for than a record and the header behind it.
        byte[] target = count <= _buffer.Length ? _buffer : GC.AllocateUninitializedArray<byte>(Math.Max(count, 2 * _buffer.Length));
        _buffer.AsSpan(_start.._end).CopyTo(target);
        _buffer = target;
        _end -= _start;
        _start = 0;

        while (!_isAtEnd && _end < count)
        {
            int read;
            try
            {
                read = _input.Read(_buffer, _end, _buffer.Length - _end);
            }
            catch (IOException e)
            {
                throw new PureDumpException(ErrorKind.File, $"could not read the archive at offset {Offset}: {e.Message}", null, e);
            }

            _isAtEnd = read == 0;
            _end += read;
        }

        return _end >= count;
    }

    private PureDumpException Truncated() =>
        new(ErrorKind.ArchiveDamaged, $"the archive is truncated: it ends inside the record at offset {Offset}");

    private void Report(PureDumpException damage, RecordHeader? header = null)
    {
        if (_damaged is null)
        {
            throw damage;
        }

        bool isBlock = header is { Type: RecordType.Rows };
        _damaged(new ArchiveFinding(damage.Message, Offset, isBlock ? header!.Value.Entry : null, isBlock ? header!.Value.Sequence : null));
    }
}
