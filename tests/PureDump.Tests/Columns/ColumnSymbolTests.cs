using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Columns;
using PureDump.Formats.Errors;
using static PureDump.Tests.Columns.RowBuilder;

namespace PureDump.Tests.Columns;

/// <summary>Text as codes for its words: read as the specification says, refused where it says nothing, and written so that it comes
/// back.</summary>
public sealed class ColumnSymbolTests
{
    private const byte End = 0xff;
    private const byte Single = 0x80;
    private const byte Shared = 0x81;

    [Fact]
    public void Codes_stand_for_words_and_other_bytes_for_themselves()
    {
        byte[] rows = Rows([
            [.. "the cat"u8],
            [],
            [.. "a the hat"u8],
        ]);
        Assert.Equal(
            rows,
            Join(
                Image(["the ", "hat"], 1, [End, Single, Shared], [Single, .. "cat"u8, End, End, .. "a "u8, Single, Shared, End]),
                [0],
                3,
                rows.Length));
    }

    [Fact]
    public void Text_without_a_word_is_read()
    {
        byte[] rows = Rows([[.. "cat"u8], [.. "hat"u8]]);
        Assert.Equal(rows, Join(Image([], 0, [End], [.. "cat"u8, End, .. "hat"u8, End]), [], 2, rows.Length));
    }

    public static TheoryData<string> Hostile => [.. s_hostile.Keys];

    // What is wrong with the image of the two values "the " and "hat": words, single ones, codes, bytes, second bytes; and what the error
    // says.
    private static readonly Dictionary<
        string,
        (string[] Words, byte Singles, byte[] Codes, byte[] Bytes, byte[] Places, string Says)
    > s_hostile = new()
    {
        ["a code twice"] = (["the ", "hat"], 1, [End, Single, Single], [Single, End, Single, End], [0], "the code 128 twice"),
        ["the end is a word"] = (["the ", "hat"], 1, [End, End, Shared], [Single, End, Shared, End], [0], "the code 255 twice"),
        ["more single words than words"] = (["the "], 2, [End, Single, Shared], [Single, End, Single, End], [], "1 words, 2 of them"),
        ["an empty word"] = (["the ", ""], 1, [End, Single, Shared], [Single, End, Shared, End], [0], "a word of 0 bytes"),
        ["no second byte"] = (["the ", "hat"], 1, [End, Single, Shared], [Single, End, Shared, End], [], "lack their second byte"),
        ["a second byte too many"] = (["the ", "hat"], 1, [End, Single, Shared], [Single, End, Shared, End], [0, 0], "bytes left over"),
        ["a word that is not there"] = (
            ["the ", "hat"],
            1,
            [End, Single, Shared],
            [Single, End, Shared, End],
            [1],
            "names word 1 of those that share the code 129"),
        ["a value too many"] = (["the ", "hat"], 1, [End, Single, Shared], [Single, End, Shared, End, End], [0], "more than 2 values"),
        ["a value too few"] = (["the ", "hat"], 1, [End, Single, Shared], [Single, Shared, End], [0], "1 values made of words, 2 are due"),
        ["a last value without an end"] = (
            ["the ", "hat"],
            1,
            [End, Single, Shared],
            [Single, End, End, Shared],
            [0],
            "behind the last one"),
        ["more than there is room for"] = (
            ["the ", "hat"],
            1,
            [End, Single, Shared],
            [Single, End, Shared, Single, End],
            [0],
            "values of 11 bytes"),
        ["less than was announced"] = (["the ", "hat"], 1, [End, Single, Shared], [Single, End, End], [], "19 were announced"),
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_is_not_as_specified_is_refused(string name)
    {
        (string[] words, byte singles, byte[] codes, byte[] bytes, byte[] places, string says) = s_hostile[name];
        byte[] rows = Rows([[.. "the "u8], [.. "hat"u8]]);
        PureDumpException error = Assert.Throws<PureDumpException>(() => Join(Image(words, singles, codes, bytes), places, 2, rows.Length));
        Assert.Equal(ErrorKind.ArchiveDamaged, error.Kind);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4097, 0, "4097 words")]
    [InlineData(256, 255, "257 codes")]
    public void Too_many_words_are_refused(int count, byte singles, string says)
    {
        string[] words = [.. Enumerable.Range(0, count).Select(_ => "x")];
        byte[] codes = [.. Enumerable.Range(0, 1 + singles + (count - singles + 255) / 256).Select(code => (byte)code)];
        PureDumpException error = Assert.Throws<PureDumpException>(() => Join(Image(words, singles, codes, []), [], 1, 1 << 16));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_of_17_bytes_is_refused()
    {
        byte[] image = Image(["seventeen letters"], 1, [End, Single], [Single, End]);
        Assert.Contains(
            "a word of 17 bytes",
            Assert.Throws<PureDumpException>(() => Join(image, [], 1, 100)).Message,
            StringComparison.Ordinal);
    }

    // Lengths around those of the pieces in which text is looked at, with everything that tokens are told apart by.
    [Fact]
    public void Text_of_every_length_and_shape_comes_back()
    {
        string[] odd = [" ", "  ", ", ", "été", "0", "17", "incomprehensibilities", "A", "@", "\u007f", "x", "-- ", "sat ", "mat"];
        string[] words = [.. Enumerable.Range(0, 600).Select(i => $"{(char)('a' + i % 26)}{(char)('a' + i / 26)}ternal ")];
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            string Part() => random.Next(4) == 0 ? odd[random.Next(odd.Length)] : words[random.Next(100 + seed * 12)];
            byte[]?[] column = Column(
                1500,
                i =>
                    i % 70 == 69
                        ? null
                        : Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1 + i % 30)).Select(_ => Part()))));
            byte[] rows = Rows(column, column);
            var splitter = new ColumnSplitter();
            Assert.True(splitter.TrySplit(rows, column.Length));
            Assert.Equal((byte)ColumnEncoding.Symbols, splitter.Coded[3 + (column.Length + 7) / 8]);
            Assert.Equal(rows, Join(splitter.Coded.ToArray(), splitter.Plain.ToArray(), column.Length, rows.Length));
        }
    }

    // Texts longer than the parts in which they are numbered, one of them the last of the rows.
    [Fact]
    public void Long_text_comes_back()
    {
        string[] words = [.. Enumerable.Range(0, 200).Select(i => $"{(char)('a' + i % 26)}{(char)('a' + i / 26)}ternal ")];
        var random = new Random(1);
        byte[]?[] column = Column(
            9,
            i => Encoding.UTF8.GetBytes(" " + string.Concat(Enumerable.Range(0, 100 + 900 * i).Select(_ => words[random.Next(200)]))));
        byte[] rows = Rows(column);
        var splitter = new ColumnSplitter();
        Assert.True(splitter.TrySplit(rows, column.Length));
        Assert.Equal((byte)ColumnEncoding.Symbols, splitter.Coded[3]);
        Assert.Equal(rows, Join(splitter.Coded.ToArray(), splitter.Plain.ToArray(), column.Length, rows.Length));
    }

    // The most that an image can take: as many columns as a table can have, and as many and as long words as there can be.
    [Fact]
    public void A_row_of_1664_columns_with_a_text_of_4094_words_comes_back()
    {
        var random = new Random(1);
        string[] words =
        [
            .. Enumerable
                .Range(0, 4094)
                .Select(i => $"{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}{(char)('a' + i / 676)}abcdefghijkl "),
        ];
        var text = new StringBuilder();
        while (text.Length < 1_000_000)
        {
            text.Append(words[(int)(words.Length * Math.Pow(random.NextDouble(), text.Length < 40_000 ? 4 : 1))]);
        }

        byte[]?[] small = Column(1, _ => Int64(random.NextInt64()));
        byte[]?[][] columns = [.. Enumerable.Repeat(small, 1663), Column(1, _ => Encoding.ASCII.GetBytes(text.ToString()))];
        byte[] rows = Rows(columns);
        var splitter = new ColumnSplitter();
        Assert.True(splitter.TrySplit(rows, 1));
        Assert.InRange(splitter.Coded.Length + splitter.Plain.Length, 0, 350_000);
        Assert.Equal(rows, Join(splitter.Coded.ToArray(), splitter.Plain.ToArray(), 1, rows.Length));
    }

    // One column without nulls.
    private static byte[] Image(string[] words, byte singles, byte[] codes, byte[] bytes)
    {
        var image = new List<byte> { 1, 0, 0, (byte)ColumnEncoding.Symbols };
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt16LittleEndian(number, (ushort)words.Length);
        image.AddRange(number[..sizeof(ushort)]);
        image.Add(singles);
        image.AddRange(codes);

        // The lengths: a series of bits for bytes that stand here, in one plane.
        image.AddRange([0, (byte)(words.Length == 0 ? 0 : 8), 0, 0, 0, 0, 0, 0, 0, 0]);
        if (words.Length > 0)
        {
            image.AddRange([1, 0]);
            image.AddRange(words.Select(word => (byte)word.Length));
        }

        image.Add(0);
        image.AddRange(words.SelectMany(word => Encoding.ASCII.GetBytes(word)));
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)bytes.Length);
        image.AddRange(number);
        image.AddRange(bytes);
        return [.. image];
    }

    private static byte[] Join(byte[] coded, byte[] plain, int rowCount, int length)
    {
        byte[] rows = new byte[length];
        new ColumnJoiner().Join(coded, plain, rowCount, rows);
        return rows;
    }
}
