namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>Articles: most of the data are texts of kilobytes, which the server keeps compressed beside the table.</summary>
internal static class LongTexts
{
    private const long RowCount = 80_000;
    private const int BodySizeMin = 500;
    private const int BodySizeMax = 10_000;
    private const int PoolSize = 64 << 20;
    private const string Name = "article";

    public static Dataset Dataset { get; } = new("texty", "one table of 80,000 texts of 0.5 to 10 kB, 0.4 GB", Name, Plan);

    private static DatasetPlan Plan(double scale, ulong seed)
    {
        const string columns = "id bigint NOT NULL, author text NOT NULL, published date NOT NULL, title text NOT NULL, body text NOT NULL";
        return new DatasetPlan(
            [
                new TablePlan(
                    Name,
                    columns,
                    writer => Write(writer, Dataset.Scaled(RowCount, scale), (int)Math.Clamp(PoolSize * scale, 1 << 20, PoolSize), seed)),
            ],
            [$"ALTER TABLE {Name} ADD PRIMARY KEY (id)", $"CREATE INDEX article_published ON {Name} (published)"]);
    }

    private static void Write(RowWriter writer, long count, int poolSize, ulong seed)
    {
        var prose = new Prose(poolSize, seed);
        var random = new Prng(seed, Name);
        for (long id = 1; id <= count; id++)
        {
            writer.Row(5);
            writer.Int64(id);
            writer.Text($"{random.Pick(Words.Adjectives)} {random.Pick(Words.Nouns)}");
            writer.Date((int)random.Below(9_500));
            writer.Bytes(prose.Text(random, 20, 80));
            writer.Bytes(prose.Text(random, BodySizeMin, BodySizeMax));
        }
    }
}
