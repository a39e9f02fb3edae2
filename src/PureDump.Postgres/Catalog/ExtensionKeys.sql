-- Foreign keys that point to tables of extensions: referencing and referenced table.
SELECT c.conrelid,
       c.confrelid
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_depend d
       ON d.objid = c.confrelid
WHERE c.contype = 'f'
  AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
  AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
ORDER BY c.conrelid, c.confrelid
