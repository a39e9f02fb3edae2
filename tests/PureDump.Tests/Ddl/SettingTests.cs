using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Ddl;
using Xunit;

namespace PureDump.Tests.Ddl;

public sealed class SettingTests
{
    [Theory]
    [InlineData("work_mem=64MB", "work_mem TO '64MB'")]
    [InlineData("application_name=it's = x", "application_name TO 'it''s = x'")]
    [InlineData("DateStyle=ISO, DMY", "\"DateStyle\" TO 'ISO, DMY'")]
    [InlineData("search_path=a, \"B b\", \"it's\"", "search_path TO 'a', 'B b', 'it''s'")]
    [InlineData("search_path=\"\"", "search_path TO ''")]
    [InlineData("search_path=", "search_path TO ''")]
    [InlineData("temp_tablespaces=\"a \"\"q\"\"\",b", "temp_tablespaces TO 'a \"q\"', 'b'")]
    [InlineData("my.list=a, b", "\"my.list\" TO 'a, b'")]
    public void A_setting_becomes_an_assignment(string setting, string expected) =>
        Assert.Equal(expected, SettingDdl.Assignment(setting, SqlText.Literal));

    [Fact]
    public void What_has_no_equals_sign_is_no_setting() => Assert.Null(SettingDdl.Assignment("nonsense", SqlText.Literal));

    [Theory]
    [InlineData("a,")]
    [InlineData(",a")]
    [InlineData("\"a")]
    [InlineData("a b")]
    public void A_malformed_list_is_not_split(string value) => Assert.Null(SettingDdl.SplitList(value));
}
