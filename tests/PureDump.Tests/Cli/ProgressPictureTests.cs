using PureDump.Cli.Talking;

namespace PureDump.Tests.Cli;

public sealed class ProgressPictureTests
{
    [Fact]
    public void The_display_tells_totals_and_each_table_in_work()
    {
        TransferState state = State(
            new EntryProgress("public.orders", 4000) { Bytes = 1000, RowCount = 10 },
            new EntryProgress("a.b", 0) { Bytes = 5, RowCount = 1 }
        );
        Assert.Equal(
            [
                "3 of 7 tables, 20 rows, 2.0 MB (50 %), 1.0 MB/s, about 2.0 s left",
                "  public.orders      1.0 kB (25 %), 10 rows",
                "  a.b               5 bytes, 1 row",
            ],
            ProgressPicture.Lines(state, 0, 0, TimeSpan.FromSeconds(2), 80, 24));
    }

    [Theory]
    [InlineData("shop\n", "shop\\u000a: 3 of 7 tables, 20 rows, 2.0 MB (50 %), 1.0 MB/s, about 2.0 s left")]
    [InlineData("", "globals: 3 of 7 tables, 20 rows, 2.0 MB (50 %), 1.0 MB/s, about 2.0 s left")]
    public void Of_a_cluster_the_display_names_the_database(string database, string due) =>
        Assert.Equal([due], ProgressPicture.Lines(State() with { Database = database }, 0, 0, TimeSpan.FromSeconds(2), 80, 24));

    [Fact]
    public void Lines_are_cut_to_the_terminal()
    {
        TransferState state = State([.. Enumerable.Range(0, 50).Select(i => new EntryProgress($"public.{new string('x', 200)}{i}", 0))]);
        IReadOnlyList<string> lines = ProgressPicture.Lines(state, 0, 0, TimeSpan.FromSeconds(2), 30, 5);
        Assert.InRange(lines.Count, 1, 5);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 30));
    }

    [Fact]
    public void A_name_cannot_move_the_cursor()
    {
        TransferState state = State(new EntryProgress("public.\u001b[2J\n", 0));
        Assert.All(
            ProgressPicture.Lines(state, 0, 0, TimeSpan.FromSeconds(2), 80, 24),
            line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Fact]
    public void A_file_that_is_read_has_one_line() =>
        Assert.Equal(
            ["50.0 MB (50 %), 25.0 MB/s, about 2.0 s left"],
            ProgressPicture.Lines(State(), 50_000_000, 100_000_000, TimeSpan.FromSeconds(2), 80, 24));

    private static TransferState State(params EntryProgress[] inWork) => new()
    {
        InWork = inWork,
        RowCount = 20,
        Bytes = 2_000_000,
        EntryCount = 7,
        EntryDoneCount = 3,
        StatementCount = 0,
        Statement = null,
        Fraction = 0.5,
    };
}
