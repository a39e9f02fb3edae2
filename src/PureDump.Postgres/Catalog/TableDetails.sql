-- What CREATE TABLE and ATTACH PARTITION of the tables in $1 need besides columns. Their locks must be held.
SELECT c.oid,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
       CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END,
       CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END,
       fs.srvname::text,
       CASE WHEN ft.ftoptions IS NOT NULL THEN pg_catalog.array_to_string(ARRAY(
           SELECT pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(o.option_value)
           FROM pg_catalog.pg_options_to_table(ft.ftoptions) o
           ORDER BY o.option_name), E',\n    ') END
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_class c ON c.oid = src.oid
LEFT JOIN pg_catalog.pg_foreign_table ft ON ft.ftrelid = c.oid
LEFT JOIN pg_catalog.pg_foreign_server fs ON fs.oid = ft.ftserver
ORDER BY c.oid
