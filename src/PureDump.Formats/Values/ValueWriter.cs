using PureDump.Formats.Errors;

namespace PureDump.Formats.Values;

/// <summary>
/// Turns values in the server's binary form into the text its output functions print, with the settings of a dump (DateStyle
/// ISO, IntervalStyle postgres, extra_float_digits above 0, bytea_output hex) and TimeZone UTC. One thread at a time.
/// </summary>
/// <param name="hasIntervalInfinity">The source knows infinite intervals (17 and later).</param>
/// <param name="hasOctalChar">The source prints a "char" that is not ASCII in octal (16 and later).</param>
/// <param name="padsLogPosition">The source prints the lower half of a pg_lsn with all its digits (19 and later).</param>
internal sealed class ValueWriter(bool hasIntervalInfinity, bool hasOctalChar, bool padsLogPosition)
{
    private const int PositionMask = 0x3fff;
    private const int WeightShift = 14;

    private readonly ContainerWriter _containers = new();

    /// <summary>Adds the text of a value.</summary>
    /// <exception cref="PureDumpException">It is not one of that type (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Add(ValueType type, ReadOnlySpan<byte> value, TextBuffer target, int depth = 0)
    {
        var reader = new ValueReader(value, type);
        switch (type.Kind)
        {
            case ValueKind.Text:
                target.Add(reader.Take(reader.Left));
                break;
            case ValueKind.VersionedText:
                CheckVersion(reader.Byte(), ref reader);
                target.Add(reader.Take(reader.Left));
                break;
            case ValueKind.Bytes:
                target.Add("\\x"u8);
                AddressText.AddHex(reader.Take(reader.Left), target);
                break;
            case ValueKind.Char:
                AddChar(reader.Byte(), target);
                break;
            case ValueKind.Bool:
                target.Add(reader.Byte() != 0 ? (byte)'t' : (byte)'f');
                break;
            case ValueKind.Int2:
                target.Add((long)reader.Int2());
                break;
            case ValueKind.Int4:
                target.Add((long)reader.Int4());
                break;
            case ValueKind.Int8:
                target.Add(reader.Int8());
                break;
            case ValueKind.UInt4:
                target.Add((long)reader.UInt4());
                break;
            case ValueKind.UInt8:
                target.Add(reader.UInt8());
                break;
            case ValueKind.Float4:
                FloatText.Add(reader.Float4(), target);
                break;
            case ValueKind.Float8:
                FloatText.Add(reader.Float8(), target);
                break;
            case ValueKind.Numeric:
                NumericText.Add(ref reader, target);
                break;
            case ValueKind.Date:
                CheckRange(TimeText.AddDate(reader.Int4(), target), ref reader);
                break;
            case ValueKind.Time:
                CheckRange(TimeText.AddTime(reader.Int8(), target), ref reader);
                break;
            case ValueKind.TimeWithZone:
                CheckRange(TimeText.AddTime(reader.Int8(), target), ref reader);
                TimeText.AddZone(reader.Int4(), target);
                break;
            case ValueKind.Timestamp:
                CheckRange(TimeText.AddTimestamp(reader.Int8(), ""u8, target), ref reader);
                break;
            case ValueKind.TimestampWithZone:
                CheckRange(TimeText.AddTimestamp(reader.Int8(), "+00"u8, target), ref reader);
                break;
            case ValueKind.Interval:
                TimeText.AddInterval(reader.Int8(), reader.Int4(), reader.Int4(), hasIntervalInfinity, target);
                break;
            case ValueKind.Uuid:
                AddressText.AddUuid(reader.Take(16), target);
                break;
            case ValueKind.Address:
                AddressText.Add(ref reader, target);
                break;
            case ValueKind.HardwareAddress:
                AddressText.AddHardware(reader.Take(reader.Left == 8 ? 8 : 6), target);
                break;
            case ValueKind.Bits:
                AddBits(ref reader, target);
                break;
            case ValueKind.Point:
                ShapeText.AddPoint(ref reader, target);
                break;
            case ValueKind.Segment:
                ShapeText.AddSegment(ref reader, target);
                break;
            case ValueKind.Box:
                ShapeText.AddPoints(2, ref reader, target);
                break;
            case ValueKind.Path:
                ShapeText.AddPath(ref reader, target);
                break;
            case ValueKind.Polygon:
                ShapeText.AddPolygon(ref reader, target);
                break;
            case ValueKind.Line:
                ShapeText.AddLine(ref reader, target);
                break;
            case ValueKind.Circle:
                ShapeText.AddCircle(ref reader, target);
                break;
            case ValueKind.Cube:
                ShapeText.AddCube(ref reader, target);
                break;
            case ValueKind.LogPosition:
                AddLogPosition(reader.UInt4(), reader.UInt4(), target);
                break;
            case ValueKind.RowPosition:
                AddRowPosition(reader.UInt4(), reader.UInt2(), target);
                break;
            case ValueKind.Snapshot:
                AddSnapshot(ref reader, target);
                break;
            case ValueKind.SearchVector:
                AddSearchVector(ref reader, target);
                break;
            case ValueKind.Hstore:
                AddHstore(ref reader, target);
                break;
            case ValueKind.Array:
                _containers.AddArray(type.Element, ref reader, target, this, depth);
                break;
            case ValueKind.Range:
                _containers.AddRange(type.Element, ref reader, target, this, depth);
                break;
            case ValueKind.Multirange:
                AddMultirange(type.Element, ref reader, target, depth);
                break;
            case ValueKind.Composite:
                _containers.AddComposite(type.Parts, ref reader, target, this, depth);
                break;
            default:
                throw new InvalidOperationException($"no way to write {type.Kind}");
        }

        reader.End();
    }

    /// <summary>Refuses a version of the form of jsonb and the like that is not known.</summary>
    public static void CheckVersion(byte version, ref ValueReader reader)
    {
        if (version != 1)
        {
            throw reader.Malformed($"its form has version {version}, known is 1");
        }
    }

    private static void CheckRange(bool isInRange, ref ValueReader reader)
    {
        if (!isInRange)
        {
            throw reader.Malformed("it is out of range");
        }
    }

    // char.c, charout: the zero byte is empty text.
    private void AddChar(byte value, TextBuffer target)
    {
        if (value >= 0x80 && hasOctalChar)
        {
            target.Add((byte)'\\');
            target.Add((byte)('0' + (value >> 6)));
            target.Add((byte)('0' + ((value >> 3) & 7)));
            target.Add((byte)('0' + (value & 7)));
        }
        else if (value != 0)
        {
            target.Add(value);
        }
    }

    private static void AddBits(ref ValueReader reader, TextBuffer target)
    {
        int bitCount = reader.Int4();
        if (bitCount < 0 || (bitCount + 7L) / 8 != reader.Left)
        {
            throw reader.Malformed($"it announces {bitCount} bits in {reader.Left} bytes");
        }

        foreach (byte bits in reader.Take(reader.Left))
        {
            Span<byte> digits = target.Room(8);
            for (int i = 0; i < 8; i++)
            {
                digits[i] = (byte)('0' + ((bits >> (7 - i)) & 1));
            }

            target.Advance(Math.Min(8, bitCount));
            bitCount -= 8;
            target.Relieve();
        }
    }

    private void AddLogPosition(uint high, uint low, TextBuffer target)
    {
        AddUpperHex(high, target, "X");
        target.Add((byte)'/');
        AddUpperHex(low, target, padsLogPosition ? "X8" : "X");
    }

    private static void AddUpperHex(uint number, TextBuffer target, string format)
    {
        number.TryFormat(target.Room(8), out int length, format, System.Globalization.CultureInfo.InvariantCulture);
        target.Advance(length);
    }

    private static void AddRowPosition(uint block, ushort offset, TextBuffer target)
    {
        target.Add((byte)'(');
        target.Add((long)block);
        target.Add((byte)',');
        target.Add((long)offset);
        target.Add((byte)')');
    }

    // xid8funcs.c, pg_snapshot_send.
    private static void AddSnapshot(ref ValueReader reader, TextBuffer target)
    {
        int count = reader.Count(sizeof(ulong));
        target.Add(reader.UInt8());
        target.Add((byte)':');
        target.Add(reader.UInt8());
        target.Add((byte)':');
        for (int i = 0; i < count; i++)
        {
            target.Add(i > 0 ? ","u8 : ""u8);
            target.Add(reader.UInt8());
            target.Relieve();
        }
    }

    // tsvector.c, tsvectorsend: words, and their positions with a weight in the two highest bits.
    private static void AddSearchVector(ref ValueReader reader, TextBuffer target)
    {
        int wordCount = reader.Count(3);
        for (int i = 0; i < wordCount; i++)
        {
            target.Add(i > 0 ? " "u8 : ""u8);
            QuotedText.AddWord(reader.ZeroEnded(), target);
            int positionCount = reader.UInt2();
            for (int k = 0; k < positionCount; k++)
            {
                ushort position = reader.UInt2();
                target.Add(k > 0 ? (byte)',' : (byte)':');
                target.Add((long)(position & PositionMask));
                target.Add((position >> WeightShift) switch { 3 => "A"u8, 2 => "B"u8, 1 => "C"u8, _ => ""u8 });
            }

            target.Relieve();
        }
    }

    // hstore_io.c, hstore_send.
    private static void AddHstore(ref ValueReader reader, TextBuffer target)
    {
        int pairCount = reader.Count(8);
        for (int i = 0; i < pairCount; i++)
        {
            if (!reader.TryField(out ReadOnlySpan<byte> key))
            {
                throw reader.Malformed("a key is null");
            }

            target.Add(i > 0 ? ", "u8 : ""u8);
            QuotedText.AddPart(key, target);
            target.Add("=>"u8);
            if (reader.TryField(out ReadOnlySpan<byte> value))
            {
                QuotedText.AddPart(value, target);
            }
            else
            {
                target.Add("NULL"u8);
            }

            target.Relieve();
        }
    }

    private void AddMultirange(ValueType range, ref ValueReader reader, TextBuffer target, int depth)
    {
        int count = reader.Count(5);
        target.Add((byte)'{');
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryField(out ReadOnlySpan<byte> value))
            {
                throw reader.Malformed("a range is null");
            }

            target.Add(i > 0 ? ","u8 : ""u8);
            Add(range, value, target, depth);
            target.Relieve();
        }

        target.Add((byte)'}');
    }
}
