-- Pages of the heap, and bytes with TOAST, of the tables in $1 as they are on disk now. Their locks must be held.
SELECT c.oid,
       coalesce(pg_catalog.pg_relation_size(c.oid), 0) / pg_catalog.current_setting('block_size')::int8,
       coalesce(pg_catalog.pg_relation_size(c.oid), 0)
           + coalesce(pg_catalog.pg_relation_size(nullif(c.reltoastrelid, 0::oid)), 0)
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_class c ON c.oid = src.oid
