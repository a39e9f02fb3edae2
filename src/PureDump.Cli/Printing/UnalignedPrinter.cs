using PureDump.Engine.Replay;
using PureDump.Formats.Pg;

namespace PureDump.Cli.Printing;

/// <summary>Prints a result unaligned or as CSV (print.c, print_unaligned_text, print_csv_text).</summary>
internal sealed class UnalignedPrinter(IReadOnlyList<ReplayColumn> columns, TableStyle style, ByteOutput output) : IRowPrinter
{
    private readonly bool _isCsv = style.Layout == TableLayout.Csv;
    private readonly byte[] _separator = TypedText.Encode(style.Layout == TableLayout.Csv ? style.CsvSeparator : style.FieldSeparator);
    private readonly byte[] _end = TypedText.Encode(style.Layout == TableLayout.Csv ? "\n" : style.RecordSeparator);
    private readonly byte[] _null = TypedText.Encode(style.Null);
    private bool _isEndDue;
    private long _rowCount;

    /// <inheritdoc/>
    public void Begin()
    {
        if (!_isCsv && style is { TuplesOnly: false, Title: { } title })
        {
            output.Write(title);
            output.Write(style.IsExpanded ? [] : _end);
            _isEndDue = style.IsExpanded;
        }

        if (style.TuplesOnly || style.IsExpanded)
        {
            return;
        }

        for (int i = 0; i < columns.Count; i++)
        {
            output.Write(i == 0 ? [] : _separator);
            Put(columns[i].Name);
        }

        _isEndDue = true;
    }

    /// <inheritdoc/>
    public void Print(ReplayRow row)
    {
        if (_isEndDue)
        {
            // An expanded record is set off by an empty line.
            output.Write(_end);
            output.Write(style.IsExpanded && !_isCsv ? _end : []);
        }

        _isEndDue = columns.Count > 0;
        for (int i = 0; i < columns.Count; i++)
        {
            if (style.IsExpanded)
            {
                output.Write(i == 0 ? [] : _end);
                Put(columns[i].Name);
                output.Write(_separator);
            }
            else
            {
                output.Write(i == 0 ? [] : _separator);
            }

            Put(row.Next(out ReadOnlySpan<byte> value) ? value : _null);
        }

        _rowCount++;
    }

    /// <inheritdoc/>
    public void End()
    {
        if (!_isCsv && style is { TuplesOnly: false, HasFooter: true } && (!style.IsExpanded || _rowCount == 0))
        {
            output.Write(_isEndDue ? _end : []);
            output.Write(AlignedTable.Footer(_rowCount));
            _isEndDue = true;
        }

        if (_isEndDue)
        {
            // The last line ends as lines do, but for those who want zero bytes (find -print0).
            output.Write(style.RecordSeparator == "\0" && !_isCsv ? "\0"u8 : "\n"u8);
        }
    }

    private void Put(ReadOnlySpan<byte> value)
    {
        if (!_isCsv || (value.IndexOfAny("\"\r\n"u8) < 0 && value.IndexOf(_separator) < 0 && !value.SequenceEqual("\\."u8)))
        {
            output.Write(value);
            return;
        }

        output.Write("\""u8);
        while (value.IndexOf((byte)'"') is var at && at >= 0)
        {
            output.Write(value[..(at + 1)]);
            output.Write("\""u8);
            value = value[(at + 1)..];
        }

        output.Write(value);
        output.Write("\""u8);
    }
}
