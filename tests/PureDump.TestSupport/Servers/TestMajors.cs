using System.Globalization;

namespace PureDump.TestSupport;

/// <summary>The major versions this run tests: 15 and 18, or those of PUREDUMP_TEST_MAJORS (<c>13,14,15,16,17,18</c>).</summary>
public static class TestMajors
{
    /// <summary>Ascending.</summary>
    public static IReadOnlyList<int> All { get; } =
    [
        .. (Environment.GetEnvironmentVariable("PUREDUMP_TEST_MAJORS") is { Length: > 0 } given ? given : "15,18")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(major => int.Parse(major, CultureInfo.InvariantCulture))
            .Distinct()
            .Order(),
    ];

    /// <summary>The oldest of them.</summary>
    public static int Oldest => All[0];

    /// <summary>The newest of them.</summary>
    public static int Newest => All[^1];
}
