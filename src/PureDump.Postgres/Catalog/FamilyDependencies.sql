-- What the operators and functions of operator families need: the family needs it. Their ties to its operator classes ('i')
-- would only lead back (pg_dump.c, getDependencies).
SELECT DISTINCT
       'pg_catalog.pg_opfamily'::pg_catalog.regclass::oid,
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
