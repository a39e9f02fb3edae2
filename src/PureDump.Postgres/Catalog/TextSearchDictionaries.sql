-- All text search dictionaries.
SELECT d.tableoid,
       d.oid,
       d.dictname::text,
       d.dictnamespace,
       pg_catalog.pg_get_userbyid(d.dictowner)::text,
       n.nspname::text,
       t.tmplname::text,
       d.dictinitoption
FROM pg_catalog.pg_ts_dict d
JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
ORDER BY d.oid
