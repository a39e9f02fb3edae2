using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;

namespace PureDump.Tests.Cli;

/// <summary>What is shown to people: text from anywhere, of which nothing reaches the terminal but what can be read.</summary>
public sealed partial class ShownTextTests
{
    public static TheoryData<int> Unreadable =>
    [
        .. Enumerable.Range(0, 0x20).Except(['\t', '\n']), .. Enumerable.Range(0x7f, 0x21), 0xad, 0x61c, 0x200b, 0x200e, 0x200f,
        .. Enumerable.Range(0x2028, 7), .. Enumerable.Range(0x2060, 16).Except([0x2065]), 0xfeff, 0xe0001, 0xe0041,
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_cannot_be_read_stands_as_its_number(int letter)
    {
        string text = $"a{char.ConvertFromUtf32(letter)}b";

        foreach (
            string shown in (string[])
                [ShownText.Of(text).Value, ShownText.OfClient(text, "psql").Value, ShownText.Line(text), ShownText.Lines(text)])
        {
            Assert.True(shown.All(static one => one is >= ' ' and <= '~'), shown);
            Assert.Equal(text, Unshown(shown));
        }
    }

    [Theory]
    [InlineData("Größe 数 🐘 𝄞")]
    [InlineData("نمی‌خواهم")]
    [InlineData("👩‍💻 a\tb")]
    [InlineData("\\connect \\u \\u12 \\uABCD C:\\users")]
    public void What_can_be_read_stays(string text)
    {
        Assert.Equal(text, ShownText.Of(text).Value);
        Assert.Equal(text, ShownText.Line(text));
    }

    /// <summary>Texts of a few letters each, of those that matter: none is shown as another one is.</summary>
    [Fact]
    public void The_text_can_be_had_back_from_what_is_shown()
    {
        const string letters = "\\u001b0\u001b\u202e\n\ud83d\udc18\ud800x";
        var random = new Random(20261130);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => letters[random.Next(letters.Length)]));
            Assert.Equal(text, Unshown(ShownText.Line(text)));
        }
    }

    [Fact]
    public void Lines_after_the_first_are_indented()
    {
        Assert.Equal(
            "puredump: warning: a\n  puredump: restored everything\n\n  b",
            ShownText.Of("puredump: warning: a\npuredump: restored everything\n\nb\n").Value);
        Assert.DoesNotContain('\n', ShownText.Line("a\nb"));
    }

    [Fact]
    public void Under_a_clients_name_only_a_line_that_looks_like_the_clients_is_indented()
    {
        Assert.Equal(
            "pg_restore: error: ERROR:  a\nDETAIL:  b\n  pg_restore: warning: c\n  pg_restore: d\npg_restorer",
            ShownText
                .OfClient("pg_restore: error: ERROR:  a\nDETAIL:  b\npg_restore: warning: c\npg_restore: d\npg_restorer", "pg_restore")
                .Value);
    }

    private static string Unshown(string shown) =>
        Number()
            .Replace(
                shown,
                static match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\u([0-9a-f]{4})")]
    private static partial Regex Number();
}
