namespace PureDump.Bench.EndToEnd.Data;

/// <summary>One table and its rows.</summary>
/// <param name="Name">Its name, in schema public.</param>
/// <param name="Columns">What stands between the brackets of CREATE TABLE.</param>
/// <param name="Write">Makes all rows, always the same ones.</param>
internal sealed record TablePlan(string Name, string Columns, Action<RowWriter> Write)
{
    /// <summary>Statements between CREATE TABLE and the rows, such as a storage.</summary>
    public string Before { get; init; } = "";
}

/// <summary>A database to be made.</summary>
/// <param name="Tables">The tables with rows, in the order of loading.</param>
/// <param name="After">Statements after them, each run by itself: keys, indexes, tables that the server fills.</param>
internal sealed record DatasetPlan(IReadOnlyList<TablePlan> Tables, IEnumerable<string> After);

/// <summary>A kind of database to measure with.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Description">What is in it, at scale 1.</param>
/// <param name="LargestTable">The table that is measured alone.</param>
/// <param name="Plan">Makes the plan from a scale and a seed.</param>
internal sealed record Dataset(string Name, string Description, string LargestTable, Func<double, ulong, DatasetPlan> Plan)
{
    /// <summary>The seed where none is given.</summary>
    public const ulong UsualSeed = 20_260_101;

    /// <summary>The scale where none is given.</summary>
    public double UsualScale { get; init; } = 1;

    /// <summary>A number of rows or bytes at a scale, at least 1.</summary>
    /// <param name="count">The number at scale 1.</param>
    /// <param name="scale">The scale.</param>
    public static long Scaled(long count, double scale) => Math.Max(1, (long)Math.Round(count * scale));
}
