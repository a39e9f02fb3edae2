using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Columns;

/// <summary>
/// Turns a column image back into binary rows (formats/pdump.md, section 4.4). Its memory is bounded by the rows it is to give, whatever the
/// image says. Not for two threads at once: make one per thread.
/// </summary>
public sealed class ColumnJoiner
{
    private const int Slack = 64;

    private readonly byte[] _values = GC.AllocateUninitializedArray<byte>(ArchiveLimits.RecordLengthMax + Slack);
    private readonly int[] _positions = new int[ArchiveLimits.ColumnCountMax];
    private readonly int[] _wordStarts = new int[ColumnLimits.WordCountMax];
    private readonly int[] _wordLengths = new int[ColumnLimits.WordCountMax];
    private int[] _lengths = [];
    private ulong[] _numbers = [];
    private int _valueLength;
    private int _valueLengthMax;

    /// <summary>Puts rows together.</summary>
    /// <param name="coded">The coded part, decoded.</param>
    /// <param name="plain">The plain part.</param>
    /// <param name="rowCount">How many rows there must be.</param>
    /// <param name="target">Filled by them to the last byte; at most a record's limit.</param>
    /// <exception cref="PureDumpException">The image is not as specified, or not of such rows (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Join(ReadOnlySpan<byte> coded, ReadOnlySpan<byte> plain, int rowCount, Span<byte> target)
    {
        var input = new ImageInput(coded, plain);
        int columnCount = input.ReadUInt16();
        long frame = rowCount * (2L + 4L * columnCount);
        if (columnCount is < 1 or > ArchiveLimits.ColumnCountMax || rowCount < 1 || frame > target.Length || target.Length > ArchiveLimits.RecordLengthMax)
        {
            throw ImageInput.Damaged($"announces {rowCount} rows of {columnCount} fields in {target.Length} bytes");
        }

        _valueLength = 0;
        _valueLengthMax = target.Length - (int)frame;
        Reserve(rowCount, columnCount);
        for (int column = 0; column < columnCount; column++)
        {
            _positions[column] = _valueLength;
            ReadColumn(ref input, _lengths.AsSpan(column * rowCount, rowCount));
        }

        if (_valueLength != _valueLengthMax || !input.IsAtEnd)
        {
            throw ImageInput.Damaged($"gives rows of {frame + _valueLength} bytes, {target.Length} were announced, or has bytes left over");
        }

        WriteRows(rowCount, columnCount, target);
    }

    private void Reserve(int rowCount, int columnCount)
    {
        if (_lengths.Length < rowCount * columnCount)
        {
            _lengths = GC.AllocateUninitializedArray<int>(Math.Max(rowCount * columnCount, 1 << 16));
        }

        int numberCount = Math.Max(rowCount, ColumnLimits.WordCountMax);
        if (_numbers.Length < numberCount)
        {
            _numbers = GC.AllocateUninitializedArray<ulong>(Math.Max(numberCount, 1 << 14));
        }
    }

    // Lengths are written for all rows, -1 for null; values go to the end of _values.
    private void ReadColumn(ref ImageInput input, Span<int> lengths)
    {
        byte nulls = input.ReadByte();
        int count = lengths.Length;
        switch ((ColumnNulls)nulls)
        {
            case ColumnNulls.None:
                break;
            case ColumnNulls.All:
                lengths.Fill(-1);
                return;
            case ColumnNulls.Bitmap:
                ReadOnlySpan<byte> bitmap = input.Take(isPlain: false, (count + 7) / 8);
                count = ReadValues(ref input, lengths[..(count - NullCountOf(bitmap, count))]);
                SpreadLengths(bitmap, lengths, count);
                return;
            default:
                throw ImageInput.Damaged($"has a column with the unknown kind of nulls {nulls}");
        }

        ReadValues(ref input, lengths);
    }

    private static int NullCountOf(ReadOnlySpan<byte> bitmap, int count)
    {
        int nullCount = 0;
        foreach (byte bits in bitmap)
        {
            nullCount += System.Numerics.BitOperations.PopCount(bits);
        }

        return nullCount <= count ? nullCount : throw ImageInput.Damaged($"has {nullCount} nulls in {count} rows");
    }

    // The lengths of the values that are there stand at the front; each moves back to its row, from the last one on.
    private static void SpreadLengths(ReadOnlySpan<byte> bitmap, Span<int> lengths, int count)
    {
        for (int row = lengths.Length - 1; row >= 0; row--)
        {
            bool isNull = (bitmap[row >> 3] >> (row & 7) & 1) != 0;
            if (!isNull && count == 0)
            {
                throw ImageInput.Damaged("has nulls behind the last row");
            }

            lengths[row] = isNull ? -1 : lengths[--count];
        }
    }

    private int ReadValues(ref ImageInput input, Span<int> lengths)
    {
        byte encoding = input.ReadByte();
        switch ((ColumnEncoding)encoding)
        {
            case ColumnEncoding.Bytes:
                ReadArea(ref input, ReadLengths(ref input, lengths));
                break;
            case ColumnEncoding.Numbers:
                ReadNumbers(ref input, lengths);
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
            default:
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged, $"a block of columns has a column of the unknown encoding {encoding}", "use a newer puredump");
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

    private static PureDumpException TooLong(long length) => ImageInput.Damaged($"has values of {length} bytes, more than its rows have room for");

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

    private void ReadNumbers(ref ImageInput input, Span<int> lengths)
    {
        int width = input.ReadByte();
        if (width is not (1 or 2 or 4 or 8))
        {
            throw ImageInput.Damaged($"has integers of {width} bytes");
        }

        Span<byte> room = TakeRoom((long)width * lengths.Length);
        Span<ulong> numbers = _numbers.AsSpan(0, lengths.Length);
        SeriesReader.Read(ref input, numbers);
        lengths.Fill(width);
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(room[(i * width)..], numbers[i] << (64 - 8 * width));
        }
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

    private void WriteRows(int rowCount, int columnCount, Span<byte> target)
    {
        int at = 0;
        for (int row = 0; row < rowCount; row++)
        {
            BinaryPrimitives.WriteInt16BigEndian(target[at..], (short)columnCount);
            at += sizeof(short);
            int slot = row;
            for (int column = 0; column < columnCount; column++, slot += rowCount)
            {
                int length = _lengths[slot];
                BinaryPrimitives.WriteInt32BigEndian(target[at..], length);
                at += sizeof(int);
                if (length > 0)
                {
                    ref int position = ref _positions[column];
                    CopyValue(_values.AsSpan(position), target[at..], length);
                    position += length;
                    at += length;
                }
            }
        }
    }

    // Short values are copied 16 bytes at a time, beyond their end where both sides have room: what stands there is written after it.
    private static void CopyValue(ReadOnlySpan<byte> source, Span<byte> target, int length)
    {
        if (length <= Vector128<byte>.Count && source.Length >= Vector128<byte>.Count && target.Length >= Vector128<byte>.Count)
        {
            Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(source)).StoreUnsafe(ref MemoryMarshal.GetReference(target));
        }
        else
        {
            source[..length].CopyTo(target);
        }
    }
}
