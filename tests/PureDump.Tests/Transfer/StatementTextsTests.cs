using PureDump.Engine.Sinks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Transfer;

public sealed class StatementTextsTests
{
    private static readonly DumpOrigin s_origin = new()
    {
        Database = "shop", ServerVersion = "15.18", ServerVersionNumber = 150018, Encoding = "UTF8", Producer = "the tests",
    };

    [Fact]
    public void A_semicolon_at_the_end_of_a_line_inside_a_comment_ends_no_statement() =>
        Assert.Equal(
            ["COMMENT ON DATABASE shop IS 'first;\nsecond';", "ALTER DATABASE shop CONNECTION LIMIT = 3;"],
            StatementTexts.Of("COMMENT ON DATABASE shop IS 'first;\nsecond';\nALTER DATABASE shop CONNECTION LIMIT = 3;\n", s_origin));

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void A_backslash_means_what_the_origin_says(bool standardConformingStrings, int count) =>
        Assert.Equal(
            count,
            StatementTexts
                .Of(@"COMMENT ON ROLE a IS 'x\'; SELECT ''';", s_origin with { StandardConformingStrings = standardConformingStrings })
                .Count());

    [Theory]
    [InlineData("UTF8", "größe")]
    [InlineData("LATIN1", "gr\u00f6\u00dfe")]
    public void Text_of_any_encoding_stays_what_it_is(string encoding, string name) =>
        Assert.Equal([$"CREATE ROLE {name};"], StatementTexts.Of($"CREATE ROLE {name};\n", s_origin with { Encoding = encoding }));
}
