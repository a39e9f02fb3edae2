using PureDump.Engine.Selection;
using PureDump.Engine.Transfer;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;

namespace PureDump.Tests.Transfer;

/// <summary>Patterns for names that are matched without a server.</summary>
public sealed class LocalPatternTests
{
    [Theory]
    [InlineData("shop", "shop", true)]
    [InlineData("shop", "shop\n", false)]
    [InlineData("s*", "shop\nof horrors", true)]
    [InlineData("s?op", "s\nop", true)]
    [InlineData("SHOP", "shop", true)]
    [InlineData("\"SHOP\"", "shop", false)]
    [InlineData("a|b", "b", true)]
    [InlineData("a|b", "ab", false)]
    [InlineData("pay$", "pay$", true)]
    public void The_whole_name_is_matched_as_a_server_does(string pattern, string name, bool isMatch) =>
        Assert.Equal(isMatch, LocalPattern.Of(NamePattern.ForName(pattern).Name).IsMatch(name));

    // Two to the power of 40 ways to match it, for who tries them all.
    [Fact]
    public void A_pattern_takes_no_longer_than_the_name_is() =>
        Assert.DoesNotMatch(LocalPattern.Of(NamePattern.ForName("(a|a)*b").Name), new string('a', 40));

    [Theory]
    [InlineData("(")]
    [InlineData("(a)\\1")]
    public void What_is_no_expression_is_refused(string pattern)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => LocalPattern.Of(NamePattern.ForName(pattern).Name));
        Assert.Equal(ErrorKind.Usage, error.Kind);
    }
}
