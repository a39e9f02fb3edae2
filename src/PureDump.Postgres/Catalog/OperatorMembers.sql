-- The operators and support functions of the operator classes $1 and of the operator families $2, operators first. All
-- are members of a family; whose they are is what pg_depend ties them to: those of a family itself are its loose ones.
-- An operator that orders also depends on the family that tells how, which is no membership.
SELECT d.refclassid,
       d.refobjid,
       false,
       m.amopstrategy,
       m.amopopr::pg_catalog.regoperator::text,
       n.nspname::text,
       s.opfname::text,
       NULL::text,
       NULL::text
FROM pg_catalog.pg_amop m
JOIN pg_catalog.pg_depend d
       ON d.classid = m.tableoid AND d.objid = m.oid
LEFT JOIN pg_catalog.pg_opfamily s
       ON s.oid = m.amopsortfamily
LEFT JOIN pg_catalog.pg_namespace n
       ON n.oid = s.opfnamespace
WHERE (d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND d.refobjid = ANY ($1))
   OR (d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = ANY ($2) AND d.refobjid = m.amopfamily)
UNION ALL
SELECT d.refclassid,
       d.refobjid,
       true,
       m.amprocnum,
       m.amproc::oid::pg_catalog.regprocedure::text,
       NULL::text,
       NULL::text,
       pg_catalog.format_type(m.amproclefttype, NULL),
       pg_catalog.format_type(m.amprocrighttype, NULL)
FROM pg_catalog.pg_amproc m
JOIN pg_catalog.pg_depend d
       ON d.classid = m.tableoid AND d.objid = m.oid
WHERE (d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND d.refobjid = ANY ($1))
   OR (d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = ANY ($2))
ORDER BY 1, 2, 3, 4, 8, 9, 5
