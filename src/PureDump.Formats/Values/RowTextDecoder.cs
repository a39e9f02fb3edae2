using System.Buffers;
using System.Buffers.Binary;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Values;

/// <summary>
/// Makes rows of COPY's text format out of those of its binary format: the very bytes the server would send with TimeZone UTC
/// and the other settings of a dump. Of a row that comes in pieces, text, bytea and the like are passed on piece by piece;
/// another value is held until it is whole. One thread at a time; nothing is allocated for a row.
/// </summary>
internal sealed class RowTextDecoder
{
    private const int IntervalInfinitySince = 170000;
    private const int OctalCharSince = 160000;
    private const int PaddedLogPositionSince = 190000;

    private readonly TableRows _rows;
    private readonly ValueType[] _columns;
    private readonly ValueWriter _values;
    private readonly TextBuffer _output;
    private readonly TextBuffer _unescaped;
    private readonly TextBuffer _held = new();
    private IBufferWriter<byte>? _target;

    // Where the next byte belongs: the count of fields at the beginning of a row (-1), the length of a field, or its value.
    private int _column = -1;
    private int _left = LengthIsNext;
    private bool _isInsideStream;
    private long _rowNumber;

    private const int LengthIsNext = -1;

    internal RowTextDecoder(TableRows rows, ValueType[] columns, int serverVersionNumber)
    {
        _rows = rows;
        _columns = columns;
        _values = new ValueWriter(
            serverVersionNumber >= IntervalInfinitySince,
            serverVersionNumber >= OctalCharSince,
            serverVersionNumber >= PaddedLogPositionSince);
        _output = new TextBuffer(bytes => _target!.Write(bytes));
        _unescaped = new TextBuffer(AddEscaped);
    }

    /// <summary>Decodes some rows, or a part of a row; a part goes on with the next call.</summary>
    /// <param name="rows">The bytes of a block.</param>
    /// <param name="target">Gets lines of text; written to in pieces of a few dozen kilobytes, however long a value is.</param>
    /// <exception cref="PureDumpException">They are not rows of the table (<see cref="ErrorKind.ArchiveDamaged"/>); names row and
    /// column.</exception>
    public void Decode(ReadOnlySpan<byte> rows, IBufferWriter<byte> target)
    {
        _target = target;
        try
        {
            while (!rows.IsEmpty && TakeNext(ref rows))
            {
                _output.Relieve();
            }

            _output.Drain();
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ArchiveDamaged)
        {
            throw e.Named(Place());
        }
        finally
        {
            _output.Clear();
            _unescaped.Clear();
            _target = null;
        }
    }

    /// <summary>Decodes a block.</summary>
    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, IBufferWriter{byte})"/>
    public void Decode(RowBlock block, IBufferWriter<byte> target) => Decode(block.Bytes, target);

    /// <summary>Says that nothing follows.</summary>
    /// <exception cref="PureDumpException">The last row is not whole (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void End()
    {
        if (_column >= 0 || _held.Length > 0)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{Place()}: the rows end inside a row");
        }
    }

    // False where more bytes are needed; all there are were taken then.
    private bool TakeNext(ref ReadOnlySpan<byte> rows)
    {
        if (_column < 0)
        {
            return TakeRowStart(ref rows);
        }

        if (_left == LengthIsNext)
        {
            return TakeLength(ref rows);
        }

        if (!_isInsideStream && _columns[_column].IsStreamed && rows.Length < _left)
        {
            BeginStream(ref rows);
        }

        return _isInsideStream ? TakeStream(ref rows) : TakeValue(ref rows);
    }

    private bool TakeRowStart(ref ReadOnlySpan<byte> rows)
    {
        if (!TryTake(ref rows, sizeof(short), out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        _rowNumber++;
        int count = BinaryPrimitives.ReadInt16BigEndian(bytes);
        _held.Clear();
        if (count != _columns.Length)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"it has {count} fields, the table {_columns.Length} columns");
        }

        if (count == 0)
        {
            _output.Add((byte)'\n');
            return true;
        }

        _column = 0;
        return true;
    }

    private bool TakeLength(ref ReadOnlySpan<byte> rows)
    {
        if (!TryTake(ref rows, sizeof(int), out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        _left = BinaryPrimitives.ReadInt32BigEndian(bytes);
        _held.Clear();
        if (_left == -1)
        {
            _output.Add(CopyAttribute.Null);
            EndValue();
        }
        else if (_left < 0)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"a value has the length {_left}");
        }
        else if (_left == 0)
        {
            AddValue([]);
        }

        return true;
    }

    private bool TakeValue(ref ReadOnlySpan<byte> rows)
    {
        if (!TryTake(ref rows, _left, out ReadOnlySpan<byte> value))
        {
            return false;
        }

        AddValue(value);
        return true;
    }

    private void AddValue(ReadOnlySpan<byte> value)
    {
        ValueType type = _columns[_column];
        if (type.IsStreamed)
        {
            AddPiece(value[AddPrefix(type, value)..]);
        }
        else if (type.NeedsNoEscape)
        {
            _values.Add(type, value, _output);
        }
        else
        {
            _values.Add(type, value, _unescaped);
            _unescaped.Drain();
        }

        _held.Clear();
        EndValue();
    }

    private void BeginStream(ref ReadOnlySpan<byte> rows)
    {
        ValueType type = _columns[_column];
        int prefixSize = AddPrefix(type, rows);
        rows = rows[prefixSize..];
        _left -= prefixSize;
        _isInsideStream = true;
    }

    private bool TakeStream(ref ReadOnlySpan<byte> rows)
    {
        const int pieceSize = 1 << 15;
        while (_left > 0 && !rows.IsEmpty)
        {
            ReadOnlySpan<byte> piece = rows[..Math.Min(pieceSize, Math.Min(_left, rows.Length))];
            AddPiece(piece);
            rows = rows[piece.Length..];
            _left -= piece.Length;
            _output.Relieve();
        }

        if (_left > 0)
        {
            return false;
        }

        EndValue();
        return true;
    }

    // What a value begins with, before what can be taken piece by piece: the version, or the sign of hexadecimal. Gives the
    // number of bytes that were it.
    private int AddPrefix(ValueType type, ReadOnlySpan<byte> value)
    {
        switch (type.Kind)
        {
            case ValueKind.VersionedText:
                var reader = new ValueReader(value, type);
                ValueWriter.CheckVersion(reader.Byte(), ref reader);
                return 1;
            case ValueKind.Bytes:
                _output.Add(@"\\x"u8);
                return 0;
            default:
                return 0;
        }
    }

    private void AddPiece(ReadOnlySpan<byte> piece)
    {
        if (_columns[_column].Kind == ValueKind.Bytes)
        {
            AddressText.AddHex(piece, _output);
        }
        else
        {
            CopyAttribute.AddEscaped(piece, _output);
        }
    }

    private void EndValue()
    {
        _isInsideStream = false;
        _left = LengthIsNext;
        _column++;
        _output.Add(_column == _columns.Length ? (byte)'\n' : (byte)'\t');
        if (_column == _columns.Length)
        {
            _column = -1;
        }
    }

    // The next bytes out of the rows, or out of what is held where they came in pieces. What is held grows with the bytes
    // that come, not with the length that is announced.
    private bool TryTake(ref ReadOnlySpan<byte> rows, int size, out ReadOnlySpan<byte> bytes)
    {
        if (_held.Length == 0 && rows.Length >= size)
        {
            bytes = rows[..size];
            rows = rows[size..];
            return true;
        }

        int missing = Math.Min(size - _held.Length, rows.Length);
        _held.Add(rows[..missing]);
        rows = rows[missing..];
        bytes = _held.Bytes;
        return _held.Length == size;
    }

    private void AddEscaped(ReadOnlySpan<byte> text)
    {
        CopyAttribute.AddEscaped(text, _output);
        _output.Relieve();
    }

    private string Place() =>
        $"{SqlText.Name(_rows.Schema, _rows.Table)}, row "
            + $"{_rowNumber}{(_column >= 0 && _column < _columns.Length ? $", column {SqlText.Name(_rows.Columns[_column].Name)}" : "")}";
}
