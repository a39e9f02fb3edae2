-- Of the locked tables in $1, those whose storage is not the one that the snapshot sees: pg_class is read as the snapshot
-- has it, pg_relation_filenode looks at what is there now, and is NULL where nothing is.
SELECT c.oid
FROM unnest($1::pg_catalog.oid[]) AS w (oid)
JOIN pg_catalog.pg_class c ON c.oid = w.oid
WHERE c.relkind = 'r' AND c.relfilenode <> 0
  AND pg_catalog.pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode
ORDER BY c.oid
