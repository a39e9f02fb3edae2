using System.IO.Hashing;
using PureDump.Bench.EndToEnd;
using PureDump.Bench.EndToEnd.Data;

namespace PureDump.Tests.Bench;

/// <summary>The bench's data: named by a data set, a scale and a seed, and the same for ever.</summary>
public sealed class DatasetTests
{
    private const double Scale = 0.001;

    // A change here makes all figures taken before incomparable.
    [Theory]
    [InlineData("tpch", "a4957ea468532c94")]
    [InlineData("wide", "bc1554f4da24c041")]
    [InlineData("narrow", "d50838c2fe85a7b1")]
    [InlineData("texty", "c31d1ae1c106802f")]
    [InlineData("jsonb", "cb96f32d632e3faa")]
    [InlineData("indexes", "6f808eb93c501a65")]
    [InlineData("large", "25be4fc49b343f2f")]
    [InlineData("sparse", "7d8903623be2fa5c")]
    [InlineData("bytea", "f6f34bf0a2f5096e")]
    public void Its_rows_are_those_they_have_always_been(string name, string expected) =>
        Assert.Equal(expected, $"{Hash(name, Dataset.UsualSeed):x16}");

    [Fact]
    public void Another_seed_gives_other_rows() => Assert.NotEqual(Hash("wide", 1), Hash("wide", 2));

    [Fact]
    public void Many_tables_are_as_many_as_the_scale_says()
    {
        string statements = string.Concat(Datasets.Find("many").Plan(0.01, 1).After);
        Assert.Equal(200, statements.Split("CREATE TABLE ").Length - 1);
        Assert.Contains("CREATE TABLE t200 ", statements, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_those_there_are()
    {
        BenchException error = Assert.Throws<BenchException>(() => Datasets.Find("tpcds"));
        Assert.Contains("tpch, wide, narrow", error.Message, StringComparison.Ordinal);
    }

    private static ulong Hash(string name, ulong seed)
    {
        var hash = new XxHash3();
        foreach (TablePlan table in Datasets.Find(name).Plan(Scale, seed).Tables)
        {
            var writer = new RowWriter(hash.Append);
            table.Write(writer);
            writer.Flush();
        }

        return hash.GetCurrentHashAsUInt64();
    }
}
