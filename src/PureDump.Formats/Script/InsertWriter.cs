using System.Buffers;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Script;

/// <summary>
/// Turns rows of COPY's text format into INSERT statements (pg_dump.c, dumpTableData_insert). The values are the server's
/// text output either way; only what COPY escapes is taken back and what SQL quotes is quoted.
/// </summary>
public sealed class InsertWriter
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
    private int _rowCount;
    private int _column;
    private bool _isAfterBackslash;
    private bool _isSpilling;

    /// <summary>A writer for one table.</summary>
    /// <param name="rows">The table; its <see cref="TableRows.Insert"/> must be known.</param>
    /// <param name="options">How.</param>
    /// <param name="origin">Says how backslashes in literals are read.</param>
    /// <param name="encoding">Of the script.</param>
    /// <exception cref="PureDumpException">The source does not tell what INSERT needs to know (<see cref="ErrorKind.Usage"/>).</exception>
    public InsertWriter(TableRows rows, ScriptOptions options, DumpOrigin origin, Encoding encoding)
    {
        InsertFacts facts = rows.Insert
            ?? throw new PureDumpException(
                ErrorKind.Usage, $"the rows of {rows.Schema}.{rows.Table} cannot be written as INSERT: the source does not tell the types of its columns");

        // Without names the values must stand in the order of the target, which a partition root need not share.
        bool namesColumns = options.ColumnInserts || rows.LoadInto is not null;
        _columns = [.. facts.Columns.Where(style => !namesColumns || style != LiteralStyle.Generated)];
        _rowsPerStatement = options.RowsPerInsert;
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

        _prefix = encoding.GetBytes(prefix.ToString());
        _end = options.OnConflictDoNothing ? " ON CONFLICT DO NOTHING;\n"u8.ToArray() : ";\n"u8.ToArray();
    }

    /// <summary>Writes the statements of some rows, or of a part of a row; a part ends where it ends.</summary>
    /// <param name="rows">COPY text, which goes on where the last call ended.</param>
    /// <param name="output">Where to.</param>
    public void Write(ReadOnlySpan<byte> rows, Stream output)
    {
        while (!rows.IsEmpty)
        {
            if (_isAfterBackslash)
            {
                _value.Write(rows[..1]);
                rows = rows[1..];
                _isAfterBackslash = false;
                continue;
            }

            int stop = rows.IndexOfAny(s_stops);
            if (stop < 0)
            {
                _value.Write(rows);
                SpillLarge(output);
                return;
            }

            // A backslash is kept with what it escapes: what they mean is decided when the literal is written.
            _isAfterBackslash = rows[stop] == Backslash;
            _value.Write(rows[..(_isAfterBackslash ? stop + 1 : stop)]);
            if (!_isAfterBackslash)
            {
                EndValue(isLast: rows[stop] == LineFeed, output);
            }

            rows = rows[(stop + 1)..];
        }
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

            WriteUnescaped(_value.WrittenSpan, output);
            _value.ResetWrittenCount();
        }
    }

    private void EndValue(bool isLast, Stream output)
    {
        if (_isSpilling)
        {
            WriteUnescaped(_value.WrittenSpan, output);
            output.WriteByte(Quote);
            _isSpilling = false;
            _column++;
        }
        else
        {
            BeginValue(output);
            if (_column < _columns.Length)
            {
                WriteLiteral(_value.WrittenSpan, _columns[_column++], output);
            }
        }

        _value.ResetWrittenCount();
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

    private void WriteLiteral(ReadOnlySpan<byte> value, LiteralStyle style, Stream output)
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
                WriteQuoted(value, output);
                break;
        }
    }

    private void WriteQuoted(ReadOnlySpan<byte> value, Stream output)
    {
        BeginLiteral(value.IndexOf(@"\\"u8) >= 0, output);
        WriteUnescaped(value, output);
        output.WriteByte(Quote);
    }

    private void BeginLiteral(bool mayHoldBackslash, Stream output) =>
        output.Write(_escapesBackslashes && mayHoldBackslash ? "E'"u8 : "'"u8);

    private void WriteUnescaped(ReadOnlySpan<byte> value, Stream output)
    {
        while (!value.IsEmpty)
        {
            int stop = value.IndexOfAny(Backslash, Quote);
            if (stop < 0)
            {
                output.Write(value);
                break;
            }

            output.Write(value[..stop]);
            if (value[stop] == Quote)
            {
                output.Write("''"u8);
                value = value[(stop + 1)..];
                continue;
            }

            byte meant = Unescaped(value[stop + 1]);
            output.WriteByte(meant);
            if (meant == Backslash && _escapesBackslashes)
            {
                output.WriteByte(Backslash);
            }

            value = value[(stop + 2)..];
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
