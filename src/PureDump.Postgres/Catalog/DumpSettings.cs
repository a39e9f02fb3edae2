using System.Globalization;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Session;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The settings of every session that reads for a dump, leader and workers alike, beyond those of <see cref="SessionSettings"/>
/// (pg_dump.c, setup_connection).
/// </summary>
internal static class DumpSettings
{
    /// <summary>
    /// Allows to read foreign tables until the transaction or savepoint it is run in is rolled back; nothing where the
    /// server has no such restriction (pg_dump.c, set_restrict_relation_kind).
    /// </summary>
    public const string AllowForeignTables =
        "SELECT pg_catalog.set_config(name, 'view', true) FROM pg_catalog.pg_settings WHERE name = 'restrict_nonsystem_relation_kind'";

    /// <summary>The statements, to be run behind the pins of the session.</summary>
    /// <param name="session">What was asked for.</param>
    /// <param name="encoding">The session's encoding of text.</param>
    public static string Statements(DumpSession session, string encoding)
    {
        List<string> statements =
        [
            "SET DateStyle = ISO",
            string.Create(CultureInfo.InvariantCulture, $"SET extra_float_digits = {session.ExtraFloatDigits}"),
            $"SET row_security = {(session.EnableRowSecurity ? "on" : "off")}",
            // Only minor releases since August 2024 have it; it keeps a view from being swapped in for a table.
            "SELECT pg_catalog.set_config(name, 'view, foreign-table', false) FROM pg_catalog.pg_settings WHERE name = "
                + "'restrict_nonsystem_relation_kind'",
        ];
        if (session.Role is not null)
        {
            statements.Insert(0, $"SET ROLE {SqlText.Name(TypedText.In(encoding, session.Role))}");
        }

        if (!session.FollowsSpelling)
        {
            statements.Add("SET TimeZone = 'UTC'; SET bytea_output = hex");
        }

        if (!session.FollowsStrings)
        {
            statements.Add("SET standard_conforming_strings = on");
        }

        if (session.QuoteAllIdentifiers)
        {
            statements.Add("SET quote_all_identifiers = true");
        }

        return string.Join("; ", statements);
    }
}
