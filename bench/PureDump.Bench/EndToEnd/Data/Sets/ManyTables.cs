namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>Tens of thousands of tables with hardly any rows, where the catalog is what counts.</summary>
internal static class ManyTables
{
    private const long TableCount = 20_000;

    // Each statement is a transaction, and a transaction holds a lock for everything it has made.
    private const long TablesPerStatement = 50;

    public static Dataset Dataset { get; } = new("many", "20,000 tables of 4 columns, 3 indexes and 10 rows", "t1", Plan);

    private static DatasetPlan Plan(double scale, ulong seed) => new([], Statements(Dataset.Scaled(TableCount, scale)));

    private static IEnumerable<string> Statements(long count)
    {
        for (long first = 1; first <= count; first += TablesPerStatement)
        {
            long last = Math.Min(count, first + TablesPerStatement - 1);
            yield return string.Concat(Range(first, last).Select(Statement));
        }
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (long number = first; number <= last; number++)
        {
            yield return number;
        }
    }

    // The server fills them: 20,000 COPYs of ten rows would take longer, and these rows are the same everywhere too.
    private static string Statement(long number) =>
        $"""
            CREATE TABLE t{number} (id bigint PRIMARY KEY, a integer NOT NULL, b text, c date DEFAULT '2026-01-01');
            INSERT INTO t{number} SELECT row, row * {number} % 97, 'row ' || row || ' of {number}',
                date '2026-01-01' + row FROM generate_series(1, 10) AS row;
            CREATE INDEX t{number}_a ON t{number} (a);
            CREATE INDEX t{number}_b_c ON t{number} (b, c DESC);

            """;
}
