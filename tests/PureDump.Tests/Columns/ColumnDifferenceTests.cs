using System.Buffers.Binary;
using PureDump.Formats.Columns;
using PureDump.Formats.Errors;
using static PureDump.Tests.Columns.RowBuilder;

namespace PureDump.Tests.Columns;

/// <summary>A column as the difference to an earlier one: taken where it saves something, and refused where it cannot be.</summary>
public sealed class ColumnDifferenceTests
{
    private const int RowCount = 500;

    private static readonly Random s_random = new(3);

    // Two columns whose numbers are near one another in every row, far from those of the rows beside it.
    private static readonly int[] s_days = [.. Enumerable.Range(0, RowCount).Select(_ => s_random.Next(-100_000, 100_000))];
    private static readonly int[] s_delays = [.. Enumerable.Range(0, RowCount).Select(_ => s_random.Next(-90, 30))];

    public static TheoryData<int> Widths => [2, 4, 8];

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_column_near_an_earlier_one_is_written_as_the_difference(int width)
    {
        byte[]?[] due = Column(RowCount, i => Integer(width, s_days[i]));
        byte[]?[] done = Column(RowCount, i => Integer(width, s_days[i] + s_delays[i]));
        byte[]?[] paid = Column(RowCount, i => Integer(width, s_days[i] + 2 * s_delays[i]));
        byte[] rows = Rows(due, done, paid);
        (byte[] coded, byte[] plain) = Split(rows);
        int one = Split(Rows(due)).Plain.Length;
        Assert.Equal(rows, Join(coded, plain, rows.Length));
        Assert.Equal(
            2,
            Enumerable
                .Range(0, coded.Length - 3)
                .Count(at => coded[at] == (byte)ColumnEncoding.Difference && coded[at + 1] == width && coded[at + 3] == 0));
        Assert.InRange(plain.Length, one + 2 * RowCount * 7 / 8, one + 2 * RowCount * 9 / 8);
    }

    [Fact]
    public void Differences_that_wrap_around_come_back()
    {
        byte[] rows = Rows(
            Column(RowCount, i => Integer(8, s_days[i] * 1_000_000_000_000L)),
            Column(RowCount, i => Integer(8, unchecked(s_days[i] * 1_000_000_000_000L + long.MaxValue - 1000 - s_delays[i]))));
        (byte[] coded, byte[] plain) = Split(rows);
        Assert.Contains((byte)ColumnEncoding.Difference, coded);
        Assert.Equal(rows, Join(coded, plain, rows.Length));
    }

    [Theory]
    [InlineData("of another width")]
    [InlineData("with nulls")]
    [InlineData("far from it")]
    public void A_column_is_no_difference_to_one(string kind)
    {
        byte[]?[] due = Column(
            RowCount,
            i => kind == "with nulls" && i % 50 == 0 ? null : Integer(kind == "of another width" ? 8 : 4, s_days[i]));
        byte[]?[] done = Column(RowCount, i => Integer(4, kind == "far from it" ? s_days[^(i + 1)] : s_days[i] + s_delays[i]));
        byte[] rows = Rows(due, done);
        (byte[] coded, byte[] plain) = Split(rows);
        Assert.Equal((byte)ColumnEncoding.Numbers, coded[^13]);
        Assert.Equal(rows, Join(coded, plain, rows.Length));
    }

    [Fact]
    public void A_difference_to_a_field_that_is_not_of_integers_in_every_row_before_it_is_refused()
    {
        byte[] text = Column(RowCount, _ => "only this"u8.ToArray())[0]!;
        byte[] rows = Rows(
            Column(RowCount, _ => text),
            Column(RowCount, i => i == 0 ? null : Integer(4, s_days[i])),
            Column(RowCount, i => Integer(2, i % 7 * 4000)),
            Column(RowCount, i => Integer(4, s_days[i])),
            Column(RowCount, i => Integer(4, s_days[i] + s_delays[i])),
            Column(RowCount, i => Integer(4, s_days[^(i + 1)])));
        (byte[] coded, byte[] plain) = Split(rows);
        int field =
            Enumerable
                .Range(0, coded.Length - 4)
                .Single(at => coded.AsSpan(at, 5).SequenceEqual((byte[])[0, (byte)ColumnEncoding.Difference, 4, 3, 0])) + 3;
        foreach (ushort of in new ushort[] { 0, 1, 2, 4, 5, 6, ushort.MaxValue })
        {
            BinaryPrimitives.WriteUInt16LittleEndian(coded.AsSpan(field), of);
            PureDumpException error = Assert.Throws<PureDumpException>(() => Join(coded, plain, rows.Length));
            Assert.Equal(ErrorKind.ArchiveDamaged, error.Kind);
            Assert.Contains($"to field {of},", error.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Integer(int width, long value) => width switch
    {
        2 => Int16(unchecked((short)value)),
        4 => Int32(unchecked((int)value)),
        _ => Int64(value),
    };

    private static (byte[] Coded, byte[] Plain) Split(byte[] rows)
    {
        var splitter = new ColumnSplitter();
        Assert.True(splitter.TrySplit(rows, RowCount));
        return (splitter.Coded.ToArray(), splitter.Plain.ToArray());
    }

    private static byte[] Join(byte[] coded, byte[] plain, int length)
    {
        byte[] rows = new byte[length];
        new ColumnJoiner().Join(coded, plain, RowCount, rows);
        return rows;
    }
}
