using System.Collections.Frozen;
using System.Text;

namespace PureDump.Formats.Pg;

/// <summary>
/// How text in one of PostgreSQL's encodings is held in strings. UTF-8 is decoded. Of any other encoding of a server each byte is
/// one character: nothing is lost, whatever the bytes mean (in SQL_ASCII they mean nothing), quoting works because every such
/// encoding keeps ASCII bytes for ASCII, and ordinal order is the order of the bytes. Those that only clients use do not keep them:
/// <see cref="ClientEncoding"/> makes one character of two bytes there, so that the same holds.
/// </summary>
internal static class TextEncoding
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Encodings a client may ask for but no server stores: PostgreSQL's names by all names they have (pg_wchar.h,
    // PG_ENCODING_BE_LAST; encnames.c).
    private static readonly FrozenDictionary<string, string> s_clientOnly = new Dictionary<string, string>
    {
        ["SJIS"] = "SJIS", ["MSKANJI"] = "SJIS", ["SHIFTJIS"] = "SJIS", ["WIN932"] = "SJIS", ["WINDOWS932"] = "SJIS",
        ["SHIFTJIS2004"] = "SHIFT_JIS_2004",
        ["BIG5"] = "BIG5", ["WIN950"] = "BIG5", ["WINDOWS950"] = "BIG5",
        ["GBK"] = "GBK", ["WIN936"] = "GBK", ["WINDOWS936"] = "GBK",
        ["UHC"] = "UHC", ["WIN949"] = "UHC", ["WINDOWS949"] = "UHC",
        ["GB18030"] = "GB18030",
        ["JOHAB"] = "JOHAB",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ClientEncoding> s_clientEncodings =
        s_clientOnly.Values.Distinct()
            .ToFrozenDictionary(static name => name, static name => new ClientEncoding(name, ClientCharacters.Of(name)!));

    // The others, with their other names too (encnames.c, pg_encname_tbl).
    private static readonly FrozenSet<string> s_ofServers = new[]
    {
        "ABC",
        "ALT",
        "EUCCN",
        "EUCJIS2004",
        "EUCJP",
        "EUCKR",
        "EUCTW",
        "ISO88591",
        "ISO885910",
        "ISO885913",
        "ISO885914",
        "ISO885915",
        "ISO885916",
        "ISO88592",
        "ISO88593",
        "ISO88594",
        "ISO88595",
        "ISO88596",
        "ISO88597",
        "ISO88598",
        "ISO88599",
        "KOI8",
        "KOI8R",
        "KOI8U",
        "LATIN1",
        "LATIN10",
        "LATIN2",
        "LATIN3",
        "LATIN4",
        "LATIN5",
        "LATIN6",
        "LATIN7",
        "LATIN8",
        "LATIN9",
        "MULEINTERNAL",
        "SQLASCII",
        "TCVN",
        "TCVN5712",
        "UNICODE",
        "UTF8",
        "VSCII",
        "WIN",
        "WIN1250",
        "WIN1251",
        "WIN1252",
        "WIN1253",
        "WIN1254",
        "WIN1255",
        "WIN1256",
        "WIN1257",
        "WIN1258",
        "WIN866",
        "WIN874",
        "WINDOWS1250",
        "WINDOWS1251",
        "WINDOWS1252",
        "WINDOWS1253",
        "WINDOWS1254",
        "WINDOWS1255",
        "WINDOWS1256",
        "WINDOWS1257",
        "WINDOWS1258",
        "WINDOWS866",
        "WINDOWS874",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads and writes text that is in the encoding of that name.</summary>
    /// <param name="name">PostgreSQL's name, e.g. <c>UTF8</c> or <c>LATIN1</c>.</param>
    public static Encoding Of(string name) =>
        IsUtf8(name) ? s_strictUtf8 : ClientOnlyName(name) is { } clientOnly ? s_clientEncodings[clientOnly] : Encoding.Latin1;

    /// <summary>Whether the name means UTF-8.</summary>
    public static bool IsUtf8(string name) => Folded(name) is "UTF8" or "UNICODE";

    /// <summary>Whether only clients use the encoding: bytes of its text mean nothing before it is known where characters end.</summary>
    public static bool IsClientOnly(string name) => ClientOnlyName(name) is not null;

    /// <summary>PostgreSQL's name of an encoding that only clients use; null for another.</summary>
    internal static string? ClientOnlyName(string name) => s_clientOnly.GetValueOrDefault(Folded(name));

    /// <summary>What text that was refused is not, for messages.</summary>
    public static string Shown(string name) => IsUtf8(name) ? "UTF-8" : $"text in {name}";

    /// <summary>
    /// A text in an encoding that only clients use, for people: each character that is not ASCII is U+FFFD, for what it is held as is
    /// nothing to read. Null for any other encoding.
    /// </summary>
    public static string? Visible(ReadOnlySpan<byte> text, Encoding encoding) => (encoding as ClientEncoding)?.Visible(text);

    /// <summary>Whether PostgreSQL has an encoding of that name at all.</summary>
    public static bool IsKnown(string name) =>
        Folded(name) is var folded && (s_ofServers.Contains(folded) || s_clientOnly.ContainsKey(folded));

    // The server compares letters and digits alone (encnames.c, clean_encoding_name).
    private static string Folded(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
}
