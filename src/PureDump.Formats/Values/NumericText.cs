namespace PureDump.Formats.Values;

/// <summary>numeric: digits to the base of 10,000 (numeric.c, numeric_send and get_str_from_var).</summary>
internal static class NumericText
{
    private const int GroupDigits = 4;
    private const int GroupBase = 10_000;
    private const int ScaleMax = 0x3fff;
    private const ushort Negative = 0x4000;
    private const ushort NotANumber = 0xc000;
    private const ushort Infinity = 0xd000;
    private const ushort NegativeInfinity = 0xf000;

    /// <summary>Adds a value.</summary>
    public static void Add(ref ValueReader reader, TextBuffer target)
    {
        int groupCount = reader.UInt2();
        int weight = reader.Int2();
        ushort sign = reader.UInt2();
        int scale = reader.UInt2();
        ReadOnlySpan<byte> groups = reader.Take(groupCount * sizeof(ushort));
        switch (sign)
        {
            case NotANumber:
                target.Add("NaN"u8);
                return;
            case Infinity:
                target.Add("Infinity"u8);
                return;
            case NegativeInfinity:
                target.Add("-Infinity"u8);
                return;
            case Negative:
                target.Add((byte)'-');
                break;
            case not 0:
                throw reader.Malformed($"its sign is 0x{sign:x4}");
        }

        if (scale > ScaleMax)
        {
            throw reader.Malformed($"its scale is {scale}");
        }

        if (weight < 0)
        {
            target.Add((byte)'0');
        }

        for (int i = 0; i <= weight; i++)
        {
            target.AddPadded(Group(groups, i, ref reader), i == 0 ? 1 : GroupDigits);
        }

        if (scale == 0)
        {
            return;
        }

        target.Add((byte)'.');
        for (int left = scale, i = weight + 1; left > 0; left -= GroupDigits, i++)
        {
            target.AddPadded(Group(groups, i, ref reader), GroupDigits);
            target.Advance(Math.Min(0, left - GroupDigits));
        }
    }

    private static int Group(ReadOnlySpan<byte> groups, int index, ref ValueReader reader)
    {
        if (index < 0 || index >= groups.Length / sizeof(ushort))
        {
            return 0;
        }

        int group = (groups[index * 2] << 8) | groups[(index * 2) + 1];
        return group < GroupBase ? group : throw reader.Malformed($"a digit to the base of {GroupBase} is {group}");
    }
}
