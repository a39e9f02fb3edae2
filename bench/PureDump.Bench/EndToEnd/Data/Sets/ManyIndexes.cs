namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>One table whose indexes take longer than its rows.</summary>
internal static class ManyIndexes
{
    private const long RowCount = 1_500_000;
    private const int PoolSize = 16 << 20;
    private const string Name = "item";

    private static readonly string[] s_after =
    [
        "ALTER TABLE item ADD PRIMARY KEY (id)",
        "ALTER TABLE item ADD UNIQUE (code)",
        "CREATE INDEX item_owner ON item (owner)",
        "CREATE INDEX item_owner_made ON item (owner, made DESC)",
        "CREATE INDEX item_made ON item (made)",
        "CREATE INDEX item_made_block ON item USING brin (made)",
        "CREATE INDEX item_price ON item (price)",
        "CREATE INDEX item_title ON item (title)",
        "CREATE INDEX item_title_lower ON item (lower(title) text_pattern_ops)",
        "CREATE INDEX item_open ON item (owner) WHERE is_open",
        "CREATE INDEX item_code_hash ON item USING hash (code)",
        "CREATE INDEX item_words ON item USING gin (to_tsvector('simple', title))",
    ];

    public static Dataset Dataset { get; } =
        new("indexes", "one table of 1.5 M rows with 12 indexes: btree, partial, of expressions, hash, brin, gin", Name, Plan);

    private static DatasetPlan Plan(double scale, ulong seed)
    {
        const string columns = """
            id bigint NOT NULL, code bigint NOT NULL, owner integer NOT NULL, made timestamp with time zone NOT NULL,
                price numeric(10,2) NOT NULL,
            is_open boolean NOT NULL, title text NOT NULL
            """;
        return new DatasetPlan([new TablePlan(Name, columns, writer => Write(writer, Dataset.Scaled(RowCount, scale), seed))], s_after);
    }

    private static void Write(RowWriter writer, long count, ulong seed)
    {
        var prose = new Prose(PoolSize, seed);
        var random = new Prng(seed, Name);
        for (long id = 1; id <= count; id++)
        {
            writer.Row(7);
            writer.Int64(id);

            // An odd factor gives each number another one.
            writer.Int64(unchecked((long)((ulong)id * 0x9e3779b97f4a7c15)));
            writer.Int32((int)random.Below(50_000));
            writer.Int64(WideTable.FirstTime + (id * 30_000_000));
            writer.Numeric(random.Between(1_00, 100_000_00), 2);
            writer.Bool(random.Chance(10));
            writer.Bytes(prose.Text(random, 15, 50));
        }
    }
}
