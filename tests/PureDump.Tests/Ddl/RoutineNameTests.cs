using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Ddl;
using Xunit;

namespace PureDump.Tests.Ddl;

public sealed class RoutineNameTests
{
    [Theory]
    [InlineData("eqsel(internal,oid,internal,integer)", "eqsel")]
    [InlineData("ops.f()", "ops.f")]
    [InlineData("ops.\"less(than\"\"x\"(ops.num,ops.num)", "ops.\"less(than\"\"x\"")]
    [InlineData("\"a(\"\"(b\".\"c)(\"(\"a(\"\"(b\".t)", "\"a(\"\"(b\".\"c)(\"")]
    [InlineData("12345", "12345")]
    public void A_name_ends_at_the_first_parenthesis_outside_quotes(string signature, string name) =>
        Assert.Equal(name, RoutineName.WithoutTypes(signature));

    [Fact]
    public void A_function_that_another_object_uses_is_named_in_full()
    {
        Assert.Equal("pg_catalog.now()", RoutineName.Sql(new RoutineSignature("pg_catalog", "now", [])));
        Assert.Equal("a.\"F x\"(integer, text[])", RoutineName.Sql(new RoutineSignature("a", "F x", ["integer", "text[]"])));
    }
}
