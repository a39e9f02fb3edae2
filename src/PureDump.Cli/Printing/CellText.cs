using System.Globalization;
using System.Text;
using PureDump.Formats.Pg;

namespace PureDump.Cli.Printing;

/// <summary>
/// A value laid out for a cell of a table: its lines, with control characters spelled out and tabulators made blanks
/// (mbprint.c, pg_wcsformat).
/// </summary>
/// <param name="Text">The bytes of a line.</param>
/// <param name="Width">How many columns of a terminal it takes.</param>
internal readonly record struct CellText(ReadOnlyMemory<byte> Text, int Width)
{
    private const int TabWidth = 8;

    /// <summary>The lines of a value; at least one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isUtf8">Whether it is UTF-8; else each byte is a column.</param>
    public static CellText[] Of(ReadOnlySpan<byte> value, bool isUtf8)
    {
        var lines = new List<CellText>(1);
        var text = new List<byte>(value.Length);
        int width = 0;
        while (!value.IsEmpty)
        {
            byte first = value[0];
            if (first == (byte)'\n')
            {
                lines.Add(new CellText(text.ToArray(), width));
                text.Clear();
                width = 0;
                value = value[1..];
                continue;
            }

            width += Append(ref value, isUtf8, width, text);
        }

        lines.Add(new CellText(text.ToArray(), width));
        return [.. lines];
    }

    /// <summary>The width of the widest line.</summary>
    public static int WidthOf(ReadOnlySpan<CellText> lines)
    {
        int width = 0;
        foreach (CellText line in lines)
        {
            width = Math.Max(width, line.Width);
        }

        return width;
    }

    private static int Append(ref ReadOnlySpan<byte> value, bool isUtf8, int column, List<byte> text)
    {
        byte first = value[0];
        if (first == (byte)'\t')
        {
            int blankCount = TabWidth - (column % TabWidth);
            text.AddRange(Enumerable.Repeat((byte)' ', blankCount));
            value = value[1..];
            return blankCount;
        }

        if (first == (byte)'\r')
        {
            value = value[1..];
            return Spell("\\r", text);
        }

        if (first < 0x80 || !isUtf8)
        {
            value = value[1..];
            if (first is < 0x20 or 0x7f)
            {
                return Spell(string.Create(CultureInfo.InvariantCulture, $"\\x{first:X2}"), text);
            }

            text.Add(first);
            return 1;
        }

        bool isWhole = Rune.DecodeFromUtf8(value, out Rune character, out int length) == System.Buffers.OperationStatus.Done;
        ReadOnlySpan<byte> bytes = value[..length];
        value = value[length..];
        int width = isWhole ? TextWidth.Of(character) : -1;
        if (width >= 0)
        {
            text.AddRange(bytes);
            return width;
        }

        return isWhole
            ? Spell(string.Create(CultureInfo.InvariantCulture, $"\\u{character.Value:X4}"), text)
            : Spell(string.Concat(Convert.ToHexString(bytes).Chunk(2).Select(static pair => $"\\x{pair[0]}{pair[1]}")), text);
    }

    private static int Spell(string spelled, List<byte> text)
    {
        text.AddRange(Encoding.ASCII.GetBytes(spelled));
        return spelled.Length;
    }
}
