namespace PureDump.Bench.EndToEnd.Measure;

/// <summary>What a run took.</summary>
/// <param name="WallS">Seconds by a monotonic clock.</param>
/// <param name="UserS">Seconds of client CPU in user mode, of all processes.</param>
/// <param name="SystemS">Seconds of client CPU in the kernel, of all processes.</param>
/// <param name="PeakBytes">The most memory that one process had resident; 0 where no client took part.</param>
internal sealed record Figures(double WallS, double UserS, double SystemS, long PeakBytes)
{
    /// <summary>Nothing yet.</summary>
    public static Figures None { get; } = new(0, 0, 0, 0);

    /// <summary>One after the other.</summary>
    public Figures Then(Figures next) =>
        new(WallS + next.WallS, UserS + next.UserS, SystemS + next.SystemS, Math.Max(PeakBytes, next.PeakBytes));

    /// <summary>At the same time, within <paramref name="wallS"/> seconds.</summary>
    public static Figures Beside(double wallS, IEnumerable<Figures> all) =>
        all.Aggregate(None, (sum, next) => sum.Then(next)) with { WallS = wallS };
}
