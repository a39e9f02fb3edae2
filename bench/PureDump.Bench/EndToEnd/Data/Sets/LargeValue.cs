namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>One value that no buffer should hold whole.</summary>
internal static class LargeValue
{
    private const long ValueSize = 300_000_000;
    private const string Name = "huge";

    public static Dataset Dataset { get; } = new("large", "one row with a bytea of 300 MB of noise", Name, Plan);

    private static DatasetPlan Plan(double scale, ulong seed) => new(
        [
            new TablePlan(Name, "id bigint NOT NULL, data bytea NOT NULL", writer => Write(writer, Dataset.Scaled(ValueSize, scale), seed))
            {
                Before = $"ALTER TABLE {Name} ALTER COLUMN data SET STORAGE EXTERNAL",
            },
        ],
        []);

    private static void Write(RowWriter writer, long size, ulong seed)
    {
        writer.Row(2);
        writer.Int64(1);
        writer.Noise(size, new Prng(seed, Name));
    }
}
