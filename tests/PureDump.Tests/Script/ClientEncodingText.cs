using System.Text;

namespace PureDump.Tests.Script;

/// <summary>
/// A text in an encoding that only clients use, and the same text in UTF-8: what stands for a character there is one of a list that
/// the test made, so nothing of the program decides where characters end.
/// </summary>
internal sealed class ClientEncodingText
{
    /// <summary>The encodings, by PostgreSQL's names.</summary>
    public static readonly string[] Encodings = ["SJIS", "SHIFT_JIS_2004", "BIG5", "GBK", "UHC", "GB18030", "JOHAB"];

    private const int LettersStart = 0x4e00;

    private readonly List<byte[]> _characters = [];

    /// <summary>Draws a list of characters.</summary>
    /// <param name="encoding">PostgreSQL's name.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="isValid">True for characters that exist; false for any bytes that begin like one.</param>
    /// <param name="count">How many.</param>
    public ClientEncodingText(string encoding, Random random, bool isValid, int count = 30)
    {
        while (_characters.Count < count)
        {
            byte[] one = isValid ? Valid(encoding, random) : Any(encoding, random);
            if (!_characters.Exists(other => other.AsSpan().SequenceEqual(one)))
            {
                _characters.Add(one);
            }
        }
    }

    /// <summary>One of the list, as it stands in the text with Unicode's letters.</summary>
    public char Draw(Random random) => (char)(LettersStart + random.Next(_characters.Count));

    /// <summary>The bytes of a text that has letters of the list in place of its characters.</summary>
    public byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        foreach (char letter in text)
        {
            if (letter < 0x80)
            {
                bytes.Add((byte)letter);
            }
            else
            {
                bytes.AddRange(_characters[letter - LettersStart]);
            }
        }

        return [.. bytes];
    }

    // Second bytes are drawn from where they look like ASCII, half of the time.
    private static byte[] Valid(string encoding, Random random)
    {
        byte first = Byte(random, 0x81, encoding is "SJIS" or "SHIFT_JIS_2004" ? 0x9f : 0xf9);
        bool looksLikeAscii = random.Next(2) == 0;
        byte second = random.Next(3) == 0 ? (byte)'\\' : looksLikeAscii ? Byte(random, 0x40, 0x7e) : Byte(random, 0xa1, 0xfc);
        return encoding switch
        {
            "SJIS" or "SHIFT_JIS_2004" when random.Next(4) == 0 => [Byte(random, 0xa1, 0xdf)],
            "GB18030" when random.Next(3) == 0 => [first, Byte(random, 0x30, 0x39), Byte(random, 0x81, 0xfe), Byte(random, 0x30, 0x39)],
            "JOHAB" when random.Next(3) == 0 => [0x8f, Byte(random, 0xa1, 0xfe), Byte(random, 0xa1, 0xfe)],
            "JOHAB" => [first == 0x8f ? (byte)0x90 : first, Byte(random, 0xa1, 0xfe)],
            _ => [first, second],
        };
    }

    // As long as its first bytes say (wchar.c), with anything in it but a line end.
    private static byte[] Any(string encoding, Random random)
    {
        byte first = Byte(random, 0x80, 0xff);
        byte second = Later(random);
        int length = encoding switch
        {
            "SJIS" or "SHIFT_JIS_2004" => first is >= 0xa1 and <= 0xdf ? 1 : 2,
            "GB18030" => second is >= (byte)'0' and <= (byte)'9' ? 4 : 2,
            "JOHAB" => first == 0x8f ? 3 : 2,
            _ => 2,
        };
        return [.. new[] { first, second, Later(random), Later(random) }.Take(length)];
    }

    private static byte Later(Random random) => random.Next(2) == 0 ? "'\"\\$;/*-() \t\reE:"u8[random.Next(16)] : Byte(random, 0x21, 0xff);

    private static byte Byte(Random random, int first, int last) => (byte)random.Next(first, last + 1);
}
