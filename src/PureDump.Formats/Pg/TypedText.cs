using System.Buffers;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Pg;

/// <summary>
/// Text that came from outside as bytes (an argument, a variable of the environment, a line of a passfile, a word of a script), which to
/// PostgreSQL stay bytes. What is UTF-8 of them is decoded; each byte that is not is a low surrogate without its high one, U+DC80 to
/// U+DCFF, as Python's <c>surrogateescape</c> has it (PEP 383). No text of a database holds one, so nothing is taken for another, and
/// the bytes can be had back.
/// </summary>
internal static class TypedText
{
    private const char ByteFirst = '\uDC80';
    private const char ByteLast = '\uDCFF';
    private const int ByteBase = 0xDC00;
    private const char Mark = '\uFEFF';

    /// <summary>Bytes as text.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
            if (status == OperationStatus.Done)
            {
                text.Append(rune);
            }
            else
            {
                foreach (byte value in bytes[..length])
                {
                    text.Append((char)(ByteBase + value));
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>The lines of a file that somebody wrote, which may be in any encoding; a mark of UTF-8 before the first is none of its
    /// bytes.</summary>
    public static List<string> ReadLines(Stream file)
    {
        // As Latin-1 each byte is a letter, and the ends of lines are where they are.
        using var reader = new StreamReader(file, Encoding.Latin1, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            string text = Decode(Encoding.Latin1.GetBytes(line));
            lines.Add(lines.Count == 0 ? text.TrimStart(Mark) : text);
        }

        return lines;
    }

    /// <summary>The bytes of a text: those that <see cref="Decode"/> made it of.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text) => Encode(text, Encoding.UTF8);

    /// <summary>Whether all of the text was UTF-8.</summary>
    public static bool IsUtf8(ReadOnlySpan<char> text) => NextByte(text) < 0;

    /// <summary>A text for messages: each byte that is not UTF-8 as <c>\xe9</c>.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder();
        ReadOnlySpan<char> rest = text;
        for (int at = NextByte(rest); at >= 0; at = NextByte(rest))
        {
            shown.Append(rest[..at]).Append($"\\x{rest[at] - ByteBase:x2}");
            rest = rest[(at + 1)..];
        }

        return shown.Append(rest).ToString();
    }

    /// <summary>
    /// The same bytes as text of an encoding is held (<see cref="TextEncoding"/>). Of UTF-8 that is the text itself, and a byte in it that
    /// is none goes to the server, which refuses it.
    /// </summary>
    /// <param name="encoding">PostgreSQL's name of it.</param>
    /// <param name="text">What was typed.</param>
    /// <exception cref="PureDumpException">Only clients use the encoding, and the bytes are no text in it (<see
    /// cref="ErrorKind.Usage"/>).</exception>
    public static string In(string encoding, string text)
    {
        if (TextEncoding.IsUtf8(encoding) || Ascii.IsValid(text))
        {
            return text;
        }

        try
        {
            return TextEncoding.Of(encoding).GetString(Encode(text));
        }
        catch (DecoderFallbackException e)
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"\"{Shown(text)}\" cannot be written in the encoding {encoding}",
                "write it in ASCII, or take UTF8",
                e);
        }
    }

    /// <summary>As <see cref="In"/>, of a text that is not UTF-8; one that is stays as it is, for a server to translate.</summary>
    /// <exception cref="PureDumpException">As there.</exception>
    public static string BytesIn(string encoding, string text) => IsUtf8(text) ? text : In(encoding, text);

    /// <summary>As <see cref="In"/>, for a script that is written.</summary>
    /// <exception cref="PureDumpException">As there; or the script is in UTF-8 and the text is not (<see
    /// cref="ErrorKind.Usage"/>).</exception>
    public static string Written(string encoding, string text) => !TextEncoding.IsUtf8(encoding) || IsUtf8(text)
        ? In(encoding, text)
        : throw new PureDumpException(ErrorKind.Usage, $"\"{Shown(text)}\" is not UTF-8, and cannot stand in a script in {encoding}");

    /// <summary>Text in an encoding, in which a byte that was no UTF-8 is that byte.</summary>
    /// <exception cref="EncoderFallbackException">The encoding lacks a character.</exception>
    public static byte[] Encode(ReadOnlySpan<char> text, Encoding encoding)
    {
        int at = NextByte(text);
        if (at < 0)
        {
            byte[] whole = new byte[encoding.GetByteCount(text)];
            encoding.GetBytes(text, whole);
            return whole;
        }

        var bytes = new ArrayBufferWriter<byte>(text.Length);
        for (; at >= 0; at = NextByte(text))
        {
            encoding.GetBytes(text[..at], bytes);
            bytes.GetSpan(1)[0] = (byte)(text[at] - ByteBase);
            bytes.Advance(1);
            text = text[(at + 1)..];
        }

        encoding.GetBytes(text, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    // The next low surrogate of the range that no high one stands before.
    private static int NextByte(ReadOnlySpan<char> text)
    {
        for (int start = 0; text[start..].IndexOfAnyInRange(ByteFirst, ByteLast) is >= 0 and int found; start += found + 1)
        {
            if (start + found == 0 || !char.IsHighSurrogate(text[start + found - 1]))
            {
                return start + found;
            }
        }

        return -1;
    }
}
