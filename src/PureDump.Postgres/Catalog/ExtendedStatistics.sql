-- The extended statistics of the tables in $1. Those that can be locked are; the definition is that of now.
SELECT s.tableoid,
       s.oid,
       s.stxname::text,
       s.stxnamespace,
       pg_catalog.pg_get_userbyid(s.stxowner)::text,
       s.stxrelid,
       pg_catalog.pg_get_statisticsobjdef(s.oid),
       coalesce(s.stxstattarget, -1)::int4
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = src.oid
ORDER BY s.oid
