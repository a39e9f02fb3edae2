-- The labels of the enums $1, in their order; an enum may have none.
SELECT t.oid,
       ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)
FROM pg_catalog.pg_type t
WHERE t.oid = ANY ($1)
ORDER BY t.oid
