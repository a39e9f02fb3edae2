using System.Buffers;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Script;

/// <summary>
/// Turns rows of COPY's text format into INSERT statements (pg_dump.c, dumpTableData_insert). The values are the server's
/// text output either way; only what COPY escapes is taken back and what SQL quotes is quoted.
/// </summary>
/// <remarks>
/// INSERT statements are made of COPY's text rows: the values are the server's own text output either way; one data path, and a large
/// value is never held whole.
/// </remarks>
internal sealed class InsertWriter
{
    private const int SpilledSize = 1 << 16;
    private const byte Tab = (byte)'\t';
    private const byte LineFeed = (byte)'\n';
    private const byte Backslash = (byte)'\\';
    private const byte Quote = (byte)'\'';

    private static readonly SearchValues<byte> s_number = SearchValues.Create("0123456789 +-eE."u8);
    private static readonly SearchValues<byte> s_stops = SearchValues.Create("\t\n\\"u8);

    private readonly byte[] _prefix;
    private readonly byte[] _end;
    private readonly LiteralStyle[] _columns;
    private readonly int _rowsPerStatement;
    private readonly bool _escapesBackslashes;
    private readonly ArrayBufferWriter<byte> _value = new();

    // In an encoding that only clients use: the marks of the value, in which all that means something is looked for.
    private readonly ClientCharacters? _characters;
    private readonly ArrayBufferWriter<byte> _valueMarks = new();
    private readonly string _name;
    private byte[] _joined = [];
    private byte[] _marks = [];
    private int _restLength;
    private int _rowCount;
    private int _column;
    private bool _isAfterBackslash;
    private bool _isSpilling;

    /// <summary>A writer for one table.</summary>
    /// <param name="rows">The table; its <see cref="TableRows.Insert"/> must be known.</param>
    /// <param name="options">How.</param>
    /// <param name="origin">Says how backslashes in literals are read, and the encoding of rows and script.</param>
    /// <exception cref="PureDumpException">The source does not tell what INSERT needs to know (<see cref="ErrorKind.Usage"/>).</exception>
    public InsertWriter(TableRows rows, ScriptOptions options, DumpOrigin origin)
    {
        InsertFacts facts = rows.Insert
            ?? throw new PureDumpException(
                ErrorKind.Usage,
                $"the rows of {rows.Schema}.{rows.Table} cannot be written as INSERT: the source does not tell the types of its columns");

        // Without names the values must stand in the order of the target, which a partition root need not share.
        bool namesColumns = options.ColumnInserts || rows.LoadInto is not null;
        _columns = [.. facts.Columns.Where(style => !namesColumns || style != LiteralStyle.Generated)];
        _rowsPerStatement = options.RowsPerInsert;
        _characters = ClientCharacters.Of(origin.Encoding);
        _name = $"{SqlText.Name(rows.Schema, rows.Table)}, in {origin.Encoding}";
        _escapesBackslashes = !origin.StandardConformingStrings;
        var prefix = new StringBuilder($"INSERT INTO {PlainSqlWriter.Target(rows)} ");
        if (_columns.Length == 0)
        {
            prefix.Append("DEFAULT VALUES;\n");
        }
        else
        {
            prefix.Append(namesColumns ? $"({string.Join(", ", rows.Columns.Select(column => SqlText.Name(column.Name)))}) " : "");
            prefix.Append(facts.OverridesSystemValue ? "OVERRIDING SYSTEM VALUE " : "").Append("VALUES");
        }

        _prefix = TextEncoding.Of(origin.Encoding).GetBytes(prefix.ToString());
        _end = options.OnConflictDoNothing ? " ON CONFLICT DO NOTHING;\n"u8.ToArray() : ";\n"u8.ToArray();
    }

    /// <summary>Writes the statements of some rows, or of a part of a row; a part ends where it ends.</summary>
    /// <param name="rows">COPY text, which goes on where the last call ended.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="PureDumpException">They hold what is no character of an encoding that only clients use: the quote behind it could
    /// be taken for a part of one (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Write(ReadOnlySpan<byte> rows, Stream output)
    {
        if (_characters is null)
        {
            Write(rows, rows, output);
            return;
        }

        // A character that was cut at the end of the last rows comes whole now.
        int length = _restLength + rows.Length;
        if (_joined.Length < length)
        {
            Array.Resize(ref _joined, length);
            _marks = new byte[length];
        }

        rows.CopyTo(_joined.AsSpan(_restLength));
        int whole = _characters.Mask(_joined.AsSpan(0, length), _marks, isLast: false);
        if (!_characters.AreValid(_joined.AsSpan(0, whole)))
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"a value of {_name}, holds bytes that are no character");
        }

        Write(_joined.AsSpan(0, whole), _marks.AsSpan(0, whole), output);
        _restLength = length - whole;
        _joined.AsSpan(whole, _restLength).CopyTo(_joined);
    }

    private void Write(ReadOnlySpan<byte> rows, ReadOnlySpan<byte> marks, Stream output)
    {
        while (!rows.IsEmpty)
        {
            if (_isAfterBackslash)
            {
                Keep(rows[..1], marks[..1]);
                rows = rows[1..];
                marks = marks[1..];
                _isAfterBackslash = false;
                continue;
            }

            int stop = marks.IndexOfAny(s_stops);
            if (stop < 0)
            {
                Keep(rows, marks);
                SpillLarge(output);
                return;
            }

            // A backslash is kept with what it escapes: what they mean is decided when the literal is written.
            _isAfterBackslash = marks[stop] == Backslash;
            int kept = _isAfterBackslash ? stop + 1 : stop;
            Keep(rows[..kept], marks[..kept]);
            if (!_isAfterBackslash)
            {
                EndValue(isLast: marks[stop] == LineFeed, output);
            }

            rows = rows[(stop + 1)..];
            marks = marks[(stop + 1)..];
        }
    }

    private ReadOnlySpan<byte> ValueMarks => _characters is null ? _value.WrittenSpan : _valueMarks.WrittenSpan;

    private void Keep(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> marks)
    {
        _value.Write(bytes);
        if (_characters is not null)
        {
            _valueMarks.Write(marks);
        }
    }

    private void DropValue()
    {
        _value.ResetWrittenCount();
        _valueMarks.ResetWrittenCount();
    }

    /// <summary>Ends the statement that is open, if any.</summary>
    public void End(Stream output)
    {
        if (_rowCount > 0 && _columns.Length > 0)
        {
            output.Write(_end);
            _rowCount = 0;
        }
    }

    // A value that is not whole yet and must be a string goes out as far as it has come, so that it is never held whole.
    private void SpillLarge(Stream output)
    {
        int column = NextColumn();
        if (_value.WrittenCount >= SpilledSize && !_isAfterBackslash && column < _columns.Length && _columns[column] == LiteralStyle.Quoted)
        {
            if (!_isSpilling)
            {
                BeginValue(output);
                BeginLiteral(mayHoldBackslash: true, output);
                _isSpilling = true;
            }

            WriteUnescaped(_value.WrittenSpan, ValueMarks, output);
            DropValue();
        }
    }

    private void EndValue(bool isLast, Stream output)
    {
        if (_isSpilling)
        {
            WriteUnescaped(_value.WrittenSpan, ValueMarks, output);
            output.WriteByte(Quote);
            _isSpilling = false;
            _column++;
        }
        else
        {
            BeginValue(output);
            if (_column < _columns.Length)
            {
                WriteLiteral(_value.WrittenSpan, ValueMarks, _columns[_column++], output);
            }
        }

        DropValue();
        if (isLast)
        {
            WriteGenerated(output);
            EndRow(output);
        }
    }

    private void BeginValue(Stream output)
    {
        if (_column == 0)
        {
            BeginRow(output);
        }

        WriteGenerated(output);
        if (_column < _columns.Length)
        {
            WriteSeparator(output);
        }
    }

    private int NextColumn()
    {
        int column = _column;
        while (column < _columns.Length && _columns[column] == LiteralStyle.Generated)
        {
            column++;
        }

        return column;
    }

    private void BeginRow(Stream output)
    {
        if (_rowCount == 0 || _columns.Length == 0)
        {
            output.Write(_prefix);
        }

        if (_columns.Length > 0)
        {
            output.Write(_rowsPerStatement == 1 ? " ("u8 : _rowCount > 0 ? ",\n\t("u8 : "\n\t("u8);
        }
    }

    private void EndRow(Stream output)
    {
        _column = 0;
        if (_columns.Length == 0)
        {
            return;
        }

        output.Write(")"u8);
        if (++_rowCount >= _rowsPerStatement)
        {
            output.Write(_end);
            _rowCount = 0;
        }
    }

    private void WriteGenerated(Stream output)
    {
        while (_column < _columns.Length && _columns[_column] == LiteralStyle.Generated)
        {
            WriteSeparator(output);
            output.Write("DEFAULT"u8);
            _column++;
        }
    }

    private void WriteSeparator(Stream output)
    {
        if (_column > 0)
        {
            output.Write(", "u8);
        }
    }

    private void WriteLiteral(ReadOnlySpan<byte> value, ReadOnlySpan<byte> marks, LiteralStyle style, Stream output)
    {
        if (value.SequenceEqual("\\N"u8))
        {
            output.Write("NULL"u8);
            return;
        }

        switch (style)
        {
            case LiteralStyle.Number when value.IndexOfAnyExcept(s_number) < 0:
                output.Write(value);
                break;
            case LiteralStyle.Bits:
                output.Write("B'"u8);
                output.Write(value);
                output.Write("'"u8);
                break;
            case LiteralStyle.Boolean:
                output.Write(value.SequenceEqual("t"u8) ? "true"u8 : "false"u8);
                break;
            default:
                WriteQuoted(value, marks, output);
                break;
        }
    }

    private void WriteQuoted(ReadOnlySpan<byte> value, ReadOnlySpan<byte> marks, Stream output)
    {
        BeginLiteral(marks.IndexOf(@"\\"u8) >= 0, output);
        WriteUnescaped(value, marks, output);
        output.WriteByte(Quote);
    }

    private void BeginLiteral(bool mayHoldBackslash, Stream output) =>
        output.Write(_escapesBackslashes && mayHoldBackslash ? "E'"u8 : "'"u8);

    private void WriteUnescaped(ReadOnlySpan<byte> value, ReadOnlySpan<byte> marks, Stream output)
    {
        while (!value.IsEmpty)
        {
            int stop = marks.IndexOfAny(Backslash, Quote);
            if (stop < 0)
            {
                output.Write(value);
                break;
            }

            output.Write(value[..stop]);
            if (marks[stop] == Quote)
            {
                output.Write("''"u8);
                value = value[(stop + 1)..];
                marks = marks[(stop + 1)..];
                continue;
            }

            byte meant = Unescaped(value[stop + 1]);
            output.WriteByte(meant);
            if (meant == Backslash && _escapesBackslashes)
            {
                output.WriteByte(Backslash);
            }

            value = value[(stop + 2)..];
            marks = marks[(stop + 2)..];
        }
    }

    // What COPY TO writes for control characters (copyto.c, CopyAttributeOutText).
    private static byte Unescaped(byte escaped) => escaped switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => LineFeed,
        (byte)'r' => (byte)'\r',
        (byte)'t' => Tab,
        (byte)'v' => (byte)'\v',
        _ => escaped,
    };
}
