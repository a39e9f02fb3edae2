namespace PureDump.Formats.Columns;

/// <summary>What the lengths of a column's values say.</summary>
/// <param name="NullCount">How many are null.</param>
/// <param name="LengthMin">Of those that are not, in bytes.</param>
/// <param name="LengthMax">Of those that are not, in bytes.</param>
/// <param name="TotalLength">Of all, in bytes.</param>
internal readonly record struct ColumnShape(int NullCount, int LengthMin, int LengthMax, int TotalLength)
{
    /// <summary>Of values of one length.</summary>
    public static ColumnShape OfUniform(int count, int length) => new(0, length, length, count * length);

    /// <summary>Looks at all lengths.</summary>
    public static ColumnShape Of(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts)
    {
        int nullCount = 0;
        int min = int.MaxValue;
        int max = 0;
        int total = 0;
        foreach (int start in starts)
        {
            int length = ColumnRows.LengthAt(rows, start);
            if (length < 0)
            {
                nullCount++;
                continue;
            }

            min = Math.Min(min, length);
            max = Math.Max(max, length);
            total += length;
        }

        return new ColumnShape(nullCount, min, max, total);
    }
}
