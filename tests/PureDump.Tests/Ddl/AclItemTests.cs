using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Ddl;
using Xunit;

namespace PureDump.Tests.Ddl;

public sealed class AclItemTests
{
    [Theory]
    [InlineData("alice=arwdDxtm/bob", "alice", "arwdDxtm", "bob")]
    [InlineData("=U/postgres", "", "U", "postgres")]
    [InlineData("alice=r*w/bob", "alice", "r*w", "bob")]
    [InlineData("\"a \"\"b\"\"\"=r/\"c=d/e\"", "a \"b\"", "r", "c=d/e")]
    [InlineData("\"x=y\"=U/postgres", "x=y", "U", "postgres")]
    [InlineData("alice=/bob", "alice", "", "bob")]
    public void An_item_is_taken_apart(string text, string grantee, string privileges, string grantor) =>
        Assert.Equal(new AclItem(grantee, privileges, grantor), AclItem.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("alice=r")]
    [InlineData("alice=r/")]
    [InlineData("\"alice=r/bob")]
    public void What_is_no_item_is_rejected_and_named(string text)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => AclItem.Parse(text));
        Assert.Equal(ErrorKind.Catalog, error.Kind);
        Assert.Contains($"\"{text}\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("a b")]
    [InlineData("a\"b=c/d")]
    [InlineData("ünïcode")]
    public void A_formatted_item_reads_back(string role) =>
        Assert.Equal(new AclItem(role, "UC", role), AclItem.Parse(AclItem.Format(role, "UC", role)));
}
