namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>Pictures and the like: nothing in them gets smaller.</summary>
internal static class NoiseTable
{
    private const long RowCount = 50_000;
    private const int SizeMin = 1_000;
    private const int SizeMax = 15_000;
    private const string Name = "picture";

    public static Dataset Dataset { get; } = new("bytea", "one table of 50,000 byteas of 1 to 15 kB of noise, 0.4 GB", Name, Plan);

    private static DatasetPlan Plan(double scale, ulong seed) => new(
        [
            new TablePlan(Name, "id bigint NOT NULL, data bytea NOT NULL", writer => Write(writer, Dataset.Scaled(RowCount, scale), seed))
            {
                Before = $"ALTER TABLE {Name} ALTER COLUMN data SET STORAGE EXTERNAL",
            },
        ],
        [$"ALTER TABLE {Name} ADD PRIMARY KEY (id)"]);

    private static void Write(RowWriter writer, long count, ulong seed)
    {
        var random = new Prng(seed, Name);
        for (long id = 1; id <= count; id++)
        {
            writer.Row(2);
            writer.Int64(id);
            writer.Noise(random.Between(SizeMin, SizeMax), random);
        }
    }
}
