namespace PureDump.Formats.Columns;

/// <summary>
/// Turns binary rows into a column image (formats/pdump.md, section 4.4): each column by the encoding that cheap tests of its values
/// suggest. The same rows give the same image. Not for two threads at once: make one per thread.
/// </summary>
internal sealed class ColumnSplitter
{
    // A dictionary must pay for the pass that makes it.
    private const int DictionaryRowMin = 16;

    // Stands for a column that cannot be one of a difference, as it has nulls.
    private const int NoColumn = -1;

    private readonly ColumnRows _rows = new();
    private readonly ImageOutput _output = new();
    private readonly SeriesWriter _series = new();
    private readonly WordTable _words = new();
    private readonly AreaWriter _area = new();
    private readonly SymbolWriter _symbols = new();
    private readonly DifferenceFinder _differences = new();
    private ulong[] _numbers = [];

    // The differences of numbers, while it is not sure that they are what is written.
    private ulong[] _trial = [];

    // The words of a dictionary.
    private byte[] _codes = [];

    /// <summary>The part of the image that is for the codec.</summary>
    public ReadOnlySpan<byte> Coded => _output.Coded;

    /// <summary>The part that no codec makes smaller.</summary>
    public ReadOnlySpan<byte> Plain => _output.Plain;

    /// <summary>Makes the image of rows; it is in <see cref="Coded"/> and <see cref="Plain"/> until the next call.</summary>
    /// <param name="rows">Whole rows of binary COPY.</param>
    /// <param name="rowCount">How many they are.</param>
    /// <returns>False where they are not whole rows of one number of fields: these cannot be stored as columns.</returns>
    public bool TrySplit(ReadOnlySpan<byte> rows, int rowCount)
    {
        if (!_rows.TryRead(rows, rowCount))
        {
            return false;
        }

        if (_numbers.Length < rowCount)
        {
            _numbers = GC.AllocateUninitializedArray<ulong>(Math.Max(rowCount, 1 << 14));
            _trial = GC.AllocateUninitializedArray<ulong>(_numbers.Length);
            _codes = GC.AllocateUninitializedArray<byte>(_numbers.Length);
        }

        _differences.Clear();
        _output.Clear();
        _output.Write((ushort)_rows.ColumnCount);
        for (int column = 0; column < _rows.ColumnCount; column++)
        {
            WriteColumn(rows, column);
        }

        return true;
    }

    private void WriteColumn(ReadOnlySpan<byte> rows, int column)
    {
        Span<int> starts = _rows.StartsOf(column);
        bool isUniform = _rows.IsUniform(rows, column);
        int width = ColumnRows.LengthAt(rows, starts[0]);
        if (isUniform && NumberReader.IsWidth(width))
        {
            _output.Write((byte)ColumnNulls.None);
            NumberReader.Read(rows, starts, width, _numbers);
            WriteNumbers(rows, starts, width, column);
            return;
        }

        ColumnShape shape = isUniform ? ColumnShape.OfUniform(starts.Length, width) : ColumnShape.Of(rows, starts);
        if (shape.NullCount == starts.Length)
        {
            _output.Write((byte)ColumnNulls.All);
            return;
        }

        if (shape.NullCount == 0)
        {
            _output.Write((byte)ColumnNulls.None);
        }
        else
        {
            _output.Write((byte)ColumnNulls.Bitmap);
            starts = TakeNullsOut(rows, starts);
        }

        if (shape.LengthMin == shape.LengthMax && NumberReader.IsWidth(shape.LengthMin))
        {
            NumberReader.Read(rows, starts, shape.LengthMin, _numbers);
            WriteNumbers(rows, starts, shape.LengthMin, NoColumn);
        }
        else if (!TryWriteDictionary(rows, starts, bitsMax: 8) && !TryWriteDecimals(rows, starts, shape))
        {
            WriteBytes(rows, starts, shape);
        }
    }

    private Span<int> TakeNullsOut(ReadOnlySpan<byte> rows, Span<int> starts)
    {
        int length = (starts.Length + 7) / 8;
        Span<byte> bitmap = _output.Take(isPlain: false, length)[..length];
        bitmap.Clear();
        int count = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int start = starts[i];
            if (ColumnRows.LengthAt(rows, start) < 0)
            {
                bitmap[i >> 3] |= (byte)(1 << (i & 7));
            }
            else
            {
                starts[count++] = start;
            }
        }

        return starts[..count];
    }

    // The numbers were read; a dictionary is tried in their place, then the difference to a column before.
    private void WriteNumbers(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int width, int column)
    {
        Span<ulong> numbers = _numbers.AsSpan(0, starts.Length);
        SeriesWriter.Plan plan = SeriesWriter.Measure(numbers);

        // Numbers far apart may still be few; a dictionary saves at least half.
        if (plan.Bits > 4 && TryWriteDictionary(rows, starts, Math.Min(8, plan.Bits / 2)))
        {
            return;
        }

        if (column != NoColumn)
        {
            int of = _differences.Find(width, numbers, plan.Bits);
            _differences.Add(column, width, numbers);
            if (of >= 0 && TryWriteDifference(rows, numbers, width, of, plan.Bits))
            {
                return;
            }
        }

        _output.Write((byte)ColumnEncoding.Numbers);
        _output.Write((byte)width);
        _series.Write(numbers, plan, _output);
    }

    private bool TryWriteDifference(ReadOnlySpan<byte> rows, ReadOnlySpan<ulong> numbers, int width, int of, int bits)
    {
        Span<ulong> differences = _trial.AsSpan(0, numbers.Length);
        NumberReader.Read(rows, _rows.StartsOf(of), width, differences);
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = numbers[i] - differences[i];
        }

        SeriesWriter.Plan plan = SeriesWriter.Measure(differences);
        if (plan.Bits > bits - DifferenceFinder.GainMin)
        {
            return false;
        }

        _output.Write((byte)ColumnEncoding.Difference);
        _output.Write((byte)width);
        _output.Write((ushort)of);
        _series.Write(differences, plan, _output);
        return true;
    }

    private bool TryWriteDictionary(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int bitsMax)
    {
        Span<byte> codes = _codes.AsSpan(0, starts.Length);
        if (starts.Length < DictionaryRowMin || !_words.TryNumber(rows, starts, codes) || _words.Count > 1 << bitsMax
            || _words.Count > starts.Length / 2)
        {
            return false;
        }

        _output.Write((byte)ColumnEncoding.Dictionary);
        _output.Write((ushort)_words.Count);
        Span<ulong> lengths = stackalloc ulong[ColumnLimits.WordCountMax];
        for (int word = 0; word < _words.Count; word++)
        {
            lengths[word] = (uint)_words.LengthOf(word);
        }

        WriteSeries(lengths[.._words.Count]);
        _output.Write((byte)AreaPlace.Coded);
        Span<byte> area = _output.Take(isPlain: false, _words.TotalLength);
        for (int word = 0; word < _words.Count; word++)
        {
            ReadOnlySpan<byte> value = rows.Slice(_words.StartOf(word), _words.LengthOf(word));
            value.CopyTo(area);
            area = area[value.Length..];
        }

        _series.Write(codes, _words.Count, _trial, _output);
        return true;
    }

    private bool TryWriteDecimals(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, ColumnShape shape)
    {
        if (shape.LengthMin < Decimals.LengthMin || shape.LengthMax > Decimals.LengthMax)
        {
            return false;
        }

        int scale = Decimals.ScaleOf(rows.Slice(starts[0], ColumnRows.LengthAt(rows, starts[0])));
        if (scale < 0)
        {
            return false;
        }

        Span<ulong> numbers = _numbers.AsSpan(0, starts.Length);
        for (int i = 0; i < starts.Length; i++)
        {
            if (!Decimals.TryRead(rows.Slice(starts[i], ColumnRows.LengthAt(rows, starts[i])), scale, out numbers[i]))
            {
                return false;
            }
        }

        _output.Write((byte)ColumnEncoding.Decimals);
        _output.Write((byte)scale);
        WriteSeries(numbers);
        return true;
    }

    private void WriteBytes(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, ColumnShape shape)
    {
        AreaPlace place = _area.Choose(rows, starts, shape.TotalLength);
        if (shape.LengthMin == shape.LengthMax && shape.LengthMin is > 1 and <= ColumnLimits.PlaneWidthMax && place != AreaPlace.Nibbles)
        {
            WritePlanes(rows, starts, shape.LengthMin);
            return;
        }

        if (place == AreaPlace.Coded && _symbols.TryWrite(rows, starts, shape.TotalLength, _series, _output))
        {
            return;
        }

        _output.Write((byte)ColumnEncoding.Bytes);
        Span<ulong> lengths = _numbers.AsSpan(0, starts.Length);
        for (int i = 0; i < starts.Length; i++)
        {
            lengths[i] = (uint)ColumnRows.LengthAt(rows, starts[i]);
        }

        WriteSeries(lengths);
        _area.Write(rows, starts, shape.TotalLength, place, _output);
    }

    private void WritePlanes(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int width)
    {
        _output.Write((byte)ColumnEncoding.Planes);
        _output.Write((byte)width);
        uint plain = 0;
        for (int plane = 0; plane < width; plane++)
        {
            plain |= _area.IsNoise(rows, starts, plane) ? 1u << plane : 0;
        }

        _output.Write(plain);
        for (int plane = 0; plane < width; plane++)
        {
            Span<byte> target = _output.Take((plain >> plane & 1) != 0, starts.Length)[..starts.Length];
            for (int i = 0; i < starts.Length; i++)
            {
                target[i] = rows[starts[i] + plane];
            }
        }
    }

    private void WriteSeries(Span<ulong> numbers) => _series.Write(numbers, SeriesWriter.Measure(numbers), _output);
}
