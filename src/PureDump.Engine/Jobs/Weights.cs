namespace PureDump.Engine.Jobs;

/// <summary>Sums of sizes that an archive only claims: they end at the largest number instead of failing.</summary>
internal static class Weights
{
    /// <summary>The sum of sizes, in bytes; none is negative.</summary>
    public static long Total<T>(this IEnumerable<T> items, Func<T, long> size) =>
        items.Aggregate(0L, (sum, item) => size(item) is var one && one > long.MaxValue - sum ? long.MaxValue : sum + one);
}
