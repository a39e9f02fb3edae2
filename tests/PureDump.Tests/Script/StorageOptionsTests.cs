using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>Storage parameters apart from the statement that makes a relation.</summary>
public sealed class StorageOptionsTests
{
    [Theory]
    [InlineData(
        "CREATE TABLE public.t (\n    a integer\n)\nWITH (fillfactor='70', toast.autovacuum_enabled='false')",
        "CREATE TABLE public.t (\n    a integer\n) ",
        "fillfactor='70'|toast.autovacuum_enabled='false'")]
    [InlineData(
        "CREATE INDEX i ON public.t USING btree (a, lower(b)) WITH (fillfactor='80') WHERE (a > 3)",
        "CREATE INDEX i ON public.t USING btree (a, lower(b)) WHERE (a > 3)",
        "fillfactor='80'")]
    [InlineData(
        "CREATE VIEW v WITH (security_barrier='true', x=' ) WITH (') AS\n SELECT 1",
        "CREATE VIEW v AS\n SELECT 1",
        "security_barrier='true'|x=' ) WITH ('")]
    [InlineData(
        "ALTER TABLE ONLY t ADD CONSTRAINT c PRIMARY KEY (a) WITH (fillfactor='70')",
        "ALTER TABLE ONLY t ADD CONSTRAINT c PRIMARY KEY (a) ",
        "fillfactor='70'")]
    public void The_clause_is_cut_and_its_parameters_stand_alone(string statement, string without, string options)
    {
        Assert.Equal(without, StorageOptions.Without(statement, out IReadOnlyList<string> found));
        Assert.Equal(options.Split('|'), found);
    }

    [Theory]
    [InlineData("CREATE TABLE t (a integer)")]
    [InlineData("CREATE TABLE \"x WITH (\" (a integer DEFAULT length(' WITH (a=1)'))")]
    [InlineData("CREATE TABLE t (a text DEFAULT E'\\' WITH (a=1)')")]
    [InlineData("CREATE VIEW v AS\n WITH q AS (\n         SELECT 1\n        )\n SELECT 2")]
    [InlineData("CREATE TABLE t (a integer) -- WITH (a=1)")]
    [InlineData("CREATE TABLE t (a integer) WITH (a=1")]
    [InlineData("CREATE TABLE t (a integer) WITHIN (a=1)")]
    public void What_is_no_clause_is_left_alone(string statement) => Assert.Null(StorageOptions.Without(statement, out _));
}
