using System.Globalization;
using PureDump.Formats.Script;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The settings of every session that reads for a dump, leader and workers alike (pg_dump.c, setup_connection): what
/// changes how values print, what could interrupt, what could hide rows.
/// </summary>
internal static class DumpSettings
{
    /// <summary>
    /// Allows to read foreign tables until the transaction or savepoint it is run in is rolled back; nothing where the
    /// server has no such restriction (pg_dump.c, set_restrict_relation_kind).
    /// </summary>
    public const string AllowForeignTables =
        "SELECT pg_catalog.set_config(name, 'view', true) FROM pg_catalog.pg_settings WHERE name = 'restrict_nonsystem_relation_kind'";

    /// <summary>The statements, to be run outside a transaction.</summary>
    public static string Statements(ServerFeatures features, DumpSession session)
    {
        List<string> statements =
        [
            "SELECT pg_catalog.set_config('search_path', '', false)",
            "SET DateStyle = ISO",
            "SET IntervalStyle = POSTGRES",
            string.Create(CultureInfo.InvariantCulture, $"SET extra_float_digits = {session.ExtraFloatDigits}"),
            "SET synchronize_seqscans = off",
            "SET statement_timeout = 0",
            "SET lock_timeout = 0",
            "SET idle_in_transaction_session_timeout = 0",
            // Compiling a query over a large catalog takes longer than running it.
            "SET jit = off",
            $"SET row_security = {(session.EnableRowSecurity ? "on" : "off")}",
            // Only minor releases since August 2024 have it; it keeps a view from being swapped in for a table.
            "SELECT pg_catalog.set_config(name, 'view, foreign-table', false) FROM pg_catalog.pg_settings WHERE name = 'restrict_nonsystem_relation_kind'",
        ];
        if (session.Role is not null)
        {
            statements.Insert(0, $"SET ROLE {SqlText.Name(session.Role)}");
        }

        if (session.QuoteAllIdentifiers)
        {
            statements.Add("SET quote_all_identifiers = true");
        }

        if (features.HasTransactionTimeout)
        {
            statements.Add("SET transaction_timeout = 0");
        }

        return string.Join("; ", statements);
    }
}
