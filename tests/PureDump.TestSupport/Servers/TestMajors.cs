using System.Globalization;
using Xunit;

namespace PureDump.TestSupport;

/// <summary>The major versions this run tests: 15, 18 and 19, or those of PUREDUMP_TEST_MAJORS (<c>13,14,15,16,17,18,19</c>).</summary>
public static class TestMajors
{
    /// <summary>Ascending.</summary>
    public static IReadOnlyList<int> All { get; } =
    [
        .. (Environment.GetEnvironmentVariable("PUREDUMP_TEST_MAJORS") is { Length: > 0 } given ? given : "15,18,19")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(major => int.Parse(major, CultureInfo.InvariantCulture))
            .Distinct()
            .Order(),
    ];

    /// <summary>The oldest of them.</summary>
    public static int Oldest => All[0];

    /// <summary>The newest of them.</summary>
    public static int Newest => All[^1];

    private static string Told => $"this run tests {string.Join(", ", All)} (PUREDUMP_TEST_MAJORS)";

    /// <summary>
    /// The oldest and the newest, for what goes from one server to another; skips the test where they are the same. Who runs the tests
    /// chose so: it is no lack of the machine, and in CI a skip too.
    /// </summary>
    public static (int Oldest, int Newest) Ends()
    {
        Assert.SkipUnless(Oldest < Newest, $"it takes servers of two versions, and {Told}");
        return (Oldest, Newest);
    }

    /// <summary>The newest that is not newer than one, for what went away after it; skips the test where all are newer.</summary>
    /// <param name="last">The last version that had it.</param>
    public static int NewestUntil(int last)
    {
        Assert.SkipUnless(Oldest <= last, $"it takes a server of version {last} or older, and {Told}");
        return All.Last(major => major <= last);
    }

    /// <summary>The newest, for what came with a version; skips the test where it is older, as <see cref="Ends"/> does.</summary>
    /// <param name="first">The version it came with.</param>
    public static int NewestFrom(int first)
    {
        Assert.SkipUnless(Newest >= first, $"it takes a server of version {first} or newer, and {Told}");
        return Newest;
    }
}
