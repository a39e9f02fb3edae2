using System.Text;
using PureDump.Formats.Sql;

namespace PureDump.Postgres.Session;

/// <summary>
/// What every session of ours starts with, so that no setting of a server, database or role, and none in PGOPTIONS, changes what is
/// read, written or executed. A database's owner sets most of them at will (ALTER DATABASE … SET), and a session takes them over when
/// it logs in. The sessions of a user's own text (<c>psql</c>, scripts) are the exception: they have what the login gives them.
/// </summary>
/// <remarks>
/// Left as they are, for they change the spelling or the cost and not the meaning, or nobody but a superuser sets them and means it:
/// TimeZone (offsets are written out) and bytea_output, which who reads pins (<c>DumpSettings</c>), the order of fields in DateStyle,
/// lc_monetary, costs and memory, <c>session_replication_role</c>, <c>zero_damaged_pages</c>, <c>ignore_checksum_failure</c>.
/// </remarks>
internal static class SessionSettings
{
    /// <summary>Empties search_path; the first statement of a session, and safe under any.</summary>
    public const string EmptyPath = "SELECT pg_catalog.set_config('search_path', '', false)";

    private static readonly (string Name, string Value)[] s_pins =
    [
        // How SQL is read: literals, a comparison with NULL, what an array or an XML value is.
        ("standard_conforming_strings", "on"),
        ("backslash_quote", "safe_encoding"),
        ("transform_null_equals", "off"),
        ("array_nulls", "on"),
        ("xmloption", "content"),

        // How values and definitions print.
        ("IntervalStyle", "postgres"),
        ("extra_float_digits", "3"),
        ("xmlbinary", "base64"),
        ("quote_all_identifiers", "off"),

        // Which rows are seen: policies are an error, not a filter, unless they were asked for.
        ("row_security", "off"),
        ("synchronize_seqscans", "off"),

        // What ends a statement or a session early, and what a transaction begins as.
        ("statement_timeout", "0"),
        ("lock_timeout", "0"),
        ("idle_in_transaction_session_timeout", "0"),
        ("idle_session_timeout", "0"),
        ("transaction_timeout", "0"),
        ("exit_on_error", "off"),
        ("default_transaction_read_only", "off"),
        ("default_transaction_isolation", "read committed"),
        ("default_transaction_deferrable", "off"),

        // What the server tells besides, and what is made where and for whom.
        ("client_min_messages", "notice"),
        ("default_tablespace", ""),
        ("default_table_access_method", "heap"),
        ("createrole_self_grant", ""),

        // How the server plans: a method that is switched off makes a query over the catalog, a range of pages or the check of a key
        // take hours. Compiling a query over a large catalog takes longer than running it.
        ("jit", "off"),
        ("debug_parallel_query", "off"),
        ("force_parallel_mode", "off"),
        ("enable_bitmapscan", "on"),
        ("enable_hashagg", "on"),
        ("enable_hashjoin", "on"),
        ("enable_indexonlyscan", "on"),
        ("enable_indexscan", "on"),
        ("enable_material", "on"),
        ("enable_mergejoin", "on"),
        ("enable_nestloop", "on"),
        ("enable_seqscan", "on"),
        ("enable_sort", "on"),
        ("enable_tidscan", "on"),
        ("join_collapse_limit", "8"),
        ("from_collapse_limit", "8"),
        ("plan_cache_mode", "auto"),
    ];

    /// <summary>The names of what is pinned, search_path and role aside.</summary>
    public static IEnumerable<string> PinnedNames => s_pins.Select(static pin => pin.Name);

    /// <summary>
    /// The statements, to be run before any other and outside a transaction: search_path empty, no role taken on, and each setting that
    /// the server knows at its value.
    /// </summary>
    /// <param name="then">Statements of what the session is for, which go over the pins; null: none.</param>
    public static string Statements(string? then = null)
    {
        // The time a statement may take could be over before the pins are read.
        var sql = new StringBuilder(EmptyPath);
        sql.Append("; SET statement_timeout = 0; SET ROLE NONE; SELECT pg_catalog.set_config(p.name, p.value, false) FROM (VALUES ");
        sql.AppendJoin(", ", s_pins.Select(static pin => $"({SqlText.Literal(pin.Name)}, {SqlText.Literal(pin.Value)})"));

        // A server leaves out what it does not know yet.
        sql.Append(") AS p (name, value) WHERE pg_catalog.current_setting(p.name, true) IS NOT NULL");
        return then is null ? sql.ToString() : sql.Append("; ").Append(then).ToString();
    }
}
