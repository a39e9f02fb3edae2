-- The foreign keys of the tables in $1; those that a partitioned table handed down to its partitions are left out.
SELECT c.tableoid,
       c.oid,
       c.conrelid,
       c.conname::text,
       pg_catalog.pg_get_constraintdef(c.oid),
       c.confrelid,
       c.conindid
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_constraint c ON c.conrelid = src.oid
WHERE c.contype = 'f'
  AND c.conparentid = 0
ORDER BY c.conrelid, c.conname
