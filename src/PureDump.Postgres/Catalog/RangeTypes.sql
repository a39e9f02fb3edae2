-- What CREATE TYPE AS RANGE needs to know of the ranges $1; operator class and collation only where they are not the
-- subtype's own.
SELECT r.rngtypid,
       pg_catalog.format_type(r.rngsubtype, NULL),
       /*? HasMultiranges */ pg_catalog.format_type(r.rngmultitypid, NULL) /*: NULL::text */,
       CASE WHEN NOT o.opcdefault THEN n.nspname::text END,
       CASE WHEN NOT o.opcdefault THEN o.opcname::text END,
       cn.nspname::text,
       c.collname::text,
       CASE WHEN r.rngcanonical::oid <> 0 THEN r.rngcanonical::text END,
       CASE WHEN r.rngsubdiff::oid <> 0 THEN r.rngsubdiff::text END
FROM pg_catalog.pg_range r
JOIN pg_catalog.pg_type s
       ON s.oid = r.rngsubtype
JOIN pg_catalog.pg_opclass o
       ON o.oid = r.rngsubopc
JOIN pg_catalog.pg_namespace n
       ON n.oid = o.opcnamespace
LEFT JOIN pg_catalog.pg_collation c
       ON c.oid = r.rngcollation AND r.rngcollation <> s.typcollation
LEFT JOIN pg_catalog.pg_namespace cn
       ON cn.oid = c.collnamespace
WHERE r.rngtypid = ANY ($1)
ORDER BY r.rngtypid
