-- The constraints of the domains $1; the NOT NULL ones stand here on servers where they have names.
SELECT c.contypid,
       c.tableoid,
       c.oid,
       c.conname::text,
       c.contype::text,
       pg_catalog.pg_get_constraintdef(c.oid),
       c.convalidated
FROM pg_catalog.pg_constraint c
WHERE c.contypid = ANY ($1)
  AND c.contype IN ('c', 'n')
ORDER BY c.contypid, c.conname
