-- Functions, procedures and window functions (pg_dump.c, getFuncs). Those made by something else (constructors of
-- ranges) are left out; those of pg_catalog are of interest only where their privileges were changed, or as parts of
-- the user's casts and transforms.
SELECT p.tableoid,
       p.oid,
       p.proname::text,
       p.pronamespace,
       pg_catalog.pg_get_userbyid(p.proowner)::text,
       p.proargtypes::oid[],
       p.prorettype,
       p.prolang,
       p.proacl::text[],
       pg_catalog.acldefault('f', p.proowner)::text[],
       i.initprivs::text[],
       i.privtype::text
FROM pg_catalog.pg_proc p
LEFT JOIN pg_catalog.pg_init_privs i
       ON i.objoid = p.oid AND i.classoid = p.tableoid AND i.objsubid = 0
WHERE p.prokind <> 'a'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = p.tableoid AND d.objid = p.oid AND d.deptype = 'i')
  AND (p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
       OR EXISTS (SELECT FROM pg_catalog.pg_cast c WHERE c.oid >= 16384 AND c.castfunc = p.oid)
       OR EXISTS (SELECT FROM pg_catalog.pg_transform t WHERE t.oid >= 16384 AND p.oid IN (t.trffromsql, t.trftosql))
       OR p.proacl IS DISTINCT FROM i.initprivs)
ORDER BY p.oid
