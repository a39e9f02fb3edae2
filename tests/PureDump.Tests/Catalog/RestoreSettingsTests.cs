using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;

namespace PureDump.Tests.Catalog;

/// <summary>How much of a server's memory the sessions of a restore ask for.</summary>
public sealed class RestoreSettingsTests
{
    [Theory]
    [InlineData(1, 256 << 10)]
    [InlineData(4, 256 << 10)]
    [InlineData(8, 128 << 10)]
    [InlineData(16, 64 << 10)]
    [InlineData(1000, 1048)]
    public void Memory_for_indexes_is_limited_for_all_sessions_together_and_never_taken_away(int statementJobs, int kilobytes)
    {
        var origin = new DumpOrigin
        {
            Database = "d",
            ServerVersion = "18.0",
            ServerVersionNumber = 180000,
            Encoding = "UTF8",
            Producer = "test",
        };
        string sql = RestoreSettings.Statements(origin, new ServerFeatures(180000), null, enableRowSecurity: false, statementJobs);
        Assert.EndsWith(
            $" SELECT pg_catalog.set_config('maintenance_work_mem', '{kilobytes}', false) FROM pg_catalog.pg_settings"
            + $" WHERE name = 'maintenance_work_mem' AND setting::pg_catalog.int4 < {kilobytes};",
            sql,
            StringComparison.Ordinal);
    }
}
