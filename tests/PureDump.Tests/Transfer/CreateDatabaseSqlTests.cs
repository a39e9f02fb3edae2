using PureDump.Engine.Sinks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;

namespace PureDump.Tests.Transfer;

public sealed class CreateDatabaseSqlTests
{
    private const string Sql =
        "CREATE DATABASE \" WITH TEMPLATE = template0 LOCALE_PROVIDER = libc\" WITH TEMPLATE = template0 ENCODING = 'UTF8' "
            + "LOCALE_PROVIDER = libc LOCALE = 'C';\n";

    [Theory]
    [InlineData(130000, false)]
    [InlineData(140000, false)]
    [InlineData(150000, true)]
    [InlineData(180000, true)]
    public void The_locale_provider_is_named_only_to_servers_that_know_it(int version, bool isNamed)
    {
        var entry = new TocEntry { Id = new DumpId(1), Kind = EntryKind.Database, Name = "d", Section = Section.PreData, CreateSql = Sql };
        string sql = CreateDatabaseSql.For(entry, new ServerFeatures(version));
        Assert.Equal(isNamed, sql.EndsWith("ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'C';\n", StringComparison.Ordinal));
        Assert.StartsWith(
            "CREATE DATABASE \" WITH TEMPLATE = template0 LOCALE_PROVIDER = libc\" WITH TEMPLATE = template0 ENCODING = 'UTF8'",
            sql,
            StringComparison.Ordinal);
    }
}
