using PureDump.Bench.EndToEnd.Data.Sets;

namespace PureDump.Bench.EndToEnd.Data;

/// <summary>All kinds of databases there are.</summary>
internal static class Datasets
{
    /// <summary>In the order of the manual.</summary>
    public static IReadOnlyList<Dataset> All { get; } =
    [
        Tpch.Dataset,
        WideTable.Dataset,
        NarrowTable.Dataset,
        LongTexts.Dataset,
        JsonDocuments.Dataset,
        ManyTables.Dataset,
        ManyIndexes.Dataset,
        LargeValue.Dataset,
        SparseTable.Dataset,
        NoiseTable.Dataset,
    ];

    /// <summary>The one of a name.</summary>
    /// <exception cref="BenchException">There is none.</exception>
    public static Dataset Find(string name) =>
        All.FirstOrDefault(dataset => dataset.Name == name)
        ?? throw new BenchException(
            $"there is no data set \"{name}\"; there are: {string.Join(", ", All.Select(dataset => dataset.Name))}");
}
