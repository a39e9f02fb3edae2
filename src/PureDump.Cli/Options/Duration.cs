using System.Globalization;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Options;

/// <summary>A time as the server takes it in its settings: a number of milliseconds, or a number with a unit.</summary>
internal static class Duration
{
    // "s" ends other units too, so it stands behind them.
    private static readonly (string Unit, double Milliseconds)[] s_units =
        [("us", 0.001), ("ms", 1), ("min", 60_000), ("s", 1000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads it; null for 0, which means no limit.</summary>
    /// <exception cref="PureDumpException">It is no such time (<see cref="ErrorKind.Usage"/>).</exception>
    public static TimeSpan? Parse(OptionSpec option, string text)
    {
        string number = text.Trim();
        double scale = 1;
        foreach ((string unit, double milliseconds) in s_units)
        {
            if (number.EndsWith(unit, StringComparison.Ordinal))
            {
                number = number[..^unit.Length].TrimEnd();
                scale = milliseconds;
                break;
            }
        }

        bool isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
        double result = Math.Round(value * scale);
        if (!isNumber || result > int.MaxValue)
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"invalid value \"{text}\" for option --{option.Name}",
                "write a number of milliseconds, or a number with ms, s, min or h");
        }

        return result == 0 ? null : TimeSpan.FromMilliseconds(result);
    }
}
