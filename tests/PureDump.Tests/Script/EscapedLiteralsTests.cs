using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>What a yen sign does that became a backslash behind the server's quoting.</summary>
public sealed class EscapedLiteralsTests
{
    [Theory]
    [InlineData("OPTIONS (a E'x\\\\y', b 'c\\', d E'''\\\\''')", true)]
    [InlineData("OPTIONS (a E'\\\\\\'' ); create table pwned(); --')", false)]
    [InlineData("OPTIONS (a E'\\\\\\x')", false)]
    [InlineData("OPTIONS (a E'x\\\\", false)]
    [InlineData("OPTIONS (a e'\\')", false)]
    [InlineData("SELECT '\\', type'\\', \"E'\\\", 1 -- E'\\'\n/* E'\\ /* */ E'\\ */, a$b$E", true)]
    [InlineData("AS $_$ E'\\x' $$ E'\\ $_$; SELECT '\\' $ 1", true)]
    [InlineData("AS $_$ E'\\x' $_$, E'\\x'", false)]
    [InlineData("SELECT a$b$E'\\\\' || E'\\b' || $b$", false)]
    public void A_literal_with_escapes_has_only_doubled_backslashes(string sql, bool areQuoted) =>
        Assert.Equal(areQuoted, EscapedLiterals.AreQuoted(sql));
}
