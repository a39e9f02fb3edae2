-- All installed extensions. extconfig and extcondition are parallel.
SELECT e.tableoid,
       e.oid,
       e.extname::text,
       n.nspname::text,
       e.extversion,
       e.extconfig,
       e.extcondition
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n
       ON n.oid = e.extnamespace
ORDER BY e.oid
