using PureDump.Formats.Errors;

namespace PureDump.Formats.Columns;

/// <summary>The encodings: each reads its values to the end of those that are there, and their lengths.</summary>
internal sealed partial class ColumnJoiner
{
    private int ReadValues(ref ImageInput input, int column, Span<int> lengths)
    {
        byte encoding = input.ReadByte();
        switch ((ColumnEncoding)encoding)
        {
            case ColumnEncoding.Bytes:
                ReadArea(ref input, ReadLengths(ref input, lengths));
                break;
            case ColumnEncoding.Numbers:
                ReadNumbers(ref input, column, lengths);
                break;
            case ColumnEncoding.Decimals:
                ReadDecimals(ref input, lengths);
                break;
            case ColumnEncoding.Dictionary:
                ReadDictionary(ref input, lengths);
                break;
            case ColumnEncoding.Planes:
                ReadPlanes(ref input, lengths);
                break;
            case ColumnEncoding.Difference:
                ReadDifference(ref input, column, lengths);
                break;
            case ColumnEncoding.Symbols:
                ReadSymbols(ref input, lengths);
                break;
            default:
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"a block of columns has a column of the unknown encoding {encoding}",
                    "use a newer puredump");
        }

        return lengths.Length;
    }

    // Reads lengths; gives their sum.
    private int ReadLengths(ref ImageInput input, Span<int> lengths)
    {
        Span<ulong> numbers = _numbers.AsSpan(0, lengths.Length);
        SeriesReader.Read(ref input, numbers);
        long total = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] > (ulong)_valueLengthMax)
            {
                throw TooLong((long)numbers[i]);
            }

            lengths[i] = (int)numbers[i];
            total += lengths[i];
        }

        return total <= _valueLengthMax - _valueLength ? (int)total : throw TooLong(total);
    }

    // Room for so many bytes of values; Slack more may be written, which do not count.
    private Span<byte> TakeRoom(long length)
    {
        if (length > _valueLengthMax - _valueLength)
        {
            throw TooLong(length);
        }

        Span<byte> room = _values.AsSpan(_valueLength, (int)length + Slack);
        _valueLength += (int)length;
        return room;
    }

    private static PureDumpException TooLong(long length) =>
        ImageInput.Damaged($"has values of {length} bytes, more than its rows have room for");

    private void ReadArea(ref ImageInput input, int length)
    {
        byte place = input.ReadByte();
        switch ((AreaPlace)place)
        {
            case AreaPlace.Coded:
            case AreaPlace.Plain:
                input.Take(place == (byte)AreaPlace.Plain, length).CopyTo(TakeRoom(length));
                break;
            case AreaPlace.Nibbles:
                ReadOnlySpan<byte> alphabet = input.Take(isPlain: false, ColumnLimits.AlphabetSize);
                ReadOnlySpan<byte> numbers = input.Take(isPlain: true, (length + 1) / 2);
                Span<byte> room = TakeRoom(length);
                for (int i = 0; i < numbers.Length; i++)
                {
                    room[2 * i] = alphabet[numbers[i] & 15];
                    room[2 * i + 1] = alphabet[numbers[i] >> 4];
                }

                break;
            default:
                throw ImageInput.Damaged($"has values at the unknown place {place}");
        }
    }

    private void ReadNumbers(ref ImageInput input, int column, Span<int> lengths)
    {
        byte width = ReadWidth(ref input);
        Span<byte> room = TakeRoom((long)width * lengths.Length);
        Span<ulong> numbers = _numbers.AsSpan(0, lengths.Length);
        SeriesReader.Read(ref input, numbers);
        WriteNumbers(numbers, width, room, column, lengths);
    }

    // Values of this width in every row: they stand one behind the other among those read so far.
    private void ReadDifference(ref ImageInput input, int column, Span<int> lengths)
    {
        byte width = ReadWidth(ref input);
        int of = input.ReadUInt16();
        if (of >= column || _widths[of] != width)
        {
            throw ImageInput.Damaged(
                $"has integers of {width} bytes as the difference to field {of}, which are not such ones in every row before them");
        }

        ReadOnlySpan<byte> others = _values.AsSpan(_positions[of], width * lengths.Length);
        Span<byte> room = TakeRoom((long)width * lengths.Length);
        Span<ulong> numbers = _numbers.AsSpan(0, lengths.Length);
        SeriesReader.Read(ref input, numbers);
        NumberWriter.Add(others, width, numbers);
        WriteNumbers(numbers, width, room, column, lengths);
    }

    private void WriteNumbers(ReadOnlySpan<ulong> numbers, byte width, Span<byte> room, int column, Span<int> lengths)
    {
        NumberWriter.Write(numbers, width, room);
        lengths.Fill(width);
        if (column != NoColumn)
        {
            _widths[column] = width;
        }
    }

    private static byte ReadWidth(ref ImageInput input)
    {
        byte width = input.ReadByte();
        return NumberReader.IsWidth(width) ? width : throw ImageInput.Damaged($"has integers of {width} bytes");
    }

    private void ReadDecimals(ref ImageInput input, Span<int> lengths)
    {
        int scale = input.ReadByte();
        if (scale > Decimals.ScaleMax)
        {
            throw ImageInput.Damaged($"has decimals of scale {scale}");
        }

        Span<ulong> numbers = _numbers.AsSpan(0, lengths.Length);
        SeriesReader.Read(ref input, numbers);
        Span<byte> value = stackalloc byte[Decimals.LengthMax];
        for (int i = 0; i < numbers.Length; i++)
        {
            int length = Decimals.Write(numbers[i], scale, value);
            if (length < 0)
            {
                throw ImageInput.Damaged($"has the decimal {(long)numbers[i]} of scale {scale}, which is too large");
            }

            value.CopyTo(TakeRoom(length));
            lengths[i] = length;
        }
    }

    private void ReadDictionary(ref ImageInput input, Span<int> lengths)
    {
        int count = input.ReadUInt16();
        if (count is < 1 or > ColumnLimits.WordCountMax)
        {
            throw ImageInput.Damaged($"has a dictionary of {count} words");
        }

        // The words stand behind the values that are there so far, and move to their rows from a copy.
        Span<int> wordLengths = _wordLengths.AsSpan(0, count);
        int total = ReadLengths(ref input, wordLengths);
        int start = _valueLength;
        ReadArea(ref input, total);
        byte[] words = System.Buffers.ArrayPool<byte>.Shared.Rent(total + Slack);
        try
        {
            _values.AsSpan(start, total).CopyTo(words);
            _valueLength = start;
            int at = 0;
            for (int word = 0; word < count; word++)
            {
                _wordStarts[word] = at;
                at += wordLengths[word];
            }

            Span<ulong> numbers = _numbers.AsSpan(0, lengths.Length);
            SeriesReader.Read(ref input, numbers);
            for (int i = 0; i < numbers.Length; i++)
            {
                if (numbers[i] >= (uint)count)
                {
                    throw ImageInput.Damaged($"names word {numbers[i]} of a dictionary of {count}");
                }

                int word = (int)numbers[i];
                int length = wordLengths[word];
                CopyValue(words.AsSpan(_wordStarts[word]), TakeRoom(length), length);
                lengths[i] = length;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(words);
        }
    }

    private void ReadPlanes(ref ImageInput input, Span<int> lengths)
    {
        int width = input.ReadByte();
        uint plain = input.ReadUInt32();
        if (width is < 2 or > ColumnLimits.PlaneWidthMax)
        {
            throw ImageInput.Damaged($"has planes of values of {width} bytes");
        }

        Span<byte> room = TakeRoom((long)width * lengths.Length);
        for (int plane = 0; plane < width; plane++)
        {
            ReadOnlySpan<byte> bytes = input.Take((plain >> plane & 1) != 0, lengths.Length);
            int at = plane;
            foreach (byte value in bytes)
            {
                room[at] = value;
                at += width;
            }
        }

        lengths.Fill(width);
    }
}
