using System.Text;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Wire;

/// <summary>
/// How a password is prepared for SCRAM (RFC 4013). As in libpq (<c>pg_saslprep</c>) a password the rules forbid is used
/// as it is, for the server did the same when it was set.
/// </summary>
internal static class SaslPrep
{
    /// <summary>The bytes of a password.</summary>
    public static byte[] Encode(string password) => TypedText.Encode(Prepare(password));

    /// <summary>The prepared password.</summary>
    public static string Prepare(string password)
    {
        if (Ascii.IsValid(password) || !TypedText.IsUtf8(password))
        {
            return password;
        }

        var mapped = new List<int>(password.Length);
        foreach (Rune rune in password.EnumerateRunes())
        {
            if (IsMappedToSpace(rune.Value))
            {
                mapped.Add(' ');
            }
            else if (!IsMappedToNothing(rune.Value))
            {
                mapped.Add(rune.Value);
            }
        }

        List<int> prepared = NormalFormKc.Of(mapped);
        return prepared.Count > 0 && !prepared.Exists(IsProhibited) && IsOneDirection(prepared) ? Text(prepared) : password;
    }

    private static string Text(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (int point in points)
        {
            text.Append(new Rune(point));
        }

        return text.ToString();
    }

    // RFC 3454, section 6: right-to-left text must be nothing else, from end to end.
    private static bool IsOneDirection(List<int> points)
    {
        SaslPrepTables tables = SaslPrepTables.Instance;
        return !points.Exists(tables.IsRightToLeft) ||
               (!points.Exists(tables.IsLeftToRight) && tables.IsRightToLeft(points[0]) && tables.IsRightToLeft(points[^1]));
    }

    // RFC 3454, table C.1.2.
    private static bool IsMappedToSpace(int value) =>
        value is 0x00A0 or 0x1680 or (>= 0x2000 and <= 0x200B) or 0x202F or 0x205F or 0x3000;

    // RFC 3454, table B.1.
    private static bool IsMappedToNothing(int value) =>
        value is 0x00AD or 0x034F or 0x1806 or (>= 0x180B and <= 0x180D) or 0x200C or 0x200D or 0x2060 or
            (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    // RFC 3454, tables A.1, C.1.2 and C.2 to C.9.
    private static bool IsProhibited(int value) => value switch
    {
        < 0x20 or (>= 0x7F and <= 0x9F) => true,
        0x06DD or 0x070F or 0x180E or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x2063) or (>= 0x206A and <= 0x206F) => true,
        0x0340 or 0x0341 or 0x200C or 0x200D or 0x200E or 0x200F or 0xFEFF => true,
        (>= 0x2FF0 and <= 0x2FFB) or (>= 0xE000 and <= 0xF8FF) or (>= 0xFDD0 and <= 0xFDEF) => true,
        (>= 0xFFF9 and <= 0xFFFD) or (>= 0x1D173 and <= 0x1D17A) or 0xE0001 or (>= 0xE0020 and <= 0xE007F) => true,
        >= 0xF0000 => true,
        _ => (value & 0xFFFE) == 0xFFFE || IsMappedToSpace(value) || SaslPrepTables.Instance.IsUnassigned(value),
    };
}
