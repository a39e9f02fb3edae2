-- The queries of the views and materialized views in $1.
SELECT v.oid,
       pg_catalog.pg_get_viewdef(v.oid)
FROM unnest($1::pg_catalog.oid[]) AS v (oid)
ORDER BY 1
