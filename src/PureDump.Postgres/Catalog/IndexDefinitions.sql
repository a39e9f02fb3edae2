-- The statements that make the indexes in $1.
SELECT i.oid,
       pg_catalog.pg_get_indexdef(i.oid)
FROM pg_catalog.unnest($1::oid[]) AS i(oid)
