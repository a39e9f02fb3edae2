-- What CREATE DOMAIN needs to know of the domains $1; the collation only where it is not the base type's own.
SELECT t.oid,
       pg_catalog.format_type(t.typbasetype, t.typtypmod),
       cn.nspname::text,
       c.collname::text,
       t.typnotnull,
       pg_catalog.pg_get_expr(t.typdefaultbin, 'pg_catalog.pg_type'::pg_catalog.regclass),
       t.typdefault
FROM pg_catalog.pg_type t
LEFT JOIN pg_catalog.pg_type b
       ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_collation c
       ON c.oid = t.typcollation AND t.typcollation <> b.typcollation
LEFT JOIN pg_catalog.pg_namespace cn
       ON cn.oid = c.collnamespace
WHERE t.oid = ANY ($1)
ORDER BY t.oid
