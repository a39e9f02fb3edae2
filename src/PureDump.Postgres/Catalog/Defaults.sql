-- The default and generation expressions of the tables in $1.
SELECT d.tableoid,
       d.oid,
       d.adrelid,
       d.adnum,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid)
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_attrdef d ON d.adrelid = src.oid
ORDER BY d.adrelid, d.adnum
