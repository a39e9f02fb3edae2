using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Tests.Columns;

namespace PureDump.Tests.Archive;

/// <summary>Rows are counted the same however they are cut into blocks, and a byte too few or too many shows.</summary>
public sealed class RowWalkerTests
{
    private const int ColumnCount = 3;

    public static TheoryData<Enum, int> Seeds =>
        [.. Enumerable.Range(0, 20).SelectMany(static seed => new[] { (RowFormat.Binary, seed), (RowFormat.Text, seed) })];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_are_whole_wherever_the_blocks_of_a_row_are_cut(Enum format, int seed)
    {
        var random = new Random(seed);
        var walker = new RowWalker();
        for (int turn = 0; turn < 50; turn++)
        {
            int rowCount = random.Next(1, 5);
            byte[][] rows = [.. Enumerable.Range(0, rowCount).Select(_ => Row(random, (RowFormat)format))];
            walker.Walk(new WalkedBlock((RowFormat)format, ColumnCount, rowCount, IsContinuation: false, Continues: false), Joined(rows));

            // The first row in pieces, the others behind its last.
            int at = 0;
            bool isInPieces = false;
            while (rows[0].Length - at > 3 && random.Next(4) > 0)
            {
                int length = random.Next(isInPieces ? 1 : 2, rows[0].Length - at);
                walker.Walk(
                    new WalkedBlock((RowFormat)format, ColumnCount, isInPieces ? 0 : 1, isInPieces, Continues: true),
                    rows[0].AsSpan(at, length));
                isInPieces = true;
                at += length;
            }

            walker.Walk(
                new WalkedBlock((RowFormat)format, ColumnCount, isInPieces ? rowCount - 1 : rowCount, isInPieces, Continues: false),
                Joined([rows[0][at..], .. rows[1..]]));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_byte_that_is_missing_or_a_row_too_many_is_an_error(Enum format, int seed)
    {
        var random = new Random(seed);
        var walker = new RowWalker();
        int rowCount = random.Next(1, 5);
        byte[] rows = Joined([.. Enumerable.Range(0, rowCount).Select(_ => Row(random, (RowFormat)format))]);
        var block = new WalkedBlock((RowFormat)format, ColumnCount, rowCount, IsContinuation: false, Continues: false);

        Assert.All(
            [
                () => walker.Walk(block, rows.AsSpan(0, rows.Length - 1)),
                () => walker.Walk(block with { RowCount = rowCount + 1 }, rows),
                () => walker.Walk(block with { ColumnCount = 2 }, rows),
            ],
            (Action walk) => Assert.Equal(ErrorKind.ArchiveDamaged, Assert.Throws<PureDumpException>(walk).Kind));
    }

    private static byte[] Joined(IEnumerable<byte[]> rows) => [.. rows.SelectMany(static row => row)];

    private static byte[] Row(Random random, RowFormat format)
    {
        if (format == RowFormat.Text)
        {
            string[] values = ["", "\\N", "a\\tb\\\\", "x\\\\.", "\\nline", new('w', random.Next(100))];
            return Encoding.ASCII.GetBytes(
                string.Join('\t', Enumerable.Range(0, ColumnCount).Select(_ => values[random.Next(values.Length)])) + "\n");
        }

        byte[]? Value() => random.Next(4) == 0 ? null : [.. Enumerable.Range(0, random.Next(60)).Select(_ => (byte)random.Next(256))];
        return RowBuilder.Rows([.. Enumerable.Range(0, ColumnCount).Select(_ => RowBuilder.Column(1, _ => Value()))]);
    }
}
