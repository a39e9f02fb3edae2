namespace PureDump.Formats.Pg;

/// <summary>
/// Where characters end in an encoding that only clients use: there a later byte of a character can look like a quote, a backslash
/// or a dollar sign (pg_wchar.h, PG_ENCODING_BE_LAST), so no byte means anything before it is known to be a first one. A line end
/// is never part of a character: psql reads line by line, and COPY row by row.
/// </summary>
/// <remarks>
/// In encodings that only clients have scripts, rows and statements are looked at in their marks: a copy that has left of each character
/// but its first byte: psql's own rule (psqlscan_prepare_buffer), in one place, and no branch where bytes are safe: there the marks are
/// the text. Their rows travel as text, for binary ones are made text by looking at bytes.
/// </remarks>
internal sealed class ClientCharacters
{
    /// <summary>What stands for a later byte of a character in a mask (psqlscan.l, psqlscan_prepare_buffer).</summary>
    public const byte Later = 0xff;

    // No later byte of a character is less (the ranges of all seven encodings; for some the server refuses nothing but zero).
    private const byte LaterMin = 0x30;

    private readonly Kind _kind;

    private ClientCharacters(Kind kind) => _kind = kind;

    private enum Kind
    {
        ShiftJis,
        DoubleByte,
        Gb18030,
        Johab,
    }

    /// <summary>The characters of an encoding; null where each byte can be looked at for itself, as in all that a server stores.</summary>
    /// <param name="encoding">PostgreSQL's name.</param>
    public static ClientCharacters? Of(string encoding) =>
        TextEncoding.ClientOnlyName(encoding) switch
        {
            null => null,
            "SJIS" or "SHIFT_JIS_2004" => new ClientCharacters(Kind.ShiftJis),
            "GB18030" => new ClientCharacters(Kind.Gb18030),
            "JOHAB" => new ClientCharacters(Kind.Johab),
            _ => new ClientCharacters(Kind.DoubleByte),
        };

    /// <summary>
    /// Copies text with <see cref="Later"/> in place of every byte that is not the first of its character, so that whoever looks for
    /// ASCII in the copy finds characters. What is no character is one as long as its first bytes say, as psql has it (wchar.c, pg_mblen).
    /// </summary>
    /// <param name="text">Begins with a character.</param>
    /// <param name="marks">As long as the text.</param>
    /// <param name="isLast">Nothing follows the text.</param>
    /// <returns>How many bytes are whole characters; the rest must be given again with what follows.</returns>
    public int Mask(ReadOnlySpan<byte> text, Span<byte> marks, bool isLast)
    {
        text.CopyTo(marks);
        int at = 0;
        while (true)
        {
            int ascii = text[at..].IndexOfAnyInRange((byte)0x80, (byte)0xff);
            if (ascii < 0)
            {
                return text.Length;
            }

            at += ascii;
            int length = Length(text[at..], isLast);
            if (length == 0)
            {
                return at;
            }

            marks.Slice(at + 1, length - 1).Fill(Later);
            at += length;
        }
    }

    /// <summary>The bytes of the character that a text begins with; 0 where what follows the text decides.</summary>
    /// <param name="text">Not empty.</param>
    /// <param name="isLast">Nothing follows the text.</param>
    public int Length(ReadOnlySpan<byte> text, bool isLast)
    {
        int length = Announced(text, out bool isCertain);
        int lineEnd = text[..Math.Min(length, text.Length)].IndexOf((byte)'\n');
        if (lineEnd > 0)
        {
            return lineEnd;
        }

        return (isCertain && length <= text.Length) || isLast ? Math.Min(length, text.Length) : 0;
    }

    /// <summary>
    /// Whether the bytes are a character: as the server checks it (wchar.c, pg_encoding_verifymbchar), and no byte of it could be taken
    /// for a quote.
    /// </summary>
    /// <param name="character">As long as <see cref="Length"/> says.</param>
    public bool IsValid(ReadOnlySpan<byte> character)
    {
        byte first = character[0];
        int length = Announced(character, out _);
        if (first < 0x80 || character.Length != length)
        {
            return first is > 0 and < 0x80 && character.Length == 1;
        }

        ReadOnlySpan<byte> later = character[1..];
        return _kind switch
        {
            Kind.ShiftJis => length == 1
                || (first is (>= 0x81 and <= 0x9f) or (>= 0xe0 and <= 0xfc) && later[0] is >= 0x40 and <= 0xfc and not 0x7f),
            Kind.Gb18030 when length == 4 =>
                first is >= 0x81 and <= 0xfe && later[1] is >= 0x81 and <= 0xfe && later[2] is >= (byte)'0' and <= (byte)'9',
            Kind.Gb18030 => first is >= 0x81 and <= 0xfe && later[0] is >= 0x40 and <= 0xfe and not 0x7f,
            Kind.Johab => later.IndexOfAnyExceptInRange((byte)0xa1, (byte)0xfe) < 0,
            _ => first is >= 0x81 and <= 0xfe && later[0] >= LaterMin,
        };
    }

    /// <summary>Whether a whole text is characters of the encoding, zero bytes excepted.</summary>
    public bool AreValid(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int length = Length(text, isLast: true);
            if (!IsValid(text[..length]))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    private int Announced(ReadOnlySpan<byte> text, out bool isCertain)
    {
        byte first = text[0];
        isCertain = true;
        if (first < 0x80)
        {
            return 1;
        }

        switch (_kind)
        {
            case Kind.ShiftJis:
                return first is >= 0xa1 and <= 0xdf ? 1 : 2;
            case Kind.Johab:
                return first == 0x8f ? 3 : 2;
            case Kind.Gb18030:
                isCertain = text.Length > 1;
                return isCertain && text[1] is >= (byte)'0' and <= (byte)'9' ? 4 : 2;
            default:
                return 2;
        }
    }
}
