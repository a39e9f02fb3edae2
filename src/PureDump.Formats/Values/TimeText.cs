namespace PureDump.Formats.Values;

/// <summary>
/// Dates, times and intervals as the server prints them with DateStyle ISO, IntervalStyle postgres and TimeZone UTC
/// (datetime.c, EncodeDateOnly, EncodeTimeOnly, EncodeDateTime and EncodeInterval).
/// </summary>
internal static class TimeText
{
    private const long SecondUs = 1_000_000;
    private const long MinuteUs = 60 * SecondUs;
    private const long HourUs = 60 * MinuteUs;
    private const long DayUs = 24 * HourUs;

    // The days from 4714-11-24 BC, the first one there is, to 2000-01-01, from which the server counts.
    private const int EpochDay = 2_451_545;

    // The days from 0000-03-01, where years of 400 begin, to 2000-01-01, and how many days 400 years have.
    private const int EraEpochDay = 730_425;
    private const int EraDays = 146_097;

    /// <summary>Adds a date.</summary>
    /// <param name="days">Since 2000-01-01.</param>
    /// <param name="target">Where to.</param>
    /// <returns>False where it is out of the range of dates.</returns>
    public static bool AddDate(int days, TextBuffer target)
    {
        if (days is int.MaxValue or int.MinValue)
        {
            target.Add(days == int.MaxValue ? "infinity"u8 : "-infinity"u8);
            return true;
        }

        if (days < -EpochDay)
        {
            return false;
        }

        bool isBeforeChrist = AddDay(days, target);
        AddEra(isBeforeChrist, target);
        return true;
    }

    /// <summary>Adds a timestamp.</summary>
    /// <param name="us">Microseconds since 2000-01-01.</param>
    /// <param name="zone">What stands behind the time: nothing, or <c>+00</c>.</param>
    /// <param name="target">Where to.</param>
    /// <returns>False where it is out of the range of timestamps.</returns>
    public static bool AddTimestamp(long us, ReadOnlySpan<byte> zone, TextBuffer target)
    {
        if (us is long.MaxValue or long.MinValue)
        {
            target.Add(us == long.MaxValue ? "infinity"u8 : "-infinity"u8);
            return true;
        }

        (long days, long time) = Math.DivRem(us, DayUs);
        if (time < 0)
        {
            days--;
            time += DayUs;
        }

        if (days < -EpochDay)
        {
            return false;
        }

        bool isBeforeChrist = AddDay(days, target);
        target.Add((byte)' ');
        AddClock(time, target);
        target.Add(zone);
        AddEra(isBeforeChrist, target);
        return true;
    }

    /// <summary>Adds a time of a day.</summary>
    /// <returns>False where it is none.</returns>
    public static bool AddTime(long us, TextBuffer target)
    {
        if (us is < 0 or > DayUs)
        {
            return false;
        }

        AddClock(us, target);
        return true;
    }

    /// <summary>Adds a displacement from UTC.</summary>
    /// <param name="secondsWest">Positive where it is west of Greenwich.</param>
    /// <param name="target">Where to.</param>
    public static void AddZone(int secondsWest, TextBuffer target)
    {
        target.Add(secondsWest <= 0 ? (byte)'+' : (byte)'-');
        long seconds = Math.Abs((long)secondsWest);
        target.AddPadded(seconds / 3600, 2);
        if (seconds % 3600 != 0)
        {
            target.Add((byte)':');
            target.AddPadded(seconds / 60 % 60, 2);
        }

        if (seconds % 60 != 0)
        {
            target.Add((byte)':');
            target.AddPadded(seconds % 60, 2);
        }
    }

    /// <summary>Adds an interval.</summary>
    /// <param name="us">Its part of hours, minutes and seconds.</param>
    /// <param name="days">Its days.</param>
    /// <param name="months">Its months.</param>
    /// <param name="hasInfinity">Its source is of a version that has infinite intervals.</param>
    /// <param name="target">Where to.</param>
    public static void AddInterval(long us, int days, int months, bool hasInfinity, TextBuffer target)
    {
        if (hasInfinity && (us, days, months) is (long.MaxValue, int.MaxValue, int.MaxValue) or (long.MinValue, int.MinValue, int.MinValue))
        {
            target.Add(us > 0 ? "infinity"u8 : "-infinity"u8);
            return;
        }

        // A part that is positive behind a negative one gets its sign, and so does the time.
        bool isFirst = true;
        bool isAfterNegative = false;
        AddPart(months / 12, "year"u8, ref isFirst, ref isAfterNegative, target);
        AddPart(months % 12, "mon"u8, ref isFirst, ref isAfterNegative, target);
        AddPart(days, "day"u8, ref isFirst, ref isAfterNegative, target);
        if (us == 0 && !isFirst)
        {
            return;
        }

        target.Add(isFirst ? ""u8 : " "u8);
        target.Add(us < 0 ? "-"u8 : isAfterNegative ? "+"u8 : ""u8);
        ulong magnitude = us < 0 ? (ulong)-(us + 1) + 1 : (ulong)us;
        target.AddPadded((long)(magnitude / HourUs), 2);
        AddMinutes((long)(magnitude % HourUs), target);
    }

    private static void AddPart(int value, ReadOnlySpan<byte> unit, ref bool isFirst, ref bool isAfterNegative, TextBuffer target)
    {
        if (value == 0)
        {
            return;
        }

        target.Add(isFirst ? ""u8 : " "u8);
        target.Add(isAfterNegative && value > 0 ? "+"u8 : ""u8);
        target.Add(value);
        target.Add((byte)' ');
        target.Add(unit);
        target.Add(value == 1 ? ""u8 : "s"u8);
        isAfterNegative = value < 0;
        isFirst = false;
    }

    // Year, month and day; years are counted as they come, and true is returned for those before Christ.
    private static bool AddDay(long days, TextBuffer target)
    {
        // Within 400 years that begin in March, so that the day that is put in comes last.
        (long era, long dayOfEra) = Math.DivRem(days + EraEpochDay, EraDays);
        if (dayOfEra < 0)
        {
            era--;
            dayOfEra += EraDays;
        }

        long yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        long day = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);

        // The year before 1 is 1 BC.
        target.AddPadded(year > 0 ? year : 1 - year, 4);
        target.Add((byte)'-');
        target.AddPadded(month, 2);
        target.Add((byte)'-');
        target.AddPadded(day, 2);
        return year <= 0;
    }

    private static void AddEra(bool isBeforeChrist, TextBuffer target) => target.Add(isBeforeChrist ? " BC"u8 : ""u8);

    private static void AddClock(long us, TextBuffer target)
    {
        target.AddPadded(us / HourUs, 2);
        AddMinutes(us % HourUs, target);
    }

    private static void AddMinutes(long us, TextBuffer target)
    {
        target.Add((byte)':');
        target.AddPadded(us / MinuteUs, 2);
        target.Add((byte)':');
        target.AddPadded(us % MinuteUs / SecondUs, 2);
        long fraction = us % SecondUs;
        if (fraction == 0)
        {
            return;
        }

        int digitCount = 6;
        for (; fraction % 10 == 0; fraction /= 10)
        {
            digitCount--;
        }

        target.Add((byte)'.');
        target.AddPadded(fraction, digitCount);
    }
}
