namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>The numbers of rows at a scale (TPC-H specification 4.2.5).</summary>
internal sealed class TpchSizes(double scale)
{
    // With fewer the four suppliers of a part would not be four.
    private const long SuppliersMin = 240;

    public long Suppliers { get; } = Math.Max(SuppliersMin, Dataset.Scaled(10_000, scale));

    public long Customers { get; } = Math.Max(4, Dataset.Scaled(150_000, scale));

    public long Parts { get; } = Dataset.Scaled(200_000, scale);

    public long Orders { get; } = Dataset.Scaled(1_500_000, scale);

    /// <summary>Each order has one.</summary>
    public long Clerks { get; } = Dataset.Scaled(1_000, scale);

    /// <summary>Bytes of prose that comments are cut from.</summary>
    public int ProseSize { get; } = (int)Math.Clamp(scale * (64 << 20), 1 << 20, 64 << 20);
}
