-- CHECK constraints, and NOT NULL constraints that are not valid, of the tables in $1.
SELECT c.tableoid,
       c.oid,
       c.conrelid,
       c.contype::text,
       c.conname::text,
       pg_catalog.pg_get_constraintdef(c.oid),
       c.conislocal,
       c.convalidated
FROM pg_catalog.unnest($1::oid[]) AS src(oid)
JOIN pg_catalog.pg_constraint c ON c.conrelid = src.oid
WHERE c.contype = 'c'
   OR (c.contype = 'n' AND NOT c.convalidated)
ORDER BY c.conrelid, c.contype, c.conname
