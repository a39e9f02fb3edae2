using System.Globalization;
using System.Text;

namespace PureDump.Postgres.Wire;

/// <summary>
/// How a password is prepared for SCRAM (RFC 4013). As in libpq (<c>pg_saslprep</c>) a password the rules forbid is used
/// as it is, for the server did the same when it was set.
/// </summary>
internal static class SaslPrep
{
    /// <summary>The bytes of a password.</summary>
    public static byte[] Encode(string password) => Encoding.UTF8.GetBytes(Prepare(password));

    /// <summary>The prepared password.</summary>
    public static string Prepare(string password)
    {
        if (Ascii.IsValid(password))
        {
            return password;
        }

        var mapped = new StringBuilder(password.Length);
        foreach (Rune rune in password.EnumerateRunes())
        {
            if (IsMappedToSpace(rune.Value))
            {
                mapped.Append(' ');
            }
            else if (!IsMappedToNothing(rune.Value))
            {
                mapped.Append(rune);
            }
        }

        // With invariant globalization, as in the executable, the base library knows no normal forms and leaves the text
        // as it is; that is right for every password typed as composed characters, which is what keyboards give.
        string prepared;
        try
        {
            prepared = mapped.ToString().Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return password;
        }

        if (prepared.Length == 0)
        {
            return password;
        }

        foreach (Rune rune in prepared.EnumerateRunes())
        {
            if (IsProhibited(rune))
            {
                return password;
            }
        }

        return prepared;
    }

    // RFC 3454, table C.1.2.
    private static bool IsMappedToSpace(int value) =>
        value is 0x00A0 or 0x1680 or (>= 0x2000 and <= 0x200B) or 0x202F or 0x205F or 0x3000;

    // RFC 3454, table B.1.
    private static bool IsMappedToNothing(int value) =>
        value is 0x00AD or 0x034F or 0x1806 or (>= 0x180B and <= 0x180D) or 0x200C or 0x200D or 0x2060 or
            (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    // RFC 3454, tables C.1.2, C.2, C.3, C.4, C.5, C.6, C.7, C.8 and C.9.
    private static bool IsProhibited(Rune rune) => rune.Value switch
    {
        < 0x20 or 0x7F or (>= 0x80 and <= 0x9F) => true,
        0x06DD or 0x070F or 0x180E or (>= 0x2028 and <= 0x202E) or (>= 0x2061 and <= 0x2063) or (>= 0x206A and <= 0x206F) => true,
        0x0340 or 0x0341 or 0x200E or 0x200F or (>= 0x2FF0 and <= 0x2FFB) or (>= 0xFDD0 and <= 0xFDEF) => true,
        (>= 0xFFF9 and <= 0xFFFD) or (>= 0x1D173 and <= 0x1D17A) or 0xE0001 or (>= 0xE0020 and <= 0xE007F) => true,
        var value when (value & 0xFFFE) == 0xFFFE => true,
        var value when IsMappedToSpace(value) => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate,
    };
}
