-- Who needs whom, without the column numbers: what depends on a column depends on its table. Pins ('p') are no
-- dependencies, and extension membership ('e') was read first of all. What the operators and functions of an operator
-- family need, the family needs; their ties to its operator classes ('i') would only lead back (pg_dump.c,
-- getDependencies).
SELECT d.classid,
       d.objid,
       d.refclassid,
       d.refobjid,
       d.deptype::text
FROM pg_catalog.pg_depend d
WHERE d.deptype NOT IN ('p', 'e')
UNION
SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass,
       m.family,
       d.refclassid,
       d.refobjid,
       d.deptype::text
FROM (SELECT tableoid, oid, amopfamily FROM pg_catalog.pg_amop
      UNION ALL
      SELECT tableoid, oid, amprocfamily FROM pg_catalog.pg_amproc) AS m(catalog, member, family)
JOIN pg_catalog.pg_depend d
       ON d.classid = m.catalog AND d.objid = m.member
WHERE d.deptype NOT IN ('p', 'e', 'i')
  AND NOT (d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = m.family)
ORDER BY 1, 2, 3, 4, 5
