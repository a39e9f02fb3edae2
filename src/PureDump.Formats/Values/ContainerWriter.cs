namespace PureDump.Formats.Values;

/// <summary>Arrays, ranges and composites: values that hold others, whose text stands quoted in theirs.</summary>
internal sealed class ContainerWriter
{
    private const int DimensionCountMax = 6;
    private const byte EmptyFlag = 1;
    private const byte LowerInclusiveFlag = 2;
    private const byte UpperInclusiveFlag = 4;
    private const byte LowerInfiniteFlag = 8;
    private const byte UpperInfiniteFlag = 16;

    // One for each level; ValueTypes bounds how deep types go.
    private readonly List<TextBuffer> _inner = [];

    /// <summary>Adds an array (arrayfuncs.c, array_send and array_out).</summary>
    public void AddArray(ValueType element, ref ValueReader reader, TextBuffer target, ValueWriter values, int depth)
    {
        int dimensionCount = reader.Int4();
        int flags = reader.Int4();
        reader.UInt4();
        if (dimensionCount is < 0 or > DimensionCountMax || flags is not (0 or 1))
        {
            throw reader.Malformed($"it announces {dimensionCount} dimensions and the flags {flags}");
        }

        if (dimensionCount == 0)
        {
            target.Add("{}"u8);
            return;
        }

        Span<int> lengths = stackalloc int[dimensionCount];
        int elementCount = ReadDimensions(lengths, ref reader, target);
        Span<int> at = stackalloc int[dimensionCount];
        at.Clear();
        byte delimiter = element.Delimiter;
        int opened = 0;
        for (int i = 0; i < elementCount; i++)
        {
            for (; opened < dimensionCount; opened++)
            {
                target.Add((byte)'{');
            }

            AddElement(element, delimiter, ref reader, target, values, depth);

            // As an odometer: a dimension that is through is closed, and the one before it goes on.
            while (opened > 0 && ++at[opened - 1] == lengths[opened - 1])
            {
                at[--opened] = 0;
                target.Add((byte)'}');
            }

            target.Add(opened > 0 ? [delimiter] : ""u8);
            target.Relieve();
        }
    }

    /// <summary>Adds a range (rangetypes.c, range_send and range_deparse).</summary>
    public void AddRange(ValueType subtype, ref ValueReader reader, TextBuffer target, ValueWriter values, int depth)
    {
        byte flags = reader.Byte();
        if ((flags & ~(EmptyFlag | LowerInclusiveFlag | UpperInclusiveFlag | LowerInfiniteFlag | UpperInfiniteFlag)) != 0)
        {
            throw reader.Malformed($"its flags are 0x{flags:x2}");
        }

        if ((flags & EmptyFlag) != 0)
        {
            target.Add("empty"u8);
            return;
        }

        target.Add((flags & LowerInclusiveFlag) != 0 ? (byte)'[' : (byte)'(');
        AddBound((flags & LowerInfiniteFlag) != 0, subtype, ref reader, target, values, depth);
        target.Add((byte)',');
        AddBound((flags & UpperInfiniteFlag) != 0, subtype, ref reader, target, values, depth);
        target.Add((flags & UpperInclusiveFlag) != 0 ? (byte)']' : (byte)')');
    }

    /// <summary>Adds a composite (rowtypes.c, record_send and record_out).</summary>
    public void AddComposite(ValueType[] columns, ref ValueReader reader, TextBuffer target, ValueWriter values, int depth)
    {
        int count = reader.Int4();
        if (count != columns.Length)
        {
            throw reader.Malformed($"it has {count} columns, the type {columns.Length}");
        }

        target.Add((byte)'(');
        for (int i = 0; i < count; i++)
        {
            target.Add(i > 0 ? ","u8 : ""u8);
            reader.UInt4();
            if (reader.TryField(out ReadOnlySpan<byte> value))
            {
                if (columns[i].IsPlain)
                {
                    values.Add(columns[i], value, target, depth + 1);
                }
                else
                {
                    QuotedText.AddColumn(TextOf(columns[i], value, values, depth), target);
                }
            }

            target.Relieve();
        }

        target.Add((byte)')');
    }

    // Bounds are printed where one does not begin with 1.
    private static int ReadDimensions(scoped Span<int> lengths, ref ValueReader reader, TextBuffer target)
    {
        Span<int> lowerBounds = stackalloc int[lengths.Length];
        long elementCount = 1;
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = reader.Int4();
            lowerBounds[i] = reader.Int4();
            if (lengths[i] <= 0 || lowerBounds[i] > int.MaxValue - lengths[i] + 1)
            {
                throw reader.Malformed($"a dimension has {lengths[i]} elements from {lowerBounds[i]} on");
            }

            elementCount *= lengths[i];
            if (elementCount > reader.Left / 4)
            {
                throw reader.Malformed($"it announces {elementCount} elements in {reader.Left} bytes");
            }
        }

        if (lowerBounds.ContainsAnyExcept(1))
        {
            for (int i = 0; i < lengths.Length; i++)
            {
                target.Add((byte)'[');
                target.Add((long)lowerBounds[i]);
                target.Add((byte)':');
                target.Add((long)lowerBounds[i] + lengths[i] - 1);
                target.Add((byte)']');
            }

            target.Add((byte)'=');
        }

        return (int)elementCount;
    }

    private void AddElement(ValueType element, byte delimiter, ref ValueReader reader, TextBuffer target, ValueWriter values, int depth)
    {
        if (!reader.TryField(out ReadOnlySpan<byte> value))
        {
            target.Add("NULL"u8);
        }
        else if (element.IsPlain)
        {
            values.Add(element, value, target, depth + 1);
        }
        else
        {
            QuotedText.AddElement(TextOf(element, value, values, depth), delimiter, target);
        }
    }

    private void AddBound(bool isInfinite, ValueType subtype, ref ValueReader reader, TextBuffer target, ValueWriter values, int depth)
    {
        if (isInfinite)
        {
            return;
        }

        if (!reader.TryField(out ReadOnlySpan<byte> bound))
        {
            throw reader.Malformed("a bound is null");
        }

        if (subtype.IsPlain)
        {
            values.Add(subtype, bound, target, depth + 1);
        }
        else
        {
            QuotedText.AddBound(TextOf(subtype, bound, values, depth), target);
        }
    }

    private ReadOnlySpan<byte> TextOf(ValueType type, ReadOnlySpan<byte> value, ValueWriter values, int depth)
    {
        while (_inner.Count <= depth)
        {
            _inner.Add(new TextBuffer());
        }

        TextBuffer inner = _inner[depth];
        inner.Clear();
        values.Add(type, value, inner, depth + 1);
        return inner.Bytes;
    }
}
