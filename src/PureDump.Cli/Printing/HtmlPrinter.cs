using System.Globalization;
using System.Text;
using PureDump.Engine.Replay;

namespace PureDump.Cli.Printing;

/// <summary>Prints a result as a table of HTML (print.c, print_html_text, print_html_vertical).</summary>
internal sealed class HtmlPrinter(IReadOnlyList<ReplayColumn> columns, TableStyle style, ByteOutput output) : IRowPrinter
{
    private readonly byte[] _null = Encoding.UTF8.GetBytes(style.Null);
    private long _rowCount;

    /// <inheritdoc/>
    public void Begin()
    {
        string attributes = style.TableAttributes is { } given ? $" {given}" : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<table border=\"{style.Border}\"{attributes}>"));
        if (style is { TuplesOnly: false, Title: { } title })
        {
            output.Write("  <caption>");
            Put(Encoding.UTF8.GetBytes(title));
            output.WriteLine("</caption>");
        }

        if (style.TuplesOnly || style.IsExpanded)
        {
            return;
        }

        output.WriteLine("  <tr>");
        foreach (ReplayColumn column in columns)
        {
            output.Write("    <th align=\"center\">");
            Put(column.Name);
            output.WriteLine("</th>");
        }

        output.WriteLine("  </tr>");
    }

    /// <inheritdoc/>
    public void Print(ReplayRow row)
    {
        _rowCount++;
        if (columns.Count == 0)
        {
            return;
        }

        if (style.IsExpanded)
        {
            output.WriteLine(style.TuplesOnly
                ? "\n  <tr><td colspan=\"2\">&nbsp;</td></tr>"
                : string.Create(CultureInfo.InvariantCulture, $"\n  <tr><td colspan=\"2\" align=\"center\">Record {_rowCount}</td></tr>"));
        }
        else
        {
            output.WriteLine("  <tr valign=\"top\">");
        }

        foreach (ReplayColumn column in columns)
        {
            PrintField(column, row.Next(out ReadOnlySpan<byte> value) ? value : _null);
        }

        output.Write(style.IsExpanded ? "" : "  </tr>\n");
    }

    /// <inheritdoc/>
    public void End()
    {
        output.WriteLine("</table>");
        if (style is { TuplesOnly: false, HasFooter: true, IsExpanded: false })
        {
            output.Write("<p>");
            output.Write(AlignedTable.Footer(_rowCount));
            output.Write("<br />\n</p>");
        }

        output.WriteLine("");
    }

    private void PrintField(ReplayColumn column, ReadOnlySpan<byte> value)
    {
        if (style.IsExpanded)
        {
            output.Write("  <tr valign=\"top\">\n    <th>");
            Put(column.Name);
            output.WriteLine("</th>");
        }

        output.Write($"    <td align=\"{(ResultTable.IsRight(column.TypeOid) ? "right" : "left")}\">");
        if (value.TrimStart(" \t"u8).IsEmpty)
        {
            output.Write("&nbsp; ");
        }
        else
        {
            Put(value);
        }

        output.WriteLine(style.IsExpanded ? "</td>\n  </tr>" : "</td>");
    }

    // Blanks at the beginning are kept, for the plans of EXPLAIN.
    private void Put(ReadOnlySpan<byte> value)
    {
        int blankCount = value.Length - value.TrimStart((byte)' ').Length;
        for (int i = 0; i < blankCount; i++)
        {
            output.Write("&nbsp;"u8);
        }

        value = value[blankCount..];
        while (value.IndexOfAny("&<>\"\n"u8) is var at && at >= 0)
        {
            output.Write(value[..at]);
            output.Write(value[at] switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'"' => "&quot;"u8,
                _ => "<br />\n"u8,
            });
            value = value[(at + 1)..];
        }

        output.Write(value);
    }
}
