using System.Buffers;
using System.Text;

namespace PureDump.Formats.Values;

/// <summary>How the text of a value stands inside that of another one.</summary>
internal static class QuotedText
{
    private static readonly SearchValues<byte> s_inArray = SearchValues.Create(" \t\n\v\f\r\"\\{},"u8);
    private static readonly SearchValues<byte> s_inBoxArray = SearchValues.Create(" \t\n\v\f\r\"\\{};"u8);
    private static readonly SearchValues<byte> s_inComposite = SearchValues.Create(" \t\n\v\f\r\"\\(),"u8);
    private static readonly SearchValues<byte> s_inRange = SearchValues.Create(" \t\n\v\f\r\"\\()[],"u8);

    /// <summary>Adds an element of an array (arrayfuncs.c, array_out).</summary>
    public static void AddElement(ReadOnlySpan<byte> text, byte delimiter, TextBuffer target)
    {
        bool isQuoted = text.IsEmpty
            || Ascii.EqualsIgnoreCase(text, "NULL"u8)
            || text.ContainsAny(delimiter == ',' ? s_inArray : s_inBoxArray);
        Add(text, isQuoted, isDoubled: false, target);
    }

    /// <summary>Adds a column of a composite (rowtypes.c, record_out).</summary>
    public static void AddColumn(ReadOnlySpan<byte> text, TextBuffer target) =>
        Add(text, text.IsEmpty || text.ContainsAny(s_inComposite), isDoubled: true, target);

    /// <summary>Adds a bound of a range (rangetypes.c, range_bound_escape).</summary>
    public static void AddBound(ReadOnlySpan<byte> text, TextBuffer target) =>
        Add(text, text.IsEmpty || text.ContainsAny(s_inRange), isDoubled: true, target);

    /// <summary>Adds a key or a value of an hstore, which always has its quotes (hstore_io.c, cpw).</summary>
    public static void AddPart(ReadOnlySpan<byte> text, TextBuffer target) => Add(text, isQuoted: true, isDoubled: false, target);

    /// <summary>Adds a word of a tsvector (tsvector.c, tsvectorout).</summary>
    public static void AddWord(ReadOnlySpan<byte> text, TextBuffer target)
    {
        target.Add((byte)'\'');
        AddDoubled(text, (byte)'\'', target);
        target.Add((byte)'\'');
    }

    // Inside quotes a backslash or a quote has a backslash before it, or itself once more.
    private static void Add(ReadOnlySpan<byte> text, bool isQuoted, bool isDoubled, TextBuffer target)
    {
        if (!isQuoted)
        {
            target.Add(text);
            return;
        }

        target.Add((byte)'"');
        if (isDoubled)
        {
            AddDoubled(text, (byte)'"', target);
        }
        else
        {
            for (int stop; (stop = text.IndexOfAny((byte)'"', (byte)'\\')) >= 0; text = text[(stop + 1)..])
            {
                target.Add(text[..stop]);
                target.Add((byte)'\\');
                target.Add(text[stop]);
            }

            target.Add(text);
        }

        target.Add((byte)'"');
    }

    private static void AddDoubled(ReadOnlySpan<byte> text, byte quote, TextBuffer target)
    {
        for (int stop; (stop = text.IndexOfAny(quote, (byte)'\\')) >= 0; text = text[(stop + 1)..])
        {
            target.Add(text[..(stop + 1)]);
            target.Add(text[stop]);
        }

        target.Add(text);
    }
}
