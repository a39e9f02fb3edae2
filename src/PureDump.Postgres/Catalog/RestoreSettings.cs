using PureDump.Formats;
using PureDump.Formats.Script;

namespace PureDump.Postgres.Catalog;

/// <summary>The settings of every session that restores: a script's, and what makes loading fast.</summary>
internal static class RestoreSettings
{
    // Index builds sort in it; more than this brings little to one build, and there is one per worker.
    private const int MaintenanceKilobytes = 256 << 10;

    /// <summary>The statements.</summary>
    /// <param name="origin">Says the encoding and how strings are written.</param>
    /// <param name="target">What the server knows.</param>
    /// <param name="role">A role to become, or null.</param>
    /// <param name="enableRowSecurity">Rows are loaded with row security on.</param>
    public static string Statements(DumpOrigin origin, ServerFeatures target, string? role, bool enableRowSecurity)
    {
        IEnumerable<string> script = PlainSqlWriter.SessionSettings(origin, role, enableRowSecurity)
            .Where(setting => target.HasTransactionTimeout || !setting.Contains("transaction_timeout = 0", StringComparison.Ordinal) || setting.Contains("idle_in", StringComparison.Ordinal));
        return string.Join(' ', script)
            + " SET synchronous_commit = off;"
            + $" SELECT pg_catalog.set_config('maintenance_work_mem', '{MaintenanceKilobytes}', false)"
            + $" FROM pg_catalog.pg_settings WHERE name = 'maintenance_work_mem' AND setting::pg_catalog.int4 < {MaintenanceKilobytes};";
    }
}
