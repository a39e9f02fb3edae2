-- Foreign keys between tables of which the referenced one belongs to an extension: their rows are loaded in that order,
-- since CREATE EXTENSION makes the keys before any row is there.
SELECT c.conrelid,
       c.confrelid
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_depend d
       ON d.objid = c.confrelid
      AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
WHERE c.contype = 'f'
ORDER BY c.oid
