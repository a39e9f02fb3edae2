using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// Writes the primitives of formats/pg-archive.md, section 1, buffered. What the system cannot write is
/// <see cref="ErrorKind.File"/>. Does not own its stream.
/// </summary>
/// <param name="stream">Where to.</param>
/// <param name="name">For messages: what is written.</param>
internal sealed class PgArchiveOutput(Stream stream, string name) : WriteOnlyStream
{
    private const int BufferSize = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    /// <summary>True where what was written can be written once more.</summary>
    public bool CanGoBack { get; } = stream.CanSeek;

    /// <summary>How many bytes were written.</summary>
    public long Written { get; private set; }

    /// <summary>Writes bytes.</summary>
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        Written += bytes.Length;
        if (bytes.Length > _buffer.Length - _length)
        {
            Flush();
            if (bytes.Length >= _buffer.Length)
            {
                WriteOut(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Hands over what is in the buffer.</summary>
    public override void Flush()
    {
        WriteOut(_buffer.AsSpan(0, _length));
        _length = 0;
    }

    /// <summary>Writes over what stands somewhere before, and comes back.</summary>
    /// <param name="at">How many bytes stand before it.</param>
    /// <param name="write">Writes it; not more than stands there.</param>
    public void WriteOver(long at, Action<PgArchiveOutput> write)
    {
        Flush();
        Guarded(() => stream.Seek(at - Written, SeekOrigin.Current));
        var over = new PgArchiveOutput(stream, name);
        write(over);
        over.Flush();
        Guarded(() => stream.Seek(Written - at - over.Written, SeekOrigin.Current));
    }

    /// <summary>One byte.</summary>
    public void Byte(byte value) => Write([value]);

    /// <summary>An integer.</summary>
    public void Int(int value) => Signed(value < 0, (uint)Math.Abs((long)value));

    /// <summary>An OID: its bits taken for a signed integer.</summary>
    public void Oid(uint value) => Int(unchecked((int)value));

    /// <summary>A string, or NULL.</summary>
    public void Text(string? text, Encoding encoding)
    {
        if (text is null)
        {
            Int(-1);
            return;
        }

        byte[] bytes = encoding.GetBytes(text);
        Int(bytes.Length);
        Write(bytes);
    }

    /// <summary>An offset.</summary>
    public void Offset(PgOffsetState state, long offset)
    {
        Span<byte> bytes = stackalloc byte[1 + PgArchiveHeader.OffsetSize];
        bytes[0] = (byte)state;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], offset);
        Write(bytes);
    }

    private void Signed(bool isNegative, uint magnitude)
    {
        Span<byte> bytes = stackalloc byte[1 + PgArchiveHeader.IntSize];
        bytes[0] = isNegative ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[1..], magnitude);
        Write(bytes);
    }

    private void WriteOut(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write {name}");
        }
    }

    private void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not write {name}");
        }
    }
}
