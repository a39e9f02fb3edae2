using System.Text.RegularExpressions;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;

namespace PureDump.Tests.Catalog;

public sealed partial class CatalogSqlTests
{
    private static readonly ServerFeatures Newest = new(180000);
    private static readonly ServerFeatures Oldest = new(ServerFeatures.OldestVersion);

    public static TheoryData<string> Files { get; } = [.. typeof(CatalogSql).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))];

    [Theory]
    [InlineData("a /*? HasMultiranges */ new /*: old */ b", "a  new  b", "a  old  b")]
    [InlineData("/*? HasMultiranges */new/*:*/", "new", "")]
    [InlineData("/*? HasMultiranges */1/*:2*/,/*? HasTemporalKeys */3/*:4*/", "1,3", "2,4")]
    [InlineData("nothing /* but a comment */", "nothing /* but a comment */", "nothing /* but a comment */")]
    public void A_mark_gives_its_first_part_where_the_server_has_the_feature_else_the_second(string sql, string onNewest, string onOldest)
    {
        Assert.Equal(onNewest, CatalogSql.Fit(sql, Newest));
        Assert.Equal(onOldest, CatalogSql.Fit(sql, Oldest));
    }

    [Theory]
    [InlineData("/*? HasMultiranges */ a")]
    [InlineData("/*? HasMultiranges a")]
    [InlineData("/*? HasMultiranges */ a /*: b")]
    [InlineData("/*? HasEverything */ a /*: b */")]
    public void A_mark_that_is_not_closed_or_names_no_feature_is_an_error(string sql) =>
        Assert.Equal(ErrorKind.Internal, Assert.Throws<PureDumpException>(() => CatalogSql.Fit(sql, Newest)).Kind);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_query_fits_every_major_version_and_leaves_no_mark_behind(string file)
    {
        for (int version = ServerFeatures.OldestVersion; version <= 180000; version += 10000)
        {
            string sql = CatalogSql.Load(file, new ServerFeatures(version));

            Assert.DoesNotContain("/*?", sql, StringComparison.Ordinal);
            Assert.DoesNotContain("/*:", sql, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_catalog_is_named_with_its_schema(string file)
    {
        foreach (Match match in CatalogName().Matches(CatalogSql.Load(file, Newest)))
        {
            Assert.True(match.Groups["schema"].Success, $"{file}: {match.Value.Trim()} lacks pg_catalog");
        }
    }

    // The server remembers for the rest of a transaction what the first call counted from, and ChangedTables.sql has to know what it is
    // now.
    [Theory]
    [MemberData(nameof(Files))]
    public void No_query_but_the_one_for_changed_tables_calls_age(string file) =>
        Assert.Equal(
            file.EndsWith("ChangedTables.sql", StringComparison.Ordinal),
            AgeCall().IsMatch(WithoutComments(CatalogSql.Load(file, Newest))));

    private static string WithoutComments(string sql) =>
        string.Join('\n', sql.Split('\n').Where(static line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)));

    [GeneratedRegex(@"\bage\s*\(")]
    private static partial Regex AgeCall();

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s+(?<schema>pg_catalog\.)?(?!pg_catalog\.)pg_\w+")]
    private static partial Regex CatalogName();
}
