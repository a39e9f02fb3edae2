using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Catalog;

/// <summary>The settings of every session that restores: a script's, and what makes loading fast.</summary>
internal static class RestoreSettings
{
    // Index builds sort and checks of foreign keys hash in it. More than this brings little to one of them.
    private const int MaintenanceKilobytesMax = 256 << 10;

    // Of all sessions together: how much memory the server has it does not say.
    private const int MaintenanceKilobytesOfAll = 1 << 20;

    /// <summary>The statements, to be run behind the pins of the session.</summary>
    /// <param name="origin">Says the encoding and how strings are written.</param>
    /// <param name="target">What the server knows.</param>
    /// <param name="role">A role to become, or null.</param>
    /// <param name="enableRowSecurity">Rows are loaded with row security on.</param>
    /// <param name="statementJobs">How many sessions make indexes at the same time: together they raise their memory to 1 GiB at
    /// most.</param>
    public static string Statements(DumpOrigin origin, ServerFeatures target, string? role, bool enableRowSecurity, int statementJobs)
    {
        int kilobytes = Math.Min(MaintenanceKilobytesMax, MaintenanceKilobytesOfAll / statementJobs);
        IEnumerable<string> script = PlainSqlWriter.SessionSettings(origin, role, enableRowSecurity, target.HasTransactionTimeout);
        return string.Join(' ', script)
            + " SET synchronous_commit = off;"
            + $" SELECT pg_catalog.set_config('maintenance_work_mem', '{kilobytes}', false)"
            + $" FROM pg_catalog.pg_settings WHERE name = 'maintenance_work_mem' AND setting::pg_catalog.int4 < {kilobytes};";
    }
}
