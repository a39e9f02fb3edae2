-- The transforms between types and the values of procedural languages (pg_dump.c, getTransforms).
SELECT x.tableoid,
       x.oid,
       t.typname::text,
       pg_catalog.format_type(x.trftype, NULL),
       l.lanname::text,
       fn.nspname::text,
       f.proname::text,
       ARRAY(SELECT pg_catalog.format_type(a.type, NULL)
             FROM pg_catalog.unnest(f.proargtypes::oid[]) WITH ORDINALITY AS a(type, n) ORDER BY a.n),
       gn.nspname::text,
       g.proname::text,
       ARRAY(SELECT pg_catalog.format_type(a.type, NULL)
             FROM pg_catalog.unnest(g.proargtypes::oid[]) WITH ORDINALITY AS a(type, n) ORDER BY a.n)
FROM pg_catalog.pg_transform x
JOIN pg_catalog.pg_type t
       ON t.oid = x.trftype
JOIN pg_catalog.pg_language l
       ON l.oid = x.trflang
LEFT JOIN pg_catalog.pg_proc f
       ON f.oid = x.trffromsql
LEFT JOIN pg_catalog.pg_namespace fn
       ON fn.oid = f.pronamespace
LEFT JOIN pg_catalog.pg_proc g
       ON g.oid = x.trftosql
LEFT JOIN pg_catalog.pg_namespace gn
       ON gn.oid = g.pronamespace
ORDER BY x.trftype, x.trflang
