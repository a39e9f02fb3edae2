using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>What was read of a script and not consumed, down to windows of one byte.</summary>
public sealed class ScriptWindowTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 100)]
    [InlineData(3, 2)]
    [InlineData(100, 1)]
    public void A_script_goes_through_a_window_of_any_size(int size, int pieceSize)
    {
        byte[] script = "a\n\nbc\nd"u8.ToArray();
        var window = new ScriptWindow(new PiecesStream(script, pieceSize), size);
        var read = new List<byte>();
        var lines = new List<long>();
        do
        {
            while (window.Text(out _, out _) is { IsEmpty: false } text)
            {
                read.Add(text[0]);
                window.Consume(1);
                lines.Add(window.Line);
            }
        }
        while (window.Refill());

        Assert.Equal(script, read);
        Assert.Equal([1, 1, 2, 3, 3, 3, 4], lines);
        Assert.True(window.IsInputOver && window.Bytes.IsEmpty);
    }

    [Fact]
    public void The_end_is_told_when_the_stream_was_asked()
    {
        ScriptWindow window = Of("ab");

        window.Refill();
        window.Text(out _, out bool isLast);
        Assert.False(isLast);
        Assert.False(window.Refill());
        window.Text(out _, out isLast);
        Assert.True(isLast);
    }

    [Fact]
    public void A_full_window_takes_more_only_where_it_is_allowed()
    {
        ScriptWindow window = Of("abc", size: 1);
        Assert.True(window.Refill());

        Assert.Equal(ErrorKind.ScriptRefused, Assert.Throws<PureDumpException>(() => window.Refill()).Kind);
        Assert.True(window.Refill(grows: true));
        Assert.True(window.Refill(grows: true));
        Assert.Equal("abc", Shown(window.Bytes));
    }

    [Fact]
    public void To_peek_consumes_nothing_and_reads_no_more_than_there_is()
    {
        ScriptWindow window = Of("abc", pieceSize: 1, size: 8);

        Assert.Equal("ab", Shown(window.Peek(2)));
        Assert.Equal("abc", Shown(window.Peek(8)));
        Assert.Equal("abc", Shown(window.Bytes));
    }

    [Theory]
    [InlineData("\u00ef\u00bb\u00bfa", "a")]
    [InlineData("\u00ef\u00bba", "\u00ef\u00bba")]
    [InlineData("", "")]
    public void A_byte_order_mark_is_passed_over(string script, string rest)
    {
        ScriptWindow window = Of(script, pieceSize: 1, size: 4);

        window.PassByteOrderMark();

        Assert.Equal(rest, Shown(window.Peek(4)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Lines_are_given_whole_and_are_all_of_the_text_until_the_next(int size)
    {
        ScriptWindow window = Of("ab\n\nrow\nc", pieceSize: 1, size);
        window.IsReadByLines = true;
        var texts = new List<string>();

        while (window.ReadLine(out ReadOnlySpan<byte> line))
        {
            string given = Shown(line);
            ReadOnlySpan<byte> text = window.Text(out _, out bool isLast);
            texts.Add($"{given}|{Shown(text)}{(isLast ? "|" : "")}");
            window.Consume(text.Length);
            if (given.Length == 0)
            {
                // Rows are no lines.
                while (window.Bytes.Length < 4)
                {
                    window.Refill(grows: true);
                }

                window.PassRows(4);
            }
        }

        Assert.Equal(["ab|ab\n", "|\n", "c|c|"], texts);
        Assert.Equal(4, window.Line);
    }

    /// <summary>0x83 0x5c is a character of SJIS whose second byte is a backslash.</summary>
    [Fact]
    public void A_character_is_no_text_before_it_is_whole_and_its_later_bytes_are_marked()
    {
        ScriptWindow window = Of("a\u0083\\b", pieceSize: 1, size: 2);
        window.Characters = ClientCharacters.Of("SJIS");
        var texts = new List<string>();

        while (window.Refill())
        {
            ReadOnlySpan<byte> text = window.Text(out ReadOnlySpan<byte> marks, out _);
            texts.Add($"{Shown(text)}:{Shown(marks)}");
            window.Consume(text.Length);
        }

        Assert.Equal(["a:a", ":", "\u0083\\:\u0083\u00ff", "b:b"], texts);
    }

    [Fact]
    public void What_is_not_consumed_is_marked_anew_in_another_encoding()
    {
        ScriptWindow window = Of("a\u0083\\");
        window.Insert("x", [0x83, (byte)'\\']);
        window.Refill();

        window.Characters = ClientCharacters.Of("SJIS");

        Assert.Equal([0x83, 0xff], Marks(window));
        window.DropPending();
        window.Consume(1);
        Assert.Equal([0x83, 0xff], Marks(window));
        window.Characters = null;
        Assert.Equal([0x83, (byte)'\\'], Marks(window));
    }

    [Fact]
    public void Pending_texts_come_first_the_last_one_before_all_others()
    {
        ScriptWindow window = Of("rest");
        window.Refill();
        window.Insert("x", "12"u8.ToArray());
        window.Consume(1);
        window.Insert("y", "3"u8.ToArray());

        Assert.True(window.IsPending("x") && window.IsPending("y") && !window.IsPending("z"));
        Assert.Equal("3", Next(window));
        Assert.Equal("2", Next(window));
        Assert.False(window.HasPending);
        Assert.Equal("rest", Shown(window.Text(out _, out _)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void The_rest_of_a_line_comes_behind_what_is_pending_and_the_rows_before_both(int pieceSize)
    {
        ScriptWindow window = Of("a; b\n1\n", pieceSize, size: 4);
        window.Refill();
        window.Consume(1);
        window.Insert("x", "value"u8.ToArray());

        window.DeferLine();
        window.DeferLine();

        Assert.Equal(2, window.PendingCount);
        Assert.Equal("1\n", Shown(window.Peek(2)));
        Assert.Equal("value", Next(window));
        Assert.Equal("; b\n", Next(window));
    }

    [Fact]
    public void Blanks_behind_a_copy_are_not_kept()
    {
        ScriptWindow window = Of("a \t\r\n1");
        window.Refill();
        window.Consume(1);

        window.DeferLine();

        Assert.False(window.HasPending);
        Assert.Equal("1", Shown(window.Bytes));
        window.CountAnew();
        Assert.Equal(1, window.Line);
    }

    private static ScriptWindow Of(string script, int pieceSize = int.MaxValue, int size = 100) =>
        new(new PiecesStream(Encoding.Latin1.GetBytes(script), pieceSize), size);

    private static string Next(ScriptWindow window)
    {
        string text = Shown(window.Text(out _, out bool isLast));
        Assert.True(isLast);
        window.DropPending();
        return text;
    }

    private static byte[] Marks(ScriptWindow window)
    {
        window.Text(out ReadOnlySpan<byte> marks, out _);
        return marks.ToArray();
    }

    private static string Shown(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
