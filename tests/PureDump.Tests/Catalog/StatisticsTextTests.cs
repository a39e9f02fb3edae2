using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Server;
using PureDump.Tests.Sort;
using Xunit;

namespace PureDump.Tests.Catalog;

public sealed class StatisticsTextTests
{
    [Theory]
    [InlineData(130000, "0", "-1")]
    [InlineData(130000, "12", "12")]
    [InlineData(140000, "0", "0")]
    [InlineData(140000, "-1", "-1")]
    public void An_old_servers_zero_rows_are_an_unknown_number_of_rows(int version, string tuples, string expected)
    {
        var graph = new Graph();
        StatisticsDataObject statistics = graph.Statistics(graph.Table("it's"), Section.Data);

        string sql = StatisticsText.RelationSql(
            statistics,
            new RelationStatistics(3, tuples, 2, null, null),
            new ServerFeatures(version));

        Assert.Equal(
            $"SELECT * FROM pg_catalog.pg_restore_relation_stats(\n\t'version', '{version}'::integer,\n\t'schemaname', "
            + "'public',\n\t'relname', 'it''s',\n"
            + $"\t'relpages', '3'::integer,\n\t'reltuples', '{expected}'::real,\n\t'relallvisible', '2'::integer\n);\n",
            sql);
    }
}
