namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>Very many rows of two numbers, where the work for each row is what counts.</summary>
internal static class NarrowTable
{
    private const long RowCount = 20_000_000;
    private const string Name = "narrow";

    public static Dataset Dataset { get; } = new("narrow", "one table of 20 M rows of a bigint and an integer", Name, Plan);

    private static DatasetPlan Plan(double scale, ulong seed) =>
        new(
            [
                new TablePlan(
                    Name,
                    "id bigint NOT NULL, quantity integer NOT NULL",
                    writer => Write(writer, Dataset.Scaled(RowCount, scale), seed)),
            ],
            []);

    private static void Write(RowWriter writer, long count, ulong seed)
    {
        var random = new Prng(seed, Name);
        for (long id = 1; id <= count; id++)
        {
            writer.Row(2);
            writer.Int64(id);
            writer.Int32((int)random.Below(100_000));
        }
    }
}
