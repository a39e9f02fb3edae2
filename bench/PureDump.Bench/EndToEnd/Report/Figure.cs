using PureDump.Bench.EndToEnd.Measure;

namespace PureDump.Bench.EndToEnd.Report;

/// <summary>One of the things that are measured, smaller is better.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Unit">Behind a value.</param>
/// <param name="Of">Takes it out of a run; null where the run has none.</param>
internal sealed record Figure(string Name, string Unit, Func<RunRecord, double?> Of)
{
    public static readonly Figure Wall = new("wall", "s", run => run.Figures.WallS);
    public static readonly Figure WallMs = new("wall", "ms", run => run.Figures.WallS * 1000);
    public static readonly Figure Cpu = new("client CPU", "s", run => run.Figures.UserS + run.Figures.SystemS);
    public static readonly Figure Size = new("size", "MB", run => run.OutBytes / 1e6);
    public static readonly Figure Peak = new("peak memory", "MB", run => run.Figures.PeakBytes / 1e6);

    /// <summary>Over several runs; null where there is none, or one has no such figure.</summary>
    public Spread? Over(IReadOnlyCollection<RunRecord> runs)
    {
        double[] values = [.. runs.Select(Of).OfType<double>()];
        return values.Length == 0 || values.Length < runs.Count ? null : Spread.Of(values);
    }
}
