-- Aggregates; those of pg_catalog only where their privileges were changed (pg_dump.c, getAggregates).
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
WHERE p.prokind = 'a'
  AND (p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace OR p.proacl IS DISTINCT FROM i.initprivs)
ORDER BY p.oid
