using System.Text;

namespace PureDump.Formats.Pg;

/// <summary>
/// How text in an encoding that only clients use is held in strings: ASCII as it is, and each other character as one or two of a
/// range of their own, two bytes in each. So an ASCII character of a string is always one of the text, whatever looks for it or
/// quotes it; nothing is lost, and ordinal order is the order of the bytes. Text that is not of the encoding is refused.
/// </summary>
/// <remarks>
/// A dump in such an encoding ends where a literal of the server's quoting is broken by its conversion: SJIS makes a backslash of a yen
/// sign, behind the quoting of an option <c>E'…'</c>: what follows the quote ran as SQL on the target (a test).
/// </remarks>
internal sealed class ClientEncoding : Encoding
{
    // The first of 128 times 256 characters: no surrogates, which other encodings would not take.
    private const int PairsStart = 0x4000;

    private readonly ClientCharacters _characters;

    /// <summary>The encoding of that name.</summary>
    /// <param name="name">PostgreSQL's.</param>
    /// <param name="characters">Its characters.</param>
    public ClientEncoding(string name, ClientCharacters characters)
        : base(0, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
    {
        WebName = $"x-postgresql-{name.ToLowerInvariant()}";
        _characters = characters;
    }

    /// <inheritdoc/>
    public override string WebName { get; }

    /// <inheritdoc/>
    public override string EncodingName => WebName;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Preamble => [];

    /// <inheritdoc/>
    public override byte[] GetPreamble() => [];

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => checked(2 * (charCount + 1));

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => checked(byteCount + 1);

    /// <inheritdoc/>
    public override int GetByteCount(ReadOnlySpan<char> chars)
    {
        int count = 0;
        for (int i = 0; i < chars.Length; i++)
        {
            Pair(chars[i], out _, out byte second);
            count += second != 0 ? 2 : 1;
        }

        return count;
    }

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => GetByteCount(chars.AsSpan(index, count));

    /// <inheritdoc/>
    public override int GetBytes(ReadOnlySpan<char> chars, Span<byte> bytes)
    {
        int count = 0;
        for (int i = 0; i < chars.Length; i++)
        {
            Pair(chars[i], out bytes[count++], out byte second);
            if (second != 0)
            {
                bytes[count++] = second;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        GetBytes(chars.AsSpan(charIndex, charCount), bytes.AsSpan(byteIndex));

    /// <inheritdoc/>
    public override int GetCharCount(ReadOnlySpan<byte> bytes) => Decode(bytes, isLast: true, [], counts: true, out _);

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => GetCharCount(bytes.AsSpan(index, count));

    /// <inheritdoc/>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars) => Decode(bytes, isLast: true, chars, counts: false, out _);

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <inheritdoc/>
    public override Decoder GetDecoder() => new PieceDecoder(this);

    /// <summary>A text with U+FFFD in place of each character that is not ASCII.</summary>
    public string Visible(ReadOnlySpan<byte> text)
    {
        var shown = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            shown.Append(text[0] < 0x80 ? (char)text[0] : '\ufffd');
            text = text[_characters.Length(text, isLast: true)..];
        }

        return shown.ToString();
    }

    // What stands for a character of a string: two bytes, the second 0 where there is but one.
    private void Pair(char one, out byte first, out byte second)
    {
        int pair = one - PairsStart;
        if (one < 0x80)
        {
            (first, second) = ((byte)one, 0);
        }
        else if (pair is >= 0 and < 0x8000)
        {
            (first, second) = ((byte)(0x80 + (pair >> 8)), (byte)pair);
        }
        else if (EncoderFallback is EncoderReplacementFallback)
        {
            (first, second) = ((byte)'?', 0);
        }
        else
        {
            throw new EncoderFallbackException($"the character U+{(int)one:X4} of a text is none of {WebName}");
        }
    }

    private int Decode(ReadOnlySpan<byte> bytes, bool isLast, Span<char> chars, bool counts, out int consumed)
    {
        int count = 0;
        consumed = 0;
        while (consumed < bytes.Length)
        {
            int length = _characters.Length(bytes[consumed..], isLast);
            if (length == 0)
            {
                break;
            }

            ReadOnlySpan<byte> character = bytes.Slice(consumed, length);
            consumed += length;
            if (character[0] < 0x80)
            {
                Put(chars, (char)character[0], counts, ref count);
            }
            else if (_characters.IsValid(character))
            {
                for (int i = 0; i < length; i += 2)
                {
                    int pair = (character[i] - 0x80) << 8 | (i + 1 < length ? character[i + 1] : 0);
                    Put(chars, (char)(PairsStart + pair), counts, ref count);
                }
            }
            else if (DecoderFallback is DecoderReplacementFallback)
            {
                Put(chars, '\ufffd', counts, ref count);
            }
            else
            {
                string hex = System.Convert.ToHexString(character);
                throw new DecoderFallbackException(
                    $"the bytes {hex} of a text are none of {WebName}",
                    character.ToArray(),
                    consumed - length);
            }
        }

        return count;
    }

    private static void Put(Span<char> chars, char one, bool counts, ref int count)
    {
        if (!counts)
        {
            chars[count] = one;
        }

        count++;
    }

    /// <summary>Text that comes in pieces: a character may be cut between two.</summary>
    private sealed class PieceDecoder(ClientEncoding encoding) : Decoder
    {
        private byte[] _rest = [];

        public override int GetCharCount(byte[] bytes, int index, int count) => GetCharCount(bytes, index, count, flush: false);

        public override int GetCharCount(byte[] bytes, int index, int count, bool flush) =>
            encoding.Decode([.. _rest, .. bytes.AsSpan(index, count)], flush, [], counts: true, out _);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            GetChars(bytes, byteIndex, byteCount, chars, charIndex, flush: false);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, bool flush)
        {
            byte[] all = [.. _rest, .. bytes.AsSpan(byteIndex, byteCount)];
            int count = encoding.Decode(all, flush, chars.AsSpan(charIndex), counts: false, out int consumed);
            _rest = all[consumed..];
            return count;
        }

        public override void Reset() => _rest = [];
    }
}
