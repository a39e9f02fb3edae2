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

    /// <summary>Reads and writes text that is in the encoding of that name.</summary>
    /// <param name="name">PostgreSQL's name, e.g. <c>UTF8</c> or <c>LATIN1</c>.</param>
    public static Encoding Of(string name) => IsUtf8(name) ? s_strictUtf8 : Encoding.Latin1;

    /// <summary>Whether the name means UTF-8.</summary>
    public static bool IsUtf8(string name) => Folded(name) is "UTF8" or "UNICODE";

    /// <summary>Whether only clients use the encoding: text in it cannot be quoted byte by byte.</summary>
    public static bool IsClientOnly(string name) => s_clientOnly.Contains(Folded(name));

    // The server compares letters and digits alone (encnames.c, clean_encoding_name).
    private static string Folded(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
}
