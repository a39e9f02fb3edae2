using System.Collections.Frozen;
using System.Text;

namespace PureDump.Formats.Pg;

/// <summary>
/// How text in one of PostgreSQL's encodings is held in strings. UTF-8 is decoded. Of any other encoding each byte is one
/// character: nothing is lost, whatever the bytes mean (in SQL_ASCII they mean nothing), quoting works because every
/// encoding of a server keeps ASCII bytes for ASCII, and ordinal order is the order of the bytes.
/// </summary>
public static class TextEncoding
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Encodings a client may ask for but no server stores, with their other names: second bytes of theirs look like ASCII
    // (pg_wchar.h, PG_ENCODING_BE_LAST; encnames.c).
    private static readonly FrozenSet<string> s_clientOnly = new[]
    {
        "SJIS", "MSKANJI", "SHIFTJIS", "WIN932", "WINDOWS932", "SHIFTJIS2004", "BIG5", "WIN950", "WINDOWS950",
        "GBK", "WIN936", "WINDOWS936", "UHC", "WIN949", "WINDOWS949", "GB18030", "JOHAB",
    }.ToFrozenSet(StringComparer.Ordinal);

    // The others, with their other names too (encnames.c, pg_encname_tbl).
    private static readonly FrozenSet<string> s_ofServers = new[]
    {
        "ABC", "ALT", "EUCCN", "EUCJIS2004", "EUCJP", "EUCKR", "EUCTW", "ISO88591", "ISO885910", "ISO885913", "ISO885914", "ISO885915", "ISO885916",
        "ISO88592", "ISO88593", "ISO88594", "ISO88595", "ISO88596", "ISO88597", "ISO88598", "ISO88599", "KOI8", "KOI8R", "KOI8U",
        "LATIN1", "LATIN10", "LATIN2", "LATIN3", "LATIN4", "LATIN5", "LATIN6", "LATIN7", "LATIN8", "LATIN9", "MULEINTERNAL", "SQLASCII", "TCVN", "TCVN5712",
        "UNICODE", "UTF8", "VSCII", "WIN", "WIN1250", "WIN1251", "WIN1252", "WIN1253", "WIN1254", "WIN1255", "WIN1256", "WIN1257", "WIN1258", "WIN866", "WIN874",
        "WINDOWS1250", "WINDOWS1251", "WINDOWS1252", "WINDOWS1253", "WINDOWS1254", "WINDOWS1255", "WINDOWS1256", "WINDOWS1257", "WINDOWS1258", "WINDOWS866", "WINDOWS874",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads and writes text that is in the encoding of that name.</summary>
    /// <param name="name">PostgreSQL's name, e.g. <c>UTF8</c> or <c>LATIN1</c>.</param>
    public static Encoding Of(string name) => IsUtf8(name) ? s_strictUtf8 : Encoding.Latin1;

    /// <summary>Whether the name means UTF-8.</summary>
    public static bool IsUtf8(string name) => Folded(name) is "UTF8" or "UNICODE";

    /// <summary>Whether only clients use the encoding: text in it cannot be quoted byte by byte.</summary>
    public static bool IsClientOnly(string name) => s_clientOnly.Contains(Folded(name));

    /// <summary>Whether PostgreSQL has an encoding of that name at all.</summary>
    public static bool IsKnown(string name) => Folded(name) is var folded && (s_ofServers.Contains(folded) || s_clientOnly.Contains(folded));

    // The server compares letters and digits alone (encnames.c, clean_encoding_name).
    private static string Folded(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
}
