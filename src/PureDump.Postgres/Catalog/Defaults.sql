-- The default and generation expressions of the tables in $1. Only the latter may name columns; without a table to look them
-- up in, pg_get_expr takes a tenth of the time.
SELECT d.tableoid,
       d.oid,
       d.adrelid,
       d.adnum,
       pg_catalog.pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0::oid ELSE d.adrelid END)
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_attrdef d ON d.adrelid = src.oid
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
ORDER BY d.adrelid, d.adnum
