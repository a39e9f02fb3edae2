using System.Globalization;
using PureDump.Formats.Pg;

namespace PureDump.Cli.Printing;

/// <summary>Prints a result with a line for each field (print.c, print_aligned_vertical, linestyle ascii).</summary>
internal sealed class ExpandedTable(ResultTable table, TableStyle style, bool isUtf8, ByteOutput output)
{
    private readonly CellText[][] _headers = [.. table.Columns.Select(column => CellText.Of(column.Name, isUtf8))];
    private readonly CellText[] _null = CellText.Of(TypedText.Encode(style.Null), isUtf8);
    private int _headerWidth;
    private int _valueWidth;
    private bool _isHeaderOfLines;
    private bool _isValueOfLines;

    /// <summary>Prints it.</summary>
    public void Print()
    {
        if (table.RowCount == 0 || _headers.Length == 0)
        {
            if (style is { TuplesOnly: false, HasFooter: true })
            {
                output.WriteLine(AlignedTable.Footer(table.RowCount));
            }

            output.WriteLine("");
            return;
        }

        Measure();
        if (style is { TuplesOnly: false, Title: { } title })
        {
            output.WriteLine(title);
        }

        for (int row = 0; row < table.RowCount; row++)
        {
            if (!style.TuplesOnly)
            {
                string number = (row + 1).ToString(CultureInfo.InvariantCulture);
                PrintRule(style.Border == 0 ? $"* Record {number}" : $"[ RECORD {number} ]");
            }
            else if (row > 0 || style.Border == 2)
            {
                PrintRule("");
            }

            for (int column = 0; column < _headers.Length; column++)
            {
                PrintField(_headers[column], Cell(row, column));
            }
        }

        if (style.Border == 2)
        {
            PrintRule("");
        }

        output.WriteLine("");
    }

    private void Measure()
    {
        foreach (CellText[] header in _headers)
        {
            _headerWidth = Math.Max(_headerWidth, CellText.WidthOf(header));
            _isHeaderOfLines |= header.Length > 1;
        }

        for (int row = 0; row < table.RowCount; row++)
        {
            for (int column = 0; column < _headers.Length; column++)
            {
                CellText[] cell = Cell(row, column);
                _valueWidth = Math.Max(_valueWidth, CellText.WidthOf(cell));
                _isValueOfLines |= cell.Length > 1;
            }
        }

        // The table is as wide as the line above a record.
        (int spacing, int ruleWidth) = style.Border switch { 0 => (1, 9), 1 => (3, 12), _ => (7, 15) };
        spacing += style.Border == 0 && _isHeaderOfLines ? 1 : 0;
        spacing += style.Border < 2 && _isValueOfLines ? 1 : 0;
        ruleWidth += table.RowCount.ToString(CultureInfo.InvariantCulture).Length;
        _valueWidth = style.TuplesOnly ? _valueWidth : Math.Max(_valueWidth, ruleWidth - _headerWidth - spacing);
    }

    private CellText[] Cell(int row, int column) =>
        table.TryGet(row, column, out ReadOnlySpan<byte> value) ? CellText.Of(value, isUtf8) : _null;

    // The number of the record stands over the rule, and may reach beyond the names.
    private void PrintRule(string record)
    {
        byte rule = style.Border == 0 ? (byte)' ' : (byte)'-';
        output.Write(style.Border switch { 0 => "", 1 => "-", _ => "+-" });
        output.Write(record);
        int length = record.Length + (style.Border == 2 ? 0 : 1);
        length = record.Length == 0 && style.Border == 0 ? 1 : length;
        output.Repeat(rule, _headerWidth - length);
        length -= _headerWidth;
        if (style.Border > 0)
        {
            output.Write(length-- <= 0 ? "-" : "");
            output.Write(length-- <= 0 ? "+" : "");
            output.Write(length-- <= 0 ? "-" : "");
        }
        else
        {
            output.Write(length-- <= 0 ? " " : "");
        }

        output.Repeat(rule, _valueWidth - Math.Max(0, length));
        output.Write(style.Border == 2 ? "-+\n" : "\n");
    }

    private void PrintField(CellText[] header, CellText[] value)
    {
        for (int line = 0; line < Math.Max(header.Length, value.Length); line++)
        {
            output.Write(style.Border == 2 ? "|" : "");
            PrintName(header, line);
            output.Write(style.Border > 0 ? "|" : "");
            PrintValue(value, line);
        }
    }

    private void PrintName(CellText[] header, int line)
    {
        if (line >= header.Length)
        {
            output.Repeat((byte)' ', _headerWidth + style.Border + (style.Border == 0 && _isHeaderOfLines ? 1 : 0));
            return;
        }

        output.Write(style.Border == 2 ? " " : "");
        output.Write(header[line].Text.Span);
        output.Repeat((byte)' ', _headerWidth - header[line].Width);
        if (style.Border > 0 || _isHeaderOfLines)
        {
            output.Write(line + 1 < header.Length ? "+" : " ");
        }
    }

    private void PrintValue(CellText[] value, int line)
    {
        if (line >= value.Length)
        {
            output.Repeat((byte)' ', style.Border < 2 ? 0 : _valueWidth + 2);
            output.Write(style.Border < 2 ? "\n" : "|\n");
            return;
        }

        bool goesOn = line + 1 < value.Length;
        output.Write(" ");
        output.Write(value[line].Text.Span);
        if (style.Border > 1 || (goesOn && _isValueOfLines))
        {
            output.Repeat((byte)' ', _valueWidth - value[line].Width);
            output.Write(goesOn ? "+" : " ");
        }

        output.Write(style.Border == 2 ? "|\n" : "\n");
    }
}
