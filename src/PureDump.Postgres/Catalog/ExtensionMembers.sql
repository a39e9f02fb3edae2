-- What belongs to which extension.
SELECT d.classid,
       d.objid,
       d.refobjid
FROM pg_catalog.pg_depend d
WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
  AND d.deptype = 'e'
ORDER BY d.refobjid, d.classid, d.objid
