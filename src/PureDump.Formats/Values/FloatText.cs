using System.Globalization;

namespace PureDump.Formats.Values;

/// <summary>
/// Floating-point numbers as the server prints them where <c>extra_float_digits</c> is above 0, as a dump sets it: the fewest
/// digits that lead back to the number and lie strictly between the middles to its neighbours (common/d2s.c, f2s.c).
/// </summary>
/// <remarks>
/// The shortest digits of floating-point numbers are .NET's, but never the exact middle between two numbers: the server takes the digits
/// strictly between the middles (1e23 is 9.999999999999999e+22 there); seen on all servers.
/// </remarks>
internal static class FloatText
{
    private const int DigitsMax = 17;

    // Where an exponent begins to be written; below, zeros are (as printf's %g has it for 15 and for 6 digits).
    private const int DoubleExponentMax = 15;
    private const int SingleExponentMax = 6;
    private const int ExponentMin = -4;

    // 5 to a greater power has more bits than the middle of two numbers.
    private const int MiddlePowerMax = 23;

    private static readonly string[] s_exact = [.. Enumerable.Range(0, DigitsMax).Select(digits => $"E{digits}")];

    /// <summary>Adds a double precision number.</summary>
    public static void Add(double value, TextBuffer target)
    {
        if (AddSpecial(value, target))
        {
            return;
        }

        Span<byte> text = stackalloc byte[64];
        Span<byte> digits = stackalloc byte[DigitsMax];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        int count = Split(text[..length], digits, out int exponent);
        long bits = BitConverter.DoubleToInt64Bits(value);
        ulong mantissa = ((ulong)bits & ((1UL << 52) - 1)) | (1UL << 52);
        int binaryExponent = (int)((bits >> 52) & 0x7ff) - 1075;
        for (int precision = count; precision < DigitsMax && IsMiddle(digits[..count], exponent, mantissa, binaryExponent, 52); precision++)
        {
            value.TryFormat(text, out length, s_exact[precision], CultureInfo.InvariantCulture);
            count = Split(text[..length], digits, out exponent);
        }

        Write(double.IsNegative(value), digits[..count], exponent, DoubleExponentMax, target);
    }

    /// <summary>Adds a real number.</summary>
    public static void Add(float value, TextBuffer target)
    {
        if (AddSpecial(value, target))
        {
            return;
        }

        Span<byte> text = stackalloc byte[64];
        Span<byte> digits = stackalloc byte[DigitsMax];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        int count = Split(text[..length], digits, out int exponent);
        int bits = BitConverter.SingleToInt32Bits(value);
        ulong mantissa = ((uint)bits & ((1U << 23) - 1)) | (1U << 23);
        int binaryExponent = ((bits >> 23) & 0xff) - 150;
        for (int precision = count; precision < DigitsMax && IsMiddle(digits[..count], exponent, mantissa, binaryExponent, 23); precision++)
        {
            value.TryFormat(text, out length, s_exact[precision], CultureInfo.InvariantCulture);
            count = Split(text[..length], digits, out exponent);
        }

        Write(float.IsNegative(value), digits[..count], exponent, SingleExponentMax, target);
    }

    private static bool AddSpecial(double value, TextBuffer target)
    {
        if (double.IsFinite(value))
        {
            return false;
        }

        target.Add(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        return true;
    }

    // The digits of .NET's text without zeros at either end, and the power of ten of the first one. None for zero.
    private static int Split(ReadOnlySpan<byte> text, Span<byte> digits, out int exponent)
    {
        int count = 0;
        int integerDigits = 0;
        int zerosBefore = 0;
        bool isFraction = false;
        int written = 0;
        int at = 0;
        for (; at < text.Length && text[at] != 'E'; at++)
        {
            byte letter = text[at];
            if (letter == '.')
            {
                isFraction = true;
            }
            else if (letter == '0' && written == 0)
            {
                zerosBefore += isFraction ? 1 : 0;
            }
            else if (letter != '-')
            {
                if (written < digits.Length)
                {
                    digits[written] = letter;
                    count = letter == '0' ? count : written + 1;
                }

                written++;
                integerDigits += isFraction ? 0 : 1;
            }
        }

        exponent = integerDigits > 0 ? integerDigits - 1 : -1 - zerosBefore;
        if (at < text.Length)
        {
            exponent += int.Parse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        return count;
    }

    // Whether the digits name exactly the middle between the number and a neighbour. That leads back to the number too (to
    // the even one), but the server does not rely on it. Only a whole number can be such a middle and have few digits.
    private static bool IsMiddle(ReadOnlySpan<byte> digits, int exponent, ulong mantissa, int binaryExponent, int mantissaBits)
    {
        int power = exponent - digits.Length + 1;
        if (binaryExponent < 1 || power is < 0 or > MiddlePowerMax)
        {
            return false;
        }

        UInt128 odd = 0;
        foreach (byte digit in digits)
        {
            odd = (odd * 10) + (uint)(digit - '0');
        }

        for (int i = 0; i < power; i++)
        {
            odd *= 5;
        }

        int twos = (int)UInt128.TrailingZeroCount(odd);
        odd >>= twos;
        twos += power;
        UInt128 above = ((UInt128)mantissa * 2) + 1;
        bool isPowerOfTwo = mantissa == 1UL << mantissaBits;
        UInt128 below = isPowerOfTwo ? ((UInt128)mantissa * 4) - 1 : ((UInt128)mantissa * 2) - 1;
        return (odd == above && twos == binaryExponent - 1) || (odd == below && twos == binaryExponent - (isPowerOfTwo ? 2 : 1));
    }

    private static void Write(bool isNegative, ReadOnlySpan<byte> digits, int exponent, int exponentMax, TextBuffer target)
    {
        if (isNegative)
        {
            target.Add((byte)'-');
        }

        if (digits.IsEmpty)
        {
            target.Add((byte)'0');
        }
        else if (exponent < ExponentMin || exponent >= exponentMax)
        {
            WriteFraction(digits, 1, target);
            target.Add(exponent < 0 ? "e-"u8 : "e+"u8);
            target.AddPadded(Math.Abs(exponent), 2);
        }
        else if (exponent < 0)
        {
            target.Add("0."u8);
            AddZeros(-1 - exponent, target);
            target.Add(digits);
        }
        else
        {
            WriteFraction(digits, exponent + 1, target);
        }
    }

    private static void WriteFraction(ReadOnlySpan<byte> digits, int integerDigits, TextBuffer target)
    {
        target.Add(digits[..Math.Min(integerDigits, digits.Length)]);
        if (digits.Length <= integerDigits)
        {
            AddZeros(integerDigits - digits.Length, target);
            return;
        }

        target.Add((byte)'.');
        target.Add(digits[integerDigits..]);
    }

    private static void AddZeros(int count, TextBuffer target)
    {
        target.Room(count).Fill((byte)'0');
        target.Advance(count);
    }
}
