using System.Buffers.Binary;
using System.Text;

namespace PureDump.Bench.EndToEnd.Data;

/// <summary>Takes bytes of rows: a COPY, or a checksum.</summary>
internal delegate void RowSink(ReadOnlySpan<byte> bytes);

/// <summary>
/// Makes rows in COPY's binary format (PostgreSQL documentation, COPY, "Binary Format"; the values as the types' receive
/// functions take them), without the frame around them. Holds at most one buffer; a larger value passes through.
/// </summary>
internal sealed class RowWriter(RowSink sink)
{
    private const int BufferSize = 1 << 18;
    private const int NumericDigitsMax = 8;
    private const int NumericBase = 10_000;
    private const short NumericNegative = 0x4000;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    /// <summary>The rows begun so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Begins a row.</summary>
    /// <param name="fieldCount">How many values follow.</param>
    public void Row(int fieldCount)
    {
        RowCount++;
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), (short)fieldCount);
    }

    /// <summary>NULL.</summary>
    public void Null() => Length(-1);

    /// <summary>An integer.</summary>
    public void Int32(int value)
    {
        Length(sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), value);
    }

    /// <summary>A bigint; also a timestamptz, in µs since 2000.</summary>
    public void Int64(long value)
    {
        Length(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Room(sizeof(long)), value);
    }

    /// <summary>A double precision.</summary>
    public void Float64(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A date, in days since 2000.</summary>
    public void Date(int value) => Int32(value);

    /// <summary>A boolean.</summary>
    public void Bool(bool value)
    {
        Length(1);
        Room(1)[0] = value ? (byte)1 : (byte)0;
    }

    /// <summary>A numeric: <paramref name="value"/> / 10^<paramref name="scale"/>.</summary>
    /// <param name="value">Of at most 17 digits.</param>
    /// <param name="scale">The digits behind the point, at most 4.</param>
    public void Numeric(long value, int scale)
    {
        // The digits are those of base 10000, so the fraction is one of them.
        ulong rest = (ulong)Math.Abs(value);
        for (int missing = scale; scale > 0 && missing < 4; missing++)
        {
            rest *= 10;
        }

        Span<short> digits = stackalloc short[NumericDigitsMax];
        int count = 0;
        for (; rest > 0; rest /= NumericBase)
        {
            digits[count++] = (short)(rest % NumericBase);
        }

        int weight = count - 1 - (scale > 0 ? 1 : 0);
        Length((4 + count) * sizeof(short));
        Int16((short)count);
        Int16(count == 0 ? (short)0 : (short)weight);
        Int16(value < 0 ? NumericNegative : (short)0);
        Int16((short)scale);
        while (count > 0)
        {
            Int16(digits[--count]);
        }
    }

    /// <summary>A text, varchar or char(n), in ASCII or UTF-8; also a bytea.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        Append(value);
    }

    /// <summary>A text, varchar or char(n).</summary>
    public void Text(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Length(length);
        if (length <= BufferSize)
        {
            Encoding.UTF8.GetBytes(value, Room(length));
            return;
        }

        Append(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>A jsonb, from its text.</summary>
    public void Jsonb(ReadOnlySpan<byte> value)
    {
        const byte version = 1;
        Length(1 + value.Length);
        Room(1)[0] = version;
        Append(value);
    }

    /// <summary>A bytea of noise.</summary>
    public void Noise(long length, Prng random)
    {
        Length((int)length);
        for (long left = length; left > 0;)
        {
            int piece = (int)Math.Min(left, 1 << 16);
            random.Fill(Room(piece));
            left -= piece;
        }
    }

    /// <summary>Hands over what is still in the buffer.</summary>
    public void Flush()
    {
        sink(_buffer.AsSpan(0, _length));
        _length = 0;
    }

    private void Length(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), value);

    private void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), value);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= BufferSize)
        {
            bytes.CopyTo(Room(bytes.Length));
            return;
        }

        Flush();
        sink(bytes);
    }

    private Span<byte> Room(int size)
    {
        if (BufferSize - _length < size)
        {
            Flush();
        }

        Span<byte> room = _buffer.AsSpan(_length, size);
        _length += size;
        return room;
    }
}
