namespace PureDump.Engine.Maintain;

/// <summary>The list of a server's databases, as <c>psql -l</c> shows it (describe.c, listAllDbs).</summary>
/// <remarks>
/// <c>psql -l</c> looks at <c>pg_database</c> as JSON: one text for all servers: a column that is not there yet is NULL.
/// </remarks>
internal static class DatabaseList
{
    /// <summary>What stands above it.</summary>
    public const string Title = "List of databases";

    /// <summary>
    /// The query. It looks at a row as JSON, where a column that the server does not have yet is simply not there: the provider
    /// of locales came with 15, rules with 16, and in 17 <c>daticulocale</c> became <c>datlocale</c>. It runs in the user's own session,
    /// under any search_path and any rule of strings: every name and operator is qualified, and no literal holds a backslash.
    /// </summary>
    public const string Sql = """
        SELECT d.datname AS "Name",
            pg_catalog.pg_get_userbyid(d.datdba) AS "Owner",
            pg_catalog.pg_encoding_to_char(d.encoding) AS "Encoding",
            CASE WHEN p.name OPERATOR(pg_catalog.=) 'b' THEN 'builtin' WHEN p.name OPERATOR(pg_catalog.=) 'c' THEN 'libc' WHEN p.name
                OPERATOR(pg_catalog.=) 'i' THEN 'icu' END AS "Locale Provider",
            d.datcollate AS "Collate",
            d.datctype AS "Ctype",
            pg_catalog.jsonb_extract_path_text(j.d, CASE WHEN pg_catalog.jsonb_exists(j.d,
                'datlocale') THEN 'datlocale' ELSE 'daticulocale' END) AS "Locale",
            pg_catalog.jsonb_extract_path_text(j.d, 'daticurules') AS "ICU Rules",
            CASE WHEN pg_catalog.cardinality(d.datacl) OPERATOR(pg_catalog.=) 0 THEN '(none)' ELSE pg_catalog.array_to_string(d.datacl,
                pg_catalog.chr(10)) END AS "Access privileges"
        FROM pg_catalog.pg_database d, LATERAL pg_catalog.to_jsonb(d) AS j (d),
            LATERAL (SELECT coalesce(pg_catalog.jsonb_extract_path_text(j.d, 'datlocprovider'), 'c')) AS p (name)
        ORDER BY 1
        """;
}
