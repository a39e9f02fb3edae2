using System.Globalization;
using PureDump.Postgres.Wire;
using PureDump.TestSupport;

namespace PureDump.Tests.Wire;

public sealed class SaslPrepTests
{
    // The examples of RFC 4013, section 3, come first; where it prohibits, PostgreSQL takes the password as it is.
    [Theory]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("user", "user")]
    [InlineData("USER", "USER")]
    [InlineData("\u00AA", "a")]
    [InlineData("\u2168", "IX")]
    [InlineData("\u0007", "\u0007")]
    [InlineData("\u0627\u0031", "\u0627\u0031")]
    [InlineData("two words", "two words")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("p\u00E4ss", "p\u00E4ss")]
    [InlineData("pa\u0308ss", "p\u00E4ss")]
    [InlineData("\uFF41\uFF42", "ab")]
    [InlineData("\uFF76\uFF9E", "\u30AC")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\u0627\u0628", "\u0627\u0628")]
    [InlineData("\uFE8D\u0628", "\u0627\u0628")]
    [InlineData("\uFE8Dx\u0628", "\uFE8Dx\u0628")]
    [InlineData("\u00E4\u0007\u00A0", "\u00E4\u0007\u00A0")]
    [InlineData("\uD83D\uDE00\u00A0", "\uD83D\uDE00\u00A0")]
    [InlineData("\u00AD", "\u00AD")]
    [InlineData("\uE000\u00A0", "\uE000\u00A0")]
    public void A_password_is_prepared_as_the_server_prepared_it(string password, string expected) =>
        Assert.Equal(expected, SaslPrep.Prepare(password));

    [Fact]
    public void The_normal_form_agrees_with_another_implementation()
    {
        // Each line: code points; their form KC, as another program worked it out.
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests/PureDump.Tests/Wire/normal-form-kc.txt"));
        Assert.Equal(400, lines.Length);
        foreach (string line in lines)
        {
            string[] halves = line.Split(';');
            Assert.Equal(Points(halves[1]), NormalFormKc.Of(Points(halves[0])));
        }

        static List<int> Points(string text) =>
            [.. text.Split(' ').Select(point => int.Parse(point, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
    }
}
