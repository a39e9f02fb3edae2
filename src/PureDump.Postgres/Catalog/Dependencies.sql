-- Who needs whom, without the column numbers: what depends on a column depends on its table. Pins ('p') are no
-- dependencies, and extension membership ('e') was read first of all.
SELECT d.classid,
       d.objid,
       d.refclassid,
       d.refobjid,
       d.deptype::text
FROM pg_catalog.pg_depend d
WHERE d.deptype NOT IN ('p', 'e')
ORDER BY d.classid, d.objid, d.refclassid, d.refobjid, d.deptype
