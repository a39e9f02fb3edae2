using System.Buffers;

namespace PureDump.Formats.Values;

/// <summary>What COPY's text format does to the text of a value (copyto.c, CopyAttributeOutText).</summary>
internal static class CopyAttribute
{
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create("\b\f\n\r\t\v\\"u8);

    /// <summary>NULL.</summary>
    public static ReadOnlySpan<byte> Null => "\\N"u8;

    /// <summary>Adds text with a backslash before what would end a value or a row.</summary>
    public static void AddEscaped(ReadOnlySpan<byte> text, TextBuffer target)
    {
        while (true)
        {
            int stop = text.IndexOfAny(s_escaped);
            if (stop < 0)
            {
                target.Add(text);
                return;
            }

            target.Add(text[..stop]);
            target.Add((byte)'\\');
            target.Add(text[stop] switch
            {
                (byte)'\b' => (byte)'b',
                (byte)'\f' => (byte)'f',
                (byte)'\n' => (byte)'n',
                (byte)'\r' => (byte)'r',
                (byte)'\t' => (byte)'t',
                (byte)'\v' => (byte)'v',
                _ => (byte)'\\',
            });
            text = text[(stop + 1)..];
        }
    }
}
