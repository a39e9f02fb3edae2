using System.Globalization;

namespace PureDump.Cli.Talking;

/// <summary>Sizes, counts and times as people read them.</summary>
internal static class Amount
{
    private static readonly string[] s_units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>A number of bytes, in decimal units: <c>585.0 MB</c>.</summary>
    public static string Bytes(double count)
    {
        int unit = 0;
        while (count >= 999.95 && unit < s_units.Length - 1)
        {
            count /= 1000;
            unit++;
        }

        return unit == 0
            ? Counted((long)count, "byte")
            : string.Create(CultureInfo.InvariantCulture, $"{count:0.0} {s_units[unit]}");
    }

    /// <summary>A number and what it counts: <c>1 row</c>, <c>3 rows</c>.</summary>
    public static string Counted(long count, string noun) =>
        count == 1 ? $"1 {noun}"
        : noun.EndsWith('y') ? string.Create(CultureInfo.InvariantCulture, $"{count} {noun[..^1]}ies")
        : string.Create(CultureInfo.InvariantCulture, $"{count} {noun}s");

    /// <summary>What a run came to: <c>206 entries, 1546273 rows, 215.9 MB in 5.0 s (42.8 MB/s)</c>.</summary>
    public static string Moved(int entryCount, long rowCount, long bytes, TimeSpan time)
    {
        string rows = bytes == 0 ? "" : $", {Counted(rowCount, "row")}, {Bytes(bytes)}";
        string rate = bytes == 0 ? "" : $" ({Bytes(bytes / Math.Max(0.001, time.TotalSeconds))}/s)";
        return $"{Counted(entryCount, "entry")}{rows} in {Time(time)}{rate}";
    }

    /// <summary>A time: <c>0.4 s</c>, <c>2 min 05 s</c>, <c>1 h 02 min</c>.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalSeconds < 99.95 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : time.TotalMinutes < 60 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min");
}
