namespace PureDump.Bench.EndToEnd.Measure;

/// <summary>Several measurements of one thing.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    /// <summary>The middle one (between the two middle ones of an even number), the least and the most.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        if (ordered.Length == 0)
        {
            throw new ArgumentException("no measurement has no median", nameof(values));
        }

        int middle = ordered.Length / 2;
        double median = ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
        return new Spread(median, ordered[0], ordered[^1]);
    }
}
