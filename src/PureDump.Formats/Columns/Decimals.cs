using System.Buffers.Binary;

namespace PureDump.Formats.Columns;

/// <summary>
/// The server's binary numeric as a scaled integer and back (numeric_send in PostgreSQL's numeric.c): int16 number of digits, weight, sign,
/// display scale, then digits of base 10000, the first of which stands for 10000^weight.
/// </summary>
internal static class Decimals
{
    /// <summary>The shortest and the longest form that can be a scaled integer: no digit, four digits.</summary>
    public const int LengthMin = 8;
    public const int LengthMax = LengthMin + GroupCountMax * 2;
    public const int ScaleMax = GroupCountMax * GroupDigits;

    private const int GroupCountMax = 4;
    private const int GroupDigits = 4;
    private const int GroupBase = 10000;
    private const ushort Negative = 0x4000;
    private const ulong MagnitudeEnd = 10_000_000_000_000_000;

    private static ReadOnlySpan<ushort> Powers => [1, 10, 100, 1000];

    /// <summary>The display scale of a value, or -1 where it cannot be a scaled integer.</summary>
    public static int ScaleOf(ReadOnlySpan<byte> value)
    {
        int scale = value.Length is >= LengthMin and <= LengthMax ? BinaryPrimitives.ReadInt16BigEndian(value[6..]) : -1;
        return scale <= ScaleMax ? scale : -1;
    }

    /// <summary>Reads a value.</summary>
    /// <param name="value">The server's binary form.</param>
    /// <param name="scale">The display scale it must have, 0 to <see cref="ScaleMax"/>.</param>
    /// <param name="number">The value times 10^scale, signed.</param>
    /// <returns>False where <see cref="Write"/> would not give these very bytes.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, int scale, out ulong number)
    {
        number = 0;
        if (value.Length is < LengthMin or > LengthMax)
        {
            return false;
        }

        ulong head = BinaryPrimitives.ReadUInt64BigEndian(value);
        int count = (int)(head >> 48);
        int weight = (short)(head >> 32);
        uint sign = (ushort)(head >> 16);
        int fraction = (scale + GroupDigits - 1) / GroupDigits;
        int behind = fraction - (count - 1 - weight);
        if ((ushort)head != scale || value.Length != LengthMin + 2 * count || (sign & ~(uint)Negative) != 0)
        {
            return false;
        }

        if (count == 0)
        {
            return weight == 0 && sign == 0;
        }

        if (behind < 0 || weight + 1 + fraction > GroupCountMax)
        {
            return false;
        }

        ulong sum = 0;
        uint digit = 0;
        for (int at = LengthMin; at < value.Length; at += 2)
        {
            digit = BinaryPrimitives.ReadUInt16BigEndian(value[at..]);
            if (digit >= GroupBase || (digit == 0 && at == LengthMin))
            {
                return false;
            }

            sum = sum * GroupBase + digit;
        }

        for (; behind > 0; behind--)
        {
            sum *= GroupBase;
        }

        return digit != 0 && TryDivide(ref sum, fraction * GroupDigits - scale) && Assign(sign == 0 ? sum : 0 - sum, out number);
    }

    /// <summary>Writes a value in the server's binary form.</summary>
    /// <param name="number">The value times 10^scale, signed.</param>
    /// <param name="scale">The display scale, 0 to <see cref="ScaleMax"/>.</param>
    /// <param name="target">At least <see cref="LengthMax"/> bytes.</param>
    /// <returns>How long it is; -1 where the number is too large.</returns>
    public static int Write(ulong number, int scale, Span<byte> target)
    {
        bool isNegative = (long)number < 0;
        ulong magnitude = isNegative ? 0 - number : number;
        int fraction = (scale + GroupDigits - 1) / GroupDigits;
        ulong factor = Powers[fraction * GroupDigits - scale];
        if (magnitude >= MagnitudeEnd / factor)
        {
            return -1;
        }

        magnitude *= factor;
        int weight = -fraction - 1;
        int count = 0;
        ulong digits = 0;
        for (; magnitude != 0; weight++)
        {
            (magnitude, ulong digit) = Math.DivRem(magnitude, GroupBase);
            if ((digits | digit) != 0)
            {
                digits |= digit << (count * 16);
                count++;
            }
        }

        ulong head = count == 0
            ? (ushort)scale
            : ((ulong)count << 48) | ((ulong)(ushort)weight << 32) | (isNegative ? (ulong)Negative << 16 : 0) | (ushort)scale;
        BinaryPrimitives.WriteUInt64BigEndian(target, head);
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[(LengthMin + 2 * i)..], (ushort)(digits >> ((count - 1 - i) * 16)));
        }

        return LengthMin + 2 * count;
    }

    private static bool TryDivide(ref ulong value, int power)
    {
        // Constants: the compiler multiplies instead of dividing.
        (ulong quotient, bool isWhole) = power switch
        {
            0 => (value, true),
            1 => (value / 10, value % 10 == 0),
            2 => (value / 100, value % 100 == 0),
            _ => (value / 1000, value % 1000 == 0),
        };
        value = quotient;
        return isWhole;
    }

    private static bool Assign(ulong value, out ulong number)
    {
        number = value;
        return true;
    }
}
