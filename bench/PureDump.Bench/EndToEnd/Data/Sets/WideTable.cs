namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>Rows of many types with digits that hardly compress: the table of earlier figures in bench/README.md.</summary>
internal static class WideTable
{
    private const long RowCount = 3_000_000;
    /// <summary>2026-01-01, in µs since 2000.</summary>
    public const long FirstTime = 820_454_400_000_000;

    private const string Name = "wide";

    public static Dataset Dataset { get; } =
        new(
            "wide",
            "one table of 3.0 M rows, 0.5 GB: bigint, two texts of 32 and 64 hex digits, timestamptz, numeric, integer, float8",
            Name,
            Plan);

    private static DatasetPlan Plan(double scale, ulong seed)
    {
        const string columns = """
            id bigint NOT NULL, digest text NOT NULL, long_digest text NOT NULL, made timestamp with time zone NOT NULL,
                amount numeric NOT NULL,
            grade integer NOT NULL, ratio double precision NOT NULL
            """;
        return new DatasetPlan([new TablePlan(Name, columns, writer => Write(writer, Dataset.Scaled(RowCount, scale), seed))], []);
    }

    private static void Write(RowWriter writer, long count, ulong seed)
    {
        var random = new Prng(seed, Name);
        Span<byte> digits = stackalloc byte[64];
        for (long id = 1; id <= count; id++)
        {
            writer.Row(7);
            writer.Int64(id);
            Hex(digits[..32], random);
            writer.Bytes(digits[..32]);
            Hex(digits, random);
            writer.Bytes(digits);
            writer.Int64(FirstTime + (id * 1_000_000));
            writer.Numeric(random.Below(1_000_000_00), 2);
            writer.Int32((int)random.Below(1000));
            writer.Float64(random.Fraction());
        }
    }

    private static void Hex(Span<byte> target, Prng random)
    {
        ulong bits = 0;
        for (int index = 0; index < target.Length; index++, bits >>= 4)
        {
            bits = index % 16 == 0 ? random.Next() : bits;
            target[index] = "0123456789abcdef"u8[(int)(bits & 15)];
        }
    }
}
