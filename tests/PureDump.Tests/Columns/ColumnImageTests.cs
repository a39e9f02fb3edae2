using System.Text;
using PureDump.Formats.Columns;
using PureDump.Formats.Errors;
using static PureDump.Tests.Columns.RowBuilder;

namespace PureDump.Tests.Columns;

/// <summary>Rows go into a column image and come back the same; the encoding is the one that suits them.</summary>
public sealed class ColumnImageTests
{
    private const int RowCount = 1000;

    private static readonly Dictionary<string, (ColumnEncoding Encoding, Func<Random, byte[]?[]> Make)> s_shapes = new()
    {
        ["constant"] = (ColumnEncoding.Numbers, _ => Column(RowCount, _ => Int32(7))),
        ["ascending"] = (ColumnEncoding.Numbers, _ => Column(RowCount, i => Int64(1L << 40 | (uint)(i * 3)))),
        ["descending"] = (ColumnEncoding.Numbers, _ => Column(RowCount, i => Int16(500 - i))),
        ["ascending with leaps"] = (ColumnEncoding.Numbers, _ => Column(RowCount, i => Int64(i % 100 == 0 ? long.MaxValue : i))),
        ["extremes"] = (
            ColumnEncoding.Numbers,
            random =>
                Column(
                    RowCount,
                    i =>
                        Int64(
                            i % 3 == 0 ? long.MinValue
                            : i % 3 == 1 ? long.MaxValue
                            : random.NextInt64()))),
        ["random bytes of one"] = (ColumnEncoding.Numbers, random => Column(RowCount, _ => [(byte)random.Next()])),
        ["random int2"] = (ColumnEncoding.Numbers, random => Column(RowCount, _ => Int16(random.Next()))),
        ["random int4"] = (ColumnEncoding.Numbers, random => Column(RowCount, _ => Int32(random.Next(200_000)))),
        ["random int8"] = (ColumnEncoding.Numbers, random => Column(RowCount, _ => Int64(random.NextInt64()))),
        ["floats"] = (ColumnEncoding.Numbers, random => Column(RowCount, _ => Int64(BitConverter.DoubleToInt64Bits(random.NextDouble())))),
        ["few int8"] = (ColumnEncoding.Dictionary, random => Column(RowCount, _ => Int64(random.Next(4) * 999_999_999_999))),
        ["few texts"] = (
            ColumnEncoding.Dictionary,
            random =>
                Column(
                    RowCount,
                    _ =>
                        Encoding.ASCII.GetBytes(
                            random.Next(5) switch
                            {
                                0 => "",
                                1 => "MAIL",
                                2 => "RAIL",
                                3 => "AIR",
                                _ => "TRUCK WITH A LONG NAME",
                            }
                        ))),
        ["one text"] = (ColumnEncoding.Dictionary, _ => Column(RowCount, _ => "only this"u8.ToArray())),
        ["two texts in turn"] = (
            ColumnEncoding.Dictionary,
            _ => Column(RowCount - 3, i => i % 2 == 0 ? "open"u8.ToArray() : "closed"u8.ToArray())),
        ["texts of every length"] = (
            ColumnEncoding.Dictionary,
            random => Column(RowCount, _ => Encoding.ASCII.GetBytes(new string('x', random.Next(45))))),
        ["texts that differ in one letter"] = (
            ColumnEncoding.Dictionary,
            random => Column(RowCount, _ => Differing(random.Next(9, 36), random.Next(5)))),
        ["more texts after the first ones"] = (
            ColumnEncoding.Dictionary,
            random => Column(RowCount, i => Encoding.ASCII.GetBytes($"{random.Next(i < 130 ? 40 : 250)}"))),
        ["empty but for one"] = (ColumnEncoding.Dictionary, _ => Column(RowCount, i => i == 700 ? "x"u8.ToArray() : [])),
        ["of one length but for one"] = (ColumnEncoding.Bytes, random => Column(RowCount, i => Noise(random, i == 800 ? 5 : 4))),
        ["of one length but for the first"] = (ColumnEncoding.Bytes, random => Column(RowCount, i => Noise(random, i == 0 ? 3 : 4))),
        ["prices"] = (ColumnEncoding.Decimals, random => Column(RowCount, _ => Price(random.Next(10_000, 10_000_000)))),
        ["prices below zero and zero"] = (
            ColumnEncoding.Decimals,
            random => Column(RowCount, i => i % 7 == 0 ? Numeric(0, 0, 2) : Price(random.Next(-1_000_000, 1_000_000)))),
        ["numerics of two scales"] = (ColumnEncoding.Planes, random => Column(RowCount, i => Numeric(0, 0, i % 2, random.Next(1, 9999)))),
        ["texts"] = (ColumnEncoding.Bytes, random => Column(RowCount, _ => Text(random, random.Next(0, 60)))),
        ["texts of one width"] = (
            ColumnEncoding.Planes,
            random => Column(RowCount, _ => Encoding.ASCII.GetBytes($"Clerk#{random.Next(1000):d9}"))),
        ["wide texts of one width"] = (ColumnEncoding.Bytes, random => Column(RowCount, _ => Text(random, 40))),
        ["sentences"] = (ColumnEncoding.Symbols, random => Column(RowCount, _ => Sentence(random, 150, random.Next(12)))),
        ["sentences of many words"] = (ColumnEncoding.Symbols, random => Column(RowCount, _ => Sentence(random, 1500, random.Next(30)))),
        ["sentences of too many words"] = (
            ColumnEncoding.Bytes,
            random => Column(RowCount, _ => Sentence(random, 10_000_000, random.Next(12)))),
        ["sentences with zeros"] = (
            ColumnEncoding.Bytes,
            random => Column(RowCount, i => [.. Sentence(random, 150, random.Next(12)), (byte)(i == 900 ? 0 : 1)])),
        ["one sentence in the same words"] = (
            ColumnEncoding.Bytes,
            random => Column(RowCount, i => Encoding.ASCII.GetBytes($"row {i} came from the same place as all the others"))),
        ["hex"] = (ColumnEncoding.Bytes, random => Column(RowCount, _ => Encoding.ASCII.GetBytes(Convert.ToHexString(Noise(random, 16))))),
        ["hex of an odd sum"] = (
            ColumnEncoding.Bytes,
            random => Column(RowCount - 1, _ => [.. Encoding.ASCII.GetBytes(Convert.ToHexString(Noise(random, 18))), (byte)'0'])),
        ["hex with a rare stranger"] = (
            ColumnEncoding.Bytes,
            random => Column(RowCount, i => i == 777 ? "x"u8.ToArray() : Encoding.ASCII.GetBytes(Convert.ToHexString(Noise(random, 20))))),
        ["uuids"] = (ColumnEncoding.Planes, random => Column(RowCount, _ => Noise(random, 16))),
        ["noise"] = (ColumnEncoding.Bytes, random => Column(RowCount, _ => Noise(random, random.Next(100, 300)))),
        ["sometimes null"] = (ColumnEncoding.Numbers, random => Column(RowCount, i => random.Next(3) == 0 ? null : Int32(i))),
        ["null but for the last"] = (ColumnEncoding.Numbers, _ => Column(RowCount, i => i < RowCount - 1 ? null : Int32(i))),
        ["null but for the first"] = (ColumnEncoding.Planes, _ => Column(RowCount, i => i > 0 ? null : "first"u8.ToArray())),
        ["one row"] = (ColumnEncoding.Planes, _ => Column(1, _ => "abc"u8.ToArray())),
    };

    // The letters of all but the middle are the same.
    private static byte[] Differing(int length, int number)
    {
        byte[] value = [.. Enumerable.Repeat((byte)'x', length)];
        value[length / 2] = (byte)('a' + number);
        return value;
    }

    public static TheoryData<string> Shapes => [.. s_shapes.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_column_comes_back_as_it_was(string shape)
    {
        (_, Func<Random, byte[]?[]> make) = s_shapes[shape];
        byte[]?[] column = make(new Random(1));
        byte[]?[] other = Column(column.Length, Int32);
        Assert.Equal(Rows(column), RoundTrip(Rows(column), column.Length));
        Assert.Equal(Rows(other, column, column), RoundTrip(Rows(other, column, column), column.Length));
        byte[]?[] holed = [.. column.Select((value, i) => i % 5 == 0 ? null : value)];
        Assert.Equal(Rows(holed, other), RoundTrip(Rows(holed, other), column.Length));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_column_gets_the_encoding_that_suits_it(string shape)
    {
        (ColumnEncoding encoding, Func<Random, byte[]?[]> make) = s_shapes[shape];
        byte[]?[] column = make(new Random(1));
        var splitter = new ColumnSplitter();
        Assert.True(splitter.TrySplit(Rows(column), column.Length));
        int bitmap = column.Contains(null) ? (column.Length + 7) / 8 : 0;
        Assert.Equal(encoding, (ColumnEncoding)splitter.Coded[3 + bitmap]);
    }

    [Fact]
    public void Numbers_of_a_byte_are_packed_as_wider_ones_are()
    {
        var random = new Random(1);
        for (int bits = 1; bits <= 8; bits++)
        {
            for (int count = 0; count < 40; count++)
            {
                byte[] numbers = [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(1 << bits))];
                int length = SeriesWriter.PackedLength(count, bits);
                byte[] packed = new byte[length + sizeof(ulong)];
                byte[] expected = new byte[length + sizeof(ulong)];
                SeriesWriter.PackBytes(numbers, bits, packed);
                SeriesWriter.Pack([.. numbers.Select(number => (ulong)number + 1000)], minimum: 1000, bits, expected);
                Assert.Equal(expected[..length], packed[..length]);
            }
        }
    }

    [Fact]
    public void Columns_of_nulls_only_take_a_byte()
    {
        byte[] rows = Rows(Column(RowCount, _ => null), Column(RowCount, _ => null));
        Assert.Equal(rows, RoundTrip(rows, RowCount));
        Assert.Equal(4, Split(rows, RowCount).Coded.Length);
    }

    [Fact]
    public void What_is_not_rows_of_one_width_is_not_taken_apart()
    {
        var splitter = new ColumnSplitter();
        byte[] rows = Rows(Column(2, Int32));
        Assert.True(splitter.TrySplit(rows, 2));
        Assert.False(splitter.TrySplit(rows, 1));
        Assert.False(splitter.TrySplit(rows, 3));
        Assert.False(splitter.TrySplit(rows.AsSpan(0, rows.Length - 1), 2));
        Assert.False(splitter.TrySplit([0, 0, 0, 0], 2));
        Assert.False(splitter.TrySplit([], 0));
        Assert.False(splitter.TrySplit([.. rows, .. Rows(Column(1, Int32), Column(1, Int32))], 3));
        Assert.False(splitter.TrySplit([0, 1, 0xff, 0xff, 0xff, 0xfe], 1));
        Assert.False(splitter.TrySplit([0, 1, 0x7f, 0xff, 0xff, 0xff], 1));
    }

    [Fact]
    public void Every_prefix_and_every_flipped_byte_gives_rows_of_that_length_or_an_error()
    {
        var random = new Random(2);
        byte[] rows = Rows(
            Column(40, i => i % 3 == 0 ? null : Int32(i)),
            Column(40, _ => Price(random.Next(-99_999, 99_999))),
            Column(40, _ => Text(random, random.Next(20))),
            Column(40, i => Int64(i % 2)),
            Column(40, _ => Noise(random, 16)),
            Column(40, _ => Encoding.ASCII.GetBytes(Convert.ToHexString(Noise(random, 20)))));
        (byte[] coded, byte[] plain) = Split(rows, 40);
        var joiner = new ColumnJoiner();
        byte[] target = new byte[rows.Length];
        for (int length = 0; length < coded.Length; length++)
        {
            AssertDamaged(() => joiner.Join(coded.AsSpan(0, length), plain, 40, target));
        }

        AssertDamaged(() => joiner.Join(coded, plain.AsSpan(1), 40, target));
        AssertDamaged(() => joiner.Join([.. coded, 0], plain, 40, target));
        AssertDamaged(() => joiner.Join(coded, [.. plain, 0], 40, target));
        AssertDamaged(() => joiner.Join(coded, plain, 41, target));
        AssertDamaged(() => joiner.Join(coded, plain, 40, target.AsSpan(1)));
        int refused = 0;
        for (int at = 0; at < coded.Length; at++)
        {
            foreach (byte flip in new byte[] { 1, 0x80, 0xff })
            {
                byte[] hostile = [.. coded];
                hostile[at] ^= flip;
                try
                {
                    joiner.Join(hostile, plain, 40, target);
                }
                catch (PureDumpException e) when (e.Kind == ErrorKind.ArchiveDamaged)
                {
                    refused++;
                }
            }
        }

        Assert.NotEqual(0, refused);
        joiner.Join(coded, plain, 40, target);
        Assert.Equal(rows, target);
    }

    private static void AssertDamaged(Action join) => Assert.Equal(ErrorKind.ArchiveDamaged, Assert.Throws<PureDumpException>(join).Kind);

    private static byte[] RoundTrip(byte[] rows, int rowCount)
    {
        (byte[] coded, byte[] plain) = Split(rows, rowCount);
        byte[] target = new byte[rows.Length];
        new ColumnJoiner().Join(coded, plain, rowCount, target);
        return target;
    }

    private static (byte[] Coded, byte[] Plain) Split(byte[] rows, int rowCount)
    {
        var splitter = new ColumnSplitter();
        Assert.True(splitter.TrySplit(rows, rowCount));
        return (splitter.Coded.ToArray(), splitter.Plain.ToArray());
    }

    private static byte[] Price(int cents)
    {
        int sign = cents < 0 ? 0x4000 : 0;
        int absolute = Math.Abs(cents);
        List<int> digits = [absolute / 100 / 10000, absolute / 100 % 10000, absolute % 100 * 100];
        int weight = 1;
        while (digits.Count > 0 && digits[0] == 0)
        {
            digits.RemoveAt(0);
            weight--;
        }

        while (digits.Count > 0 && digits[^1] == 0)
        {
            digits.RemoveAt(digits.Count - 1);
        }

        return digits.Count == 0 ? Numeric(0, 0, 2) : Numeric(weight, sign, 2, [.. digits]);
    }

    // Words of two to seventeen letters, some of them far more often than others, some of them not of ASCII, and a comma or a second space
    // here and there.
    private static byte[] Sentence(Random random, int wordCount, int length) =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                Enumerable
                    .Range(0, length)
                    .Select(_ =>
                        Word((int)(wordCount * Math.Pow(random.NextDouble(), 3)))
                        + (
                            random.Next(9) switch
                            {
                                0 => ", ",
                                1 => "  ",
                                2 => ".",
                                _ => " ",
                            }
                        ))));

    private static string Word(int number)
    {
        var word = new Random(number);
        return string.Concat(Enumerable.Range(0, 2 + number % 16).Select(_ => "etaoinshrdlucmfwypvbgkqjxzé"[word.Next(27)]));
    }

    private static byte[] Text(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (byte)"etaoin shrdlu, cmfwyp vbgkqjxz"[random.Next(30)])];

    private static byte[] Noise(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
