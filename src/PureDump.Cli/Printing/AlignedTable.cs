using System.Globalization;
using PureDump.Formats.Pg;

namespace PureDump.Cli.Printing;

/// <summary>Prints a result as a table with columns, a row a line (print.c, print_aligned_text, linestyle ascii).</summary>
internal sealed class AlignedTable(ResultTable table, TableStyle style, bool isUtf8, ByteOutput output)
{
    private readonly CellText[][] _headers = [.. table.Columns.Select(column => CellText.Of(column.Name, isUtf8))];
    private readonly int[] _widths = new int[table.Columns.Count];
    private readonly CellText[] _null = CellText.Of(TypedText.Encode(style.Null), isUtf8);

    /// <summary>The sentence below a result.</summary>
    public static string Footer(long rowCount) =>
        rowCount == 1 ? "(1 row)" : string.Create(CultureInfo.InvariantCulture, $"({rowCount} rows)");

    /// <summary>Prints it.</summary>
    public void Print()
    {
        Measure();
        if (!style.TuplesOnly)
        {
            PrintTitle();
            if (style.Border == 2)
            {
                PrintRule();
            }

            PrintHeaders();
            PrintRule();
        }

        for (int row = 0; row < table.RowCount && _widths.Length > 0; row++)
        {
            PrintRow(row);
        }

        if (style.Border == 2)
        {
            PrintRule();
        }

        if (style is { TuplesOnly: false, HasFooter: true })
        {
            output.WriteLine(Footer(table.RowCount));
        }

        output.WriteLine("");
    }

    private void Measure()
    {
        for (int column = 0; column < _widths.Length; column++)
        {
            int width = CellText.WidthOf(_headers[column]);
            for (int row = 0; row < table.RowCount; row++)
            {
                width = Math.Max(width, CellText.WidthOf(Cell(row, column)));
            }

            _widths[column] = width;
        }
    }

    // In the middle of the table.
    private void PrintTitle()
    {
        if (style.Title is { } title)
        {
            int frame = style.Border switch { 0 => _widths.Length, 1 => (3 * _widths.Length) - 1, _ => (3 * _widths.Length) + 1 };
            output.Repeat((byte)' ', (_widths.Sum() + frame - title.Length) / 2);
            output.WriteLine(title);
        }
    }

    private CellText[] Cell(int row, int column) =>
        table.TryGet(row, column, out ReadOnlySpan<byte> value) ? CellText.Of(value, isUtf8) : _null;

    private void PrintRule()
    {
        output.Write(style.Border switch { 0 => "", 1 => "-", _ => "+-" });
        for (int column = 0; column < _widths.Length; column++)
        {
            output.Repeat((byte)'-', _widths[column]);
            if (column < _widths.Length - 1)
            {
                output.Write(style.Border == 0 ? " " : "-+-");
            }
        }

        output.Write(style.Border switch { 0 => "\n", 1 => "-\n", _ => "-+\n" });
    }

    private void PrintHeaders()
    {
        int lineCount = _headers.Length == 0 ? 0 : _headers.Max(static lines => lines.Length);
        for (int line = 0; line < lineCount; line++)
        {
            output.Write(style.Border == 2 ? "|" : "");
            for (int column = 0; column < _headers.Length; column++)
            {
                output.Write(style.Border == 0 ? "" : " ");
                CellText text = line < _headers[column].Length ? _headers[column][line] : default;
                int blankCount = _widths[column] - text.Width;
                output.Repeat((byte)' ', blankCount / 2);
                output.Write(text.Text.Span);
                output.Repeat((byte)' ', (blankCount + 1) / 2);
                output.Write(line + 1 < _headers[column].Length ? "+" : " ");
                output.Write(style.Border != 0 && column < _headers.Length - 1 ? "|" : "");
            }

            output.Write(style.Border == 2 ? "|\n" : "\n");
        }
    }

    private void PrintRow(int row)
    {
        var cells = new CellText[_widths.Length][];
        int lineCount = 1;
        for (int column = 0; column < cells.Length; column++)
        {
            cells[column] = Cell(row, column);
            lineCount = Math.Max(lineCount, cells[column].Length);
        }

        for (int line = 0; line < lineCount; line++)
        {
            output.Write(style.Border == 2 ? "|" : "");
            for (int column = 0; column < cells.Length; column++)
            {
                PrintCell(cells[column], line, column);
            }

            output.Write(style.Border == 2 ? "|\n" : "\n");
        }
    }

    // Behind the last cell of a line nothing is filled up, unless a frame or the mark of a line end comes there.
    private void PrintCell(CellText[] lines, int line, int column)
    {
        bool isFilled = style.Border == 2 || column < _widths.Length - 1;
        bool goesOn = line + 1 < lines.Length;
        output.Write(style.Border == 0 ? "" : " ");
        CellText text = line < lines.Length ? lines[line] : default;
        int blankCount = _widths[column] - text.Width;
        if (line >= lines.Length)
        {
            output.Repeat((byte)' ', isFilled ? blankCount : 0);
        }
        else if (table.IsRight(column))
        {
            output.Repeat((byte)' ', blankCount);
            output.Write(text.Text.Span);
        }
        else
        {
            output.Write(text.Text.Span);
            output.Repeat((byte)' ', isFilled || goesOn ? blankCount : 0);
        }

        output.Write(goesOn ? "+" : isFilled ? " " : "");
        output.Write(style.Border != 0 && column < _widths.Length - 1 ? "|" : "");
    }
}
