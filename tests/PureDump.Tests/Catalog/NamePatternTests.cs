using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using Xunit;

namespace PureDump.Tests.Catalog;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("orders", null, "^(orders)$")]
    [InlineData("Orders", null, "^(orders)$")]
    [InlineData("\"Orders\"", null, "^(Orders)$")]
    [InlineData("\"a.b\"", null, @"^(a\.b)$")]
    [InlineData("\"a\"\"b\"", null, "^(a\"b)$")]
    [InlineData("\"a*?\"", null, @"^(a\*\?)$")]
    [InlineData("a*b?", null, "^(a.*b.)$")]
    [InlineData("s.t", "^(s)$", "^(t)$")]
    [InlineData("S*.\"T\"x", "^(s.*)$", "^(Tx)$")]
    [InlineData("*.t", "^(.*)$", "^(t)$")]
    [InlineData("a$b", null, @"^(a\$b)$")]
    [InlineData("\"a$b\"", null, @"^(a\$b)$")]
    [InlineData("(a|b)+[0-9]", null, "^((a|b)+[0-9])$")]
    [InlineData("\"(a|b)+\"", null, @"^(\(a\|b\)\+)$")]
    [InlineData("int[]", null, @"^(int\[])$")]
    [InlineData("", null, "^()$")]
    [InlineData("db.s.t", "^(s)$", "^(t)$")]
    [InlineData("DB.s.t", "^(s)$", "^(t)$")]
    [InlineData("\"db\".s.t", "^(s)$", "^(t)$")]
    [InlineData("Äpfel", null, "^(Äpfel)$")]
    [InlineData("\"unclosed.x", null, @"^(unclosed\.x)$")]
    public void A_relation_pattern_becomes_regular_expressions(string pattern, string? schema, string name)
    {
        NamePattern parsed = NamePattern.ForRelation(pattern, "db");

        Assert.Equal(schema, parsed.Schema);
        Assert.Equal(name, parsed.Name);
    }

    [Theory]
    [InlineData("other.s.t", "cross-database references are not implemented: other.s.t")]
    [InlineData("\"DB\".s.t", "cross-database references are not implemented: \"DB\".s.t")]
    [InlineData("d*.s.t", "cross-database references are not implemented: d*.s.t")]
    [InlineData("a.b.c.d", "improper relation name (too many dotted names): a.b.c.d")]
    public void A_relation_pattern_of_another_database_is_refused(string pattern, string message)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => NamePattern.ForRelation(pattern, "db"));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("far_*", "^(far_.*)$")]
    [InlineData("\"Far.Server\"", @"^(Far\.Server)$")]
    public void A_pattern_for_what_stands_outside_schemas_is_a_name(string pattern, string name) =>
        Assert.Equal((null, name), (NamePattern.ForName(pattern).Schema, NamePattern.ForName(pattern).Name));

    [Fact]
    public void A_pattern_for_what_stands_outside_schemas_with_dots_is_refused()
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => NamePattern.ForName("db.s"));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Equal("improper qualified name (too many dotted names): db.s", error.Message);
    }

    [Theory]
    [InlineData("other.s", "cross-database references are not implemented: other.s")]
    [InlineData("a.b.c", "improper qualified name (too many dotted names): a.b.c")]
    public void A_schema_pattern_of_another_database_is_refused(string pattern, string message)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => NamePattern.ForSchema(pattern, "db"));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("s*", null, "^(s.*)$")]
    [InlineData("db.s", "db", "^(s)$")]
    [InlineData("\"a.b\"", null, @"^(a\.b)$")]
    public void A_schema_pattern_may_name_its_own_database(string pattern, string? database, string name)
    {
        NamePattern parsed = NamePattern.ForSchema(pattern, "db");

        Assert.Equal(database, parsed.Database);
        Assert.Equal(name, parsed.Name);
    }
}
