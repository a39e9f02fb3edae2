using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// Reads the primitives of formats/pg-archive.md, section 1, front to back: from a pipe, or from a file from where it stands.
/// Owns its stream. What does not fit is <see cref="ErrorKind.ArchiveDamaged"/> with the place; what the system cannot
/// read is <see cref="ErrorKind.File"/>.
/// </summary>
internal sealed class PgArchiveInput : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    /// <summary>A reader from where the stream stands.</summary>
    /// <param name="stream">Is disposed of with this.</param>
    /// <param name="name">For messages: what is read.</param>
    public PgArchiveInput(Stream stream, string name)
    {
        _stream = stream;
        Name = name;
        Position = stream.CanSeek ? stream.Position : 0;
    }

    /// <summary>What is read, for messages.</summary>
    public string Name { get; }

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>Of integers, as the header says; 1 to 8 bytes.</summary>
    public int IntSize { get; set; } = PgArchiveHeader.IntSize;

    /// <summary>Of offsets, as the header says; 1 to 8 bytes.</summary>
    public int OffsetSize { get; set; } = PgArchiveHeader.OffsetSize;

    /// <summary>The length of a file.</summary>
    public long Length => Guarded(() => _stream.Length);

    /// <summary>True where no byte is left.</summary>
    public bool IsAtEnd => _start == _end && !Fill();

    /// <summary>The error for something that cannot be right.</summary>
    public PureDumpException Damaged(string what) => new(ErrorKind.ArchiveDamaged, $"{Name} is damaged: {what}");

    /// <summary>The next bytes without taking them; fewer where it ends before.</summary>
    /// <param name="length">At most 64 KiB.</param>
    public ReadOnlySpan<byte> Peek(int length)
    {
        while (_end - _start < length && Fill())
        {
            // Reads until enough is there or nothing more comes.
        }

        return _buffer.AsSpan(_start, Math.Min(length, _end - _start));
    }

    /// <summary>Reads what is there, at least one byte; 0 at the end.</summary>
    public int Read(Span<byte> target)
    {
        if (target.IsEmpty || IsAtEnd)
        {
            return 0;
        }

        int length = Math.Min(target.Length, _end - _start);
        _buffer.AsSpan(_start, length).CopyTo(target);
        Advance(length);
        return length;
    }

    /// <summary>Fills the target.</summary>
    public void ReadExactly(Span<byte> target, string what)
    {
        while (!target.IsEmpty)
        {
            int length = Read(target);
            if (length == 0)
            {
                throw EndsIn(what);
            }

            target = target[length..];
        }
    }

    /// <summary>Passes over bytes; in a file without reading them.</summary>
    public void Skip(long length, string what)
    {
        int here = (int)Math.Min(length, _end - _start);
        Advance(here);
        length -= here;
        if (length > 0 && _stream.CanSeek)
        {
            if (length > Length - Position)
            {
                throw EndsIn(what);
            }

            Position += length;
            Guarded(() => _stream.Seek(Position, SeekOrigin.Begin));
            return;
        }

        while (length > 0)
        {
            if (IsAtEnd)
            {
                throw EndsIn(what);
            }

            here = (int)Math.Min(length, _end - _start);
            Advance(here);
            length -= here;
        }
    }

    /// <summary>Passes over all that is left.</summary>
    /// <returns>How many bytes it was.</returns>
    public long SkipRest()
    {
        long start = Position;
        while (!IsAtEnd)
        {
            Advance(_end - _start);
        }

        return Position - start;
    }

    /// <summary>Goes to an offset; of files only.</summary>
    public void Seek(long offset)
    {
        Guarded(() => _stream.Seek(offset, SeekOrigin.Begin));
        Position = offset;
        _start = _end = 0;
    }

    /// <summary>One byte.</summary>
    public byte Byte(string what)
    {
        if (IsAtEnd)
        {
            throw EndsIn(what);
        }

        byte value = _buffer[_start];
        Advance(1);
        return value;
    }

    /// <summary>A signed integer of 32 bits.</summary>
    public int Int(string what)
    {
        ulong magnitude = SignedMagnitude(what, out bool isNegative);
        return magnitude <= int.MaxValue
            ? isNegative ? -(int)magnitude : (int)magnitude
            : throw Damaged($"the {what} at byte {Position} is {magnitude}, which is more than 32 bits hold");
    }

    /// <summary>An OID: its writer took the bits for a signed integer.</summary>
    public uint Oid(string what)
    {
        ulong magnitude = SignedMagnitude(what, out bool isNegative);
        return magnitude <= uint.MaxValue
            ? isNegative ? unchecked((uint)-(int)magnitude) : (uint)magnitude
            : throw Damaged($"the {what} at byte {Position} is {magnitude}, which is no OID");
    }

    /// <summary>An integer that can be neither negative nor above a limit.</summary>
    public int Count(int max, string what)
    {
        int count = Int(what);
        return count >= 0 && count <= max
            ? count
            : throw Damaged($"the {what} at byte {Position} is {count}, allowed are 0 to {max}");
    }

    /// <summary>An offset with its flag.</summary>
    public (PgOffsetState State, long Offset) Offset()
    {
        byte state = Byte("flag of an offset");
        if (state is < (byte)PgOffsetState.NotSet or > (byte)PgOffsetState.NoData)
        {
            throw Damaged($"an offset at byte {Position} has the unknown flag {state}");
        }

        ulong offset = Magnitude(OffsetSize, "offset");
        return offset <= long.MaxValue
            ? ((PgOffsetState)state, (long)offset)
            : throw Damaged($"an offset at byte {Position} is {offset}");
    }

    /// <summary>A string, each byte one character; null where it is NULL.</summary>
    /// <param name="budget">How many bytes the table of contents may still take; is lowered.</param>
    /// <param name="what">What is read, for messages.</param>
    public string? TextOrNull(ref long budget, string what) => TextOrNull(ref budget, PgArchiveLimits.NameLengthMax, what);

    /// <summary>The same of what may be as long as a statement.</summary>
    public string? StatementOrNull(ref long budget, string what) => TextOrNull(ref budget, PgArchiveLimits.TextLengthMax, what);

    private string? TextOrNull(ref long budget, int lengthMax, string what)
    {
        long left = budget;
        int length = Int($"length of the {what}");
        if (length == -1)
        {
            return null;
        }

        if (length < -1)
        {
            throw Damaged($"the length of the {what} at byte {Position} is {length}");
        }

        if (length > lengthMax)
        {
            throw Damaged($"the {what} at byte {Position} has {length} bytes, allowed are {lengthMax}");
        }

        budget -= length;
        if (budget < 0)
        {
            throw Damaged(
                $"with the {what} at byte {Position} the table of contents takes more than the bytes it may, of which {left} were left");
        }

        string text = length <= BufferSize ? Short(length, what) : Long(length, what);
        return text.Contains('\0', StringComparison.Ordinal) ? throw Damaged($"the {what} before byte {Position} holds a NUL") : text;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private string Short(int length, string what)
    {
        ReadOnlySpan<byte> bytes = Peek(length);
        if (bytes.Length < length)
        {
            throw EndsIn(what);
        }

        string text = Encoding.Latin1.GetString(bytes);
        Advance(length);
        return text;
    }

    // Grows with what is really there: a length alone makes nothing be allocated.
    private string Long(int length, string what)
    {
        var bytes = new ArrayBufferWriter<byte>(BufferSize);
        while (bytes.WrittenCount < length)
        {
            int part = Math.Min(BufferSize, length - bytes.WrittenCount);
            ReadExactly(bytes.GetSpan(part)[..part], what);
            bytes.Advance(part);
        }

        return Encoding.Latin1.GetString(bytes.WrittenSpan);
    }

    private ulong SignedMagnitude(string what, out bool isNegative)
    {
        isNegative = Byte(what) != 0;
        return Magnitude(IntSize, what);
    }

    private ulong Magnitude(int size, string what)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        ReadExactly(bytes[..size], what);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private void Advance(int length)
    {
        _start += length;
        Position += length;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int length = _end < _buffer.Length ? Guarded(() => _stream.Read(_buffer, _end, _buffer.Length - _end)) : 0;
        _end += length;
        return length > 0;
    }

    private PureDumpException EndsIn(string what) =>
        new(ErrorKind.ArchiveDamaged, $"{Name} is truncated: it ends at byte {Position} in the {what}");

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not read {Name}");
        }
    }
}
