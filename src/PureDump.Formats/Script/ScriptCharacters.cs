using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>
/// How many bytes a character of a script has, as far as a lexer must know it: in the encodings that only clients use the
/// second byte of a character can look like a backslash or a quote (pg_wchar.h, PG_ENCODING_BE_LAST).
/// </summary>
internal readonly struct ScriptCharacters
{
    private readonly bool _isClientOnly;
    private readonly bool _isShiftJis;
    private readonly bool _isGb18030;

    private ScriptCharacters(string encoding)
    {
        _isClientOnly = TextEncoding.IsClientOnly(encoding);
        string folded = new([.. encoding.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        _isShiftJis = folded is "SJIS" or "MSKANJI" or "SHIFTJIS" or "WIN932" or "WINDOWS932" or "SHIFTJIS2004";
        _isGb18030 = folded == "GB18030";
    }

    /// <summary>True where each byte can be looked at for itself: all encodings that a server stores.</summary>
    public bool IsByteSafe => !_isClientOnly;

    /// <summary>The characters of an encoding.</summary>
    /// <param name="encoding">PostgreSQL's name.</param>
    public static ScriptCharacters Of(string encoding) => new(encoding);

    /// <summary>The bytes of the character that begins the text; 0 where the text is too short to tell.</summary>
    public int Length(ReadOnlySpan<byte> text)
    {
        if (!_isClientOnly || text[0] < 0x80 || (_isShiftJis && text[0] is >= 0xa1 and <= 0xdf))
        {
            return 1;
        }

        if (text.Length < 2)
        {
            return 0;
        }

        int length = _isGb18030 && text[1] is >= 0x30 and <= 0x39 ? 4 : 2;
        return text.Length < length ? 0 : length;
    }
}
