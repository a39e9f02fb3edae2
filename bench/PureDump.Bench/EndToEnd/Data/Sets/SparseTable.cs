namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>Very wide rows in which nearly everything is NULL, as tables that stand for a product's every property have them.</summary>
internal static class SparseTable
{
    private const long RowCount = 500_000;
    private const int ColumnCount = 120;
    private const int FilledPercent = 4;
    private const string Name = "property";

    public static Dataset Dataset { get; } = new("sparse", "one table of 0.5 M rows of 120 columns, 4 % of them filled", Name, Plan);

    private static DatasetPlan Plan(double scale, ulong seed)
    {
        IEnumerable<string> columns = Enumerable
            .Range(1, ColumnCount)
            .Select(number => $"p{number} {(IsNumber(number) ? "integer" : "text")}");
        string all = $"id bigint NOT NULL, {string.Join(", ", columns)}";
        return new DatasetPlan(
            [new TablePlan(Name, all, writer => Write(writer, Dataset.Scaled(RowCount, scale), seed))],
            [$"ALTER TABLE {Name} ADD PRIMARY KEY (id)"]);
    }

    private static bool IsNumber(int column) => column % 2 == 0;

    private static void Write(RowWriter writer, long count, ulong seed)
    {
        var random = new Prng(seed, Name);
        for (long id = 1; id <= count; id++)
        {
            writer.Row(1 + ColumnCount);
            writer.Int64(id);
            for (int column = 1; column <= ColumnCount; column++)
            {
                if (!random.Chance(FilledPercent))
                {
                    writer.Null();
                }
                else if (IsNumber(column))
                {
                    writer.Int32((int)random.Below(10_000));
                }
                else
                {
                    writer.Text(random.Pick(Words.Nouns));
                }
            }
        }
    }
}
