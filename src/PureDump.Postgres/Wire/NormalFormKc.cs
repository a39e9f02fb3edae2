namespace PureDump.Postgres.Wire;

/// <summary>
/// Unicode normalization form KC (Unicode Standard Annex 15) for the characters of Unicode 3.2: decompose, put combining
/// marks in order, compose.
/// </summary>
internal static class NormalFormKc
{
    // Hangul syllables are computed (The Unicode Standard, section 3.12).
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int SyllableBase = 0xAC00;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>The normal form of a text, given and returned as code points.</summary>
    public static List<int> Of(IReadOnlyList<int> text)
    {
        SaslPrepTables tables = SaslPrepTables.Instance;
        var points = new List<int>(text.Count);
        foreach (int value in text)
        {
            Decompose(value, points, tables);
        }

        Order(points, tables);
        Compose(points, tables);
        return points;
    }

    private static void Decompose(int value, List<int> points, SaslPrepTables tables)
    {
        int syllable = value - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            points.Add(LeadBase + (syllable / (VowelCount * TrailCount)));
            points.Add(VowelBase + (syllable / TrailCount % VowelCount));
            if (syllable % TrailCount != 0)
            {
                points.Add(TrailBase + (syllable % TrailCount));
            }
        }
        else if (tables.Decomposition(value) is { } parts)
        {
            // The table holds full decompositions, but those of the syllables' parts are their own.
            points.AddRange(parts);
        }
        else
        {
            points.Add(value);
        }
    }

    private static void Order(List<int> points, SaslPrepTables tables)
    {
        // An insertion sort of each run of marks: stable, and runs are short. A password of nothing but marks is bounded
        // by what a user types.
        for (int index = 1; index < points.Count; index++)
        {
            int mark = points[index];
            int markClass = tables.CombiningClass(mark);
            int at = index;
            while (markClass != 0 && at > 0 && tables.CombiningClass(points[at - 1]) > markClass)
            {
                points[at] = points[at - 1];
                at--;
            }

            points[at] = mark;
        }
    }

    private static void Compose(List<int> points, SaslPrepTables tables)
    {
        int starter = -1;
        int count = 0;
        int classBefore = 0;
        foreach (int value in points.ToArray())
        {
            int valueClass = tables.CombiningClass(value);

            // A mark is blocked by one of its own or a higher class between it and the starter.
            bool isBlocked = starter < 0 || (starter != count - 1 && classBefore >= valueClass);
            if (!isBlocked && Pair(points[starter], value, tables) is { } composed)
            {
                points[starter] = composed;
                continue;
            }

            if (valueClass == 0)
            {
                starter = count;
            }

            classBefore = valueClass;
            points[count++] = value;
        }

        points.RemoveRange(count, points.Count - count);
    }

    private static int? Pair(int first, int second, SaslPrepTables tables)
    {
        int lead = first - LeadBase;
        int vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            return SyllableBase + (((lead * VowelCount) + vowel) * TrailCount);
        }

        int syllable = first - SyllableBase;
        int trail = second - TrailBase;
        return syllable is >= 0 and < SyllableCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount
            ? first + trail
            : tables.Composition(first, second);
    }
}
